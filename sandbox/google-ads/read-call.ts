import { REQUEST_ID_HEADER } from '../core/router.ts';
import { badJson, DoorError, refusal } from './ads-error.ts';
import { part } from './operation.ts';
import type { Fields } from './read-message.ts';

export const SERVED_VERSION = 'v25';

export interface AdsCall {
  method: string;
  /** Path without the version, its verb cut off: `customers/1/googleAds` with verb `mutate`. */
  path: string;
  verb: string | null;
  query: URLSearchParams;
  body: Fields;
  /** Bytes of a media upload; the body is then what came before them. */
  media: Uint8Array | null;
  token: string | null;
  loginCustomerId: string | null;
  requestId: string;
}

const bearerOf = (request: Request): string | null => /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;

/** multipart/related: one part of JSON, one of bytes, as Google's media uploads write it. */
function readRelated(bytes: Buffer, boundary: string): { body: string; media: Uint8Array } {
  const parts = bytes.toString('latin1').split(`--${boundary}`).slice(1, -1);
  const contents = parts.map((one) => one.slice(one.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''));
  return { body: Buffer.from(contents[0] ?? '{}', 'latin1').toString('utf8'), media: Buffer.from(contents[1] ?? '', 'latin1') };
}

function readJson(text: string): Fields {
  if (text === '') return {};
  try {
    return part(JSON.parse(text));
  } catch {
    throw badJson([{ field: '', description: 'Invalid JSON payload received. Unexpected token.' }]);
  }
}

/** What a request asks for. An unknown version is refused before anything else is looked at. */
export async function readAdsCall(request: Request): Promise<AdsCall> {
  const url = new URL(request.url);
  const requestId = request.headers.get(REQUEST_ID_HEADER) ?? 'none';
  const found = /^\/(?:(?:resumable\/)?upload\/)?(v\d+)\/([^:]+)(?::([A-Za-z]+))?$/.exec(decodeURI(url.pathname));
  if (found === null) throw new DoorError(404, 'NOT_FOUND', 'Method not found.');
  const [, version, path = '', verb] = found;
  if (version !== SERVED_VERSION)
    throw refusal('requestError', 'UNSUPPORTED_VERSION', `Version ${version} is deprecated. Requests to this version will be blocked.`);
  const type = request.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await request.arrayBuffer());
  const boundary = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  const { body, media } = boundary === undefined ? { body: bytes.toString('utf8'), media: null } : readRelated(bytes, boundary);
  return {
    method: request.method,
    path,
    verb: verb ?? null,
    query: url.searchParams,
    body: readJson(body),
    media,
    token: bearerOf(request),
    loginCustomerId: request.headers.get('login-customer-id'),
    requestId,
  };
}
