import { BASE_HEADER, REQUEST_ID_HEADER } from '../core/router.ts';
import { badRequest, LiError, notAllowed } from './li-error.ts';
import { parseQuery, parseRestli, RestliSyntaxError, type RestliValue } from './restli.ts';
import { untunnel } from './tunnel.ts';

export type Json = Record<string, unknown>;

/** One call as the REST gateway sees it, query tunnelling already undone. */
export interface LiCall {
  method: string;
  /** Rest.li method, with the finder's or action's name: `CREATE`, `FINDER search`, `ACTION createInline`. */
  operation: string;
  /** Path with keys left out: `adAccounts/{}/creatives`. */
  pattern: string;
  /** Keys of the path, decoded; a compound key is a record. */
  keys: RestliValue[];
  query: Map<string, RestliValue>;
  body: Json | null;
  token: string | null;
  version: string | null;
  protocol: string | null;
  requestId: string;
  /** Where www.linkedin.com is for this caller: the plain port has every host below one address. */
  uploadOrigin: string;
}

/** [K] Longer addresses are refused; the query then travels in the body. */
const LONGEST_URL = 8192;
const POST_METHODS = new Set(['CREATE', 'PARTIAL_UPDATE', 'BATCH_CREATE', 'BATCH_PARTIAL_UPDATE', 'ACTION']);

function word(query: LiCall['query'], name: string): string | null {
  const value = query.get(name);
  return typeof value === 'string' ? value : null;
}

/** The method header is compared without case: the official client writes it small [R]. */
function operationOf(method: string, header: string | null, query: LiCall['query'], hasKey: boolean): string {
  const said = header?.toUpperCase() ?? null;
  switch (method) {
    case 'GET': {
      const finder = word(query, 'q');
      if (finder !== null) return `FINDER ${finder}`;
      if (query.has('ids')) return 'BATCH_GET';
      return hasKey ? 'GET' : 'GET_ALL';
    }
    case 'POST': {
      const action = word(query, 'action');
      if (action !== null) return `ACTION ${action}`;
      if (said !== null && !POST_METHODS.has(said)) throw badRequest(`X-RestLi-Method ${said} does not fit a POST`);
      if (said === null && hasKey) throw badRequest('A POST to an entity needs the X-RestLi-Method header');
      return said ?? 'CREATE';
    }
    case 'PUT':
      return query.has('ids') ? 'BATCH_UPDATE' : 'UPDATE';
    case 'DELETE':
      return query.has('ids') ? 'BATCH_DELETE' : 'DELETE';
    default:
      throw notAllowed(method);
  }
}

/** Path after /rest: names at even places, keys at odd ones. A key with a raw colon is the classic unencoded URN. */
function readPath(pathname: string): { pattern: string; keys: RestliValue[]; hasKey: boolean } {
  const parts = pathname
    .replace(/^\/rest\//, '')
    .split('/')
    .filter((part) => part !== '');
  const keys: RestliValue[] = [];
  const names = parts.map((part, place) => {
    if (place % 2 === 0) return part;
    try {
      keys.push(parseRestli(part));
    } catch (error) {
      if (error instanceof RestliSyntaxError) throw badRequest('Syntax exception in path variables');
      throw error;
    }
    return '{}';
  });
  return { pattern: names.join('/'), keys, hasKey: names.length % 2 === 0 };
}

function readBody(text: string): Json | null {
  if (text === '') return null;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest('Cannot parse request entity');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('Cannot parse request entity');
  return body as Json;
}

export async function readLiCall(request: Request): Promise<LiCall> {
  const url = new URL(request.url);
  if (url.href.length > LONGEST_URL) throw new LiError({ status: 414, message: 'URI Too Long', serviceErrorCode: 0 });
  const { headers } = request;
  const sent = await untunnel(request, url);
  const { pattern, keys, hasKey } = readPath(url.pathname);
  let query: LiCall['query'];
  try {
    query = parseQuery(sent.search);
  } catch (error) {
    if (error instanceof RestliSyntaxError) throw badRequest(`Invalid query parameters passed to request: ${error.message}`);
    throw error;
  }
  return {
    method: sent.method,
    operation: operationOf(sent.method, headers.get('x-restli-method'), query, hasKey),
    pattern,
    keys,
    query,
    body: readBody(sent.text),
    token: headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? null,
    version: headers.get('linkedin-version'),
    protocol: headers.get('x-restli-protocol-version'),
    requestId: headers.get(REQUEST_ID_HEADER) ?? 'direct',
    uploadOrigin: headers.get(BASE_HEADER)?.replace(/api\.linkedin\.com$/, 'www.linkedin.com') ?? 'https://www.linkedin.com',
  };
}

/** The key at this place of the path, as text. */
export function keyAt(call: LiCall, place: number): string {
  const key = call.keys[place];
  if (typeof key !== 'string') throw badRequest('Syntax exception in path variables');
  return key;
}
