import { createHash } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';
import { REQUEST_ID_HEADER } from '../core/router.ts';
import { parameterError } from './tiktok-error.ts';
import type { Params } from './params.ts';

/** The version that is served; its number is part of the path. */
export const SERVED_VERSION = 'v1.3';

export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
}

export interface TiktokCall {
  method: string;
  /** `v1.3` */
  version: string;
  /** Without version, with its slash: `campaign/create/`. */
  path: string;
  params: Params;
  files: Map<string, UploadedFile>;
  token: string | null;
  requestId: string;
}

/** Query values that the platform reads as JSON [S]; everything else is plain text. */
const JSON_QUERY = new Set([
  'advertiser_ids',
  'business_types',
  'custom_audience_ids',
  'dimensions',
  'exclude_field_types_in_response',
  'fields',
  'filtering',
  'image_ids',
  'item_ids',
  'metrics',
  'placements',
  'update_time_range',
  'video_ids',
]);

/**
 * Numbers beyond 2^53 become text before JSON.parse would round them: a caller who writes the digits is understood, one whose own
 * number was rounded names an object that does not exist [S/K].
 */
function parseJson(body: string): unknown {
  const exact = body.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (part) => (part.startsWith('"') ? part : `"${part}"`));
  try {
    return JSON.parse(exact) as unknown;
  } catch {
    throw parameterError('The request body is not valid JSON.');
  }
}

function readQuery(url: URL): Params {
  const params: Params = {};
  for (const [name, value] of url.searchParams) {
    if (!JSON_QUERY.has(name)) params[name] = value;
    else if (value !== '') params[name] = readJsonValue(name, value);
  }
  return params;
}

function readJsonValue(name: string, value: string): unknown {
  if (!/^[[{]/.test(value)) throw parameterError(`${name}: Not a valid JSON value.`);
  try {
    return parseJson(value);
  } catch {
    throw parameterError(`${name}: Not a valid JSON value.`);
  }
}

async function readBody(request: Request): Promise<Pick<TiktokCall, 'files' | 'params'>> {
  const files = new Map<string, UploadedFile>();
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const body = await request.text();
    const params = body === '' ? {} : parseJson(body);
    if (typeof params !== 'object' || params === null || Array.isArray(params))
      throw parameterError('The request body is not a JSON object.');
    return { params: params as Params, files };
  }
  const params: Params = {};
  const form = await request.formData().catch(() => {
    throw parameterError('The multipart body cannot be read.');
  });
  for (const [name, value] of form) {
    if (typeof value === 'string') params[name] = value;
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { params, files };
}

/** `2026112005…`: the moment and some hex digits, another one for each call. */
export function makeRequestId(core: SandboxCore, request: Request): string {
  const moment = new Date(core.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  const own = request.headers.get(REQUEST_ID_HEADER) ?? core.nextId();
  return moment + createHash('sha256').update(`${core.seed} ${own}`).digest('hex').slice(0, 18).toUpperCase();
}

/** Null when the path is none of this API: no trailing slash, or another root. */
export function splitPath(url: URL): { version: string; path: string } | null {
  const found = /^\/open_api\/(v[\d.]+)\/((?:[a-z0-9_]+\/)+)$/.exec(url.pathname);
  return found === null ? null : { version: found[1] ?? '', path: found[2] ?? '' };
}

export async function readCall(request: Request, place: { version: string; path: string }, requestId: string): Promise<TiktokCall> {
  const url = new URL(request.url);
  const isGet = request.method === 'GET' || request.method === 'HEAD';
  const { params, files } = isGet ? { params: readQuery(url), files: new Map<string, UploadedFile>() } : await readBody(request);
  return { ...place, method: request.method, params, files, token: request.headers.get('access-token'), requestId };
}
