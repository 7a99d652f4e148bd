import { REQUEST_ID_HEADER } from '../core/router.ts';
import { isObject } from './read-fields.ts';
import { badRequest } from './snap-error.ts';
import type { Json } from './store.ts';

export interface SnapFile {
  name: string;
  bytes: Uint8Array;
}

/** One call as the API sees it. */
export interface SnapCall {
  method: string;
  host: string;
  version: string | null;
  /** Path after the version: ['adaccounts', id, 'campaigns']. */
  path: string[];
  query: URLSearchParams;
  contentType: string;
  /** The JSON body, form fields as text, or null when there was none. */
  body: unknown;
  files: Map<string, SnapFile>;
  token: string | null;
  requestId: string;
}

/** Uploads name a region before the version: /us/v1/media/... [T]. */
const REGION = /^[a-z]{2}$/;

export function splitPath(pathname: string): { version: string | null; path: string[] } {
  const parts = pathname.split('/').filter((part) => part !== '');
  if (REGION.test(parts[0] ?? '') && parts[2] === 'media') parts.shift();
  const [first] = parts;
  return first !== undefined && /^v\d+$/.test(first) ? { version: first, path: parts.slice(1) } : { version: null, path: parts };
}

async function readBody(request: Request, type: string): Promise<Pick<SnapCall, 'body' | 'files'>> {
  const files: SnapCall['files'] = new Map();
  if (request.body === null) return { body: null, files };
  if (type.includes('multipart/form-data')) {
    const fields: Json = {};
    let form: FormData;
    try {
      form = await request.formData();
    } catch {
      throw badRequest('The multipart body could not be read');
    }
    for (const [name, value] of form) {
      if (typeof value === 'string') fields[name] = value;
      else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
    return { body: fields, files };
  }
  const text = await request.text();
  if (text === '') return { body: null, files };
  if (type.includes('application/x-www-form-urlencoded')) return { body: Object.fromEntries(new URLSearchParams(text)), files };
  try {
    return { body: JSON.parse(text) as unknown, files };
  } catch {
    throw badRequest('The body is not valid JSON');
  }
}

export async function readSnapCall(request: Request): Promise<SnapCall> {
  const url = new URL(request.url);
  const contentType = request.headers.get('content-type') ?? '';
  return {
    method: request.method,
    host: url.hostname,
    ...splitPath(url.pathname),
    query: url.searchParams,
    contentType,
    ...(await readBody(request, contentType)),
    token: request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? null,
    requestId: request.headers.get(REQUEST_ID_HEADER) ?? 'direct',
  };
}

/** The body as an object. */
export function bodyOf(call: SnapCall): Json {
  if (!isObject(call.body)) throw badRequest('The body must be a JSON object');
  return call.body;
}

/** A non-empty array of objects in the body. */
export function arrayOf(call: SnapCall, name: string): Json[] {
  const items = bodyOf(call)[name];
  if (!Array.isArray(items) || items.length === 0) throw badRequest(`The body must hold a non-empty array ${name}`);
  if (!items.every(isObject)) throw badRequest(`Each of ${name} must be an object`);
  return items;
}
