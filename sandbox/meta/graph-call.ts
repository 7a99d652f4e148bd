import { REQUEST_ID_HEADER } from '../core/router.ts';
import { invalidParameter } from './graph-error.ts';

export type GraphMethod = 'GET' | 'POST' | 'DELETE';

/** One call as the Graph sees it, from the wire or from a batch item. */
export interface GraphCall {
  method: GraphMethod;
  host: string;
  version: string | null;
  /** Path without the version: [] is the root (batch), ['act_1', 'ads'] an edge. */
  path: string[];
  /** Query and body together; JSON inside strings is already parsed where it is an object or a list. */
  params: Record<string, unknown>;
  files: Map<string, { name: string; bytes: Uint8Array }>;
  token: string | null;
  requestId: string;
}

/** Objects and lists travel as JSON inside text. */
export function parseText(value: string): unknown {
  const first = value.trimStart().charAt(0);
  if (first !== '{' && first !== '[') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value; // a name may begin with a bracket
  }
}

async function readForm(request: Request, params: Record<string, unknown>, files: GraphCall['files']): Promise<void> {
  for (const [name, value] of await request.formData()) {
    if (typeof value === 'string') params[name] = parseText(value);
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
}

async function readBody(request: Request, params: Record<string, unknown>, files: GraphCall['files']): Promise<void> {
  if (request.body === null) return;
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('multipart/form-data')) return readForm(request, params, files);
  const text = await request.text();
  if (text === '') return;
  if (type.includes('application/json')) {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      throw invalidParameter('The body is not valid JSON.');
    }
    for (const [name, value] of Object.entries(body as object)) {
      params[name] = typeof value === 'string' ? parseText(value) : (value as unknown);
    }
    return;
  }
  for (const [name, value] of new URLSearchParams(text)) params[name] = parseText(value);
}

export function splitPath(pathname: string): { version: string | null; path: string[] } {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const [first] = parts;
  if (first !== undefined && /^v\d+\.\d+$/.test(first)) return { version: first, path: parts.slice(1) };
  return { version: null, path: parts };
}

export async function readGraphCall(request: Request): Promise<GraphCall> {
  const url = new URL(request.url);
  const params: Record<string, unknown> = {};
  const files: GraphCall['files'] = new Map();
  for (const [name, value] of url.searchParams) params[name] = parseText(value);
  await readBody(request, params, files);

  const bearer = request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1];
  const token = typeof params['access_token'] === 'string' ? params['access_token'] : (bearer ?? null);
  delete params['access_token'];
  return {
    method: request.method as GraphMethod,
    host: url.hostname,
    ...splitPath(url.pathname),
    params,
    files,
    token,
    requestId: request.headers.get(REQUEST_ID_HEADER) ?? 'direct',
  };
}
