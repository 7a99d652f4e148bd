import { PlatformError } from '../../platform-error.ts';
import { send } from '../../http/send.ts';
import type { AdSession } from '../ad-platform.ts';
import { readUsage } from './limits.ts';
import { toPlatformError } from './map-error.ts';
import { GRAPH_VERSION } from './version.ts';

export type GraphSession = Omit<AdSession, 'accountExternalId'>;
export type GraphParams = Record<string, unknown>;
export interface GraphFile { field: string; name: string; bytes: ArrayBuffer; type: string }
export interface GraphAnswer { json: Record<string, unknown>; traceId: string | null }

const HOSTS = { graph: 'graph.facebook.com', video: 'graph-video.facebook.com' } as const;

/** One Graph call, no retry. `path` is without version ("act_1/ads", "" for the batch root); the answer's JSON object. Throws PlatformError. */
export async function graph(session: GraphSession, method: 'GET' | 'POST' | 'DELETE', path: string, params: GraphParams = {}): Promise<Record<string, unknown>> {
  return (await graphCall(session, method, path, params)).json;
}

/** Like graph, with the platform's trace id, files and the video host. */
export async function graphCall(session: GraphSession, method: 'GET' | 'POST' | 'DELETE', path: string, params: GraphParams, options: { host?: keyof typeof HOSTS; files?: GraphFile[] } = {}): Promise<GraphAnswer> {
  const url = new URL(`https://${HOSTS[options.host ?? 'graph']}/${GRAPH_VERSION}/${path}`);
  const all: GraphParams = { ...params, ...(session.app ? { appsecret_proof: await appSecretProof(session.accessToken, session.app.secret) } : {}) };
  const encoded = Object.entries(all).flatMap(([name, value]): [string, string][] => (value === undefined || value === null ? [] : [[name, encodeValue(value)]]));
  let body: URLSearchParams | FormData | undefined;
  if (method === 'POST' && options.files) {
    body = new FormData();
    for (const [name, value] of encoded) body.append(name, value);
    for (const file of options.files) body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name);
  } else if (method === 'POST') {
    body = new URLSearchParams(encoded);
  } else {
    for (const [name, value] of encoded) url.searchParams.append(name, value);
  }
  // The token travels in a header: addresses end up in logs.
  const answer = await send(session.outside, 'meta', url.href, { method, headers: { authorization: `Bearer ${session.accessToken}` }, timeoutMs: session.timeoutMs, ...(body ? { body } : {}) });
  const usage = readUsage(answer.headers);
  if (usage) session.onUsage?.(usage);
  const json = answer.json;
  if (answer.status !== 200 || hasError(json)) throw toPlatformError(answer.status, json, usage);
  if (typeof json !== 'object' || json === null) throw new PlatformError('unknown', 'The answer could not be read.', { platform: 'meta', httpStatus: answer.status });
  return { json: json as Record<string, unknown>, traceId: answer.headers.get('x-fb-trace-id') ?? answer.headers.get('x-fb-request-id') };
}

/** Every page of a list edge. A page may be short or empty: only a missing `next` is the end. */
export async function* graphPages(session: GraphSession, path: string, params: GraphParams): AsyncGenerator<Record<string, unknown>[]> {
  let after: string | undefined;
  do {
    const page = await graph(session, 'GET', path, { ...params, ...(after ? { after } : {}) });
    const data = page['data'];
    if (!Array.isArray(data)) throw new PlatformError('unknown', 'The list could not be read.', { platform: 'meta' });
    yield data as Record<string, unknown>[];
    const paging = page['paging'] as { next?: unknown; cursors?: { after?: unknown } } | undefined;
    after = paging?.next && typeof paging.cursors?.after === 'string' ? paging.cursors.after : undefined;
  } while (after);
}

export function encodeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function hasError(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'error' in json;
}

/** Proof that the caller holds the app's secret, so a stolen token alone is worth nothing. */
async function appSecretProof(token: string, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(token)));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
