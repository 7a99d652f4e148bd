import { hmacHex } from '../../http/hmac-hex.ts';
import { send, type Outside } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Usage } from '../ad-platform.ts';
import { readUsage } from './limits.ts';
import { hasError, mapError } from './map-error.ts';
import { GRAPH_VERSION } from './version.ts';

export const GRAPH_ORIGIN = `https://graph.facebook.com/${GRAPH_VERSION}`;
export const VIDEO_ORIGIN = `https://graph-video.facebook.com/${GRAPH_VERSION}`;

/** What one Graph call needs; an AdSession is one. With the app's secret every call carries its appsecret_proof. */
export interface GraphSession {
  outside: Outside;
  accessToken: string;
  timeoutMs: number;
  appSecret?: string;
  onUsage?: (usage: Usage) => void;
  onTrace?: (traceId: string) => void;
}
export type GraphParams = Record<string, unknown>;

/** Parameters as Graph wants them: text as it stands, everything else as JSON, undefined not at all. */
export function toFields(params: GraphParams): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined) fields.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return fields;
}

/** The node of a session's ad account. */
export const accountNode = ({ accountExternalId }: { accountExternalId: string }): string => `act_${accountExternalId}`;

export interface GraphFile {
  field: string;
  name: string;
  type: string;
  bytes: ArrayBuffer;
}
export interface GraphAnswer {
  json: Record<string, unknown>;
  traceId: string | null;
}

/**
 * One Graph call, never retried. The token travels in a header, so no address that is logged or quoted can hold it.
 * @throws PlatformError by mapError; unknown when no whole answer came within timeoutMs
 */
export async function graph(
  session: GraphSession,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: GraphParams = {},
  origin = GRAPH_ORIGIN,
): Promise<Record<string, unknown>> {
  return (await graphCall(session, method, path, params, { origin })).json;
}

/** The same, with the platform's trace id for receipts, and with files. */
export async function graphCall(
  session: GraphSession,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: GraphParams,
  options: { origin?: string; files?: GraphFile[] } = {},
): Promise<GraphAnswer> {
  const fields = toFields(params);
  if (session.appSecret !== undefined) fields.set('appsecret_proof', await hmacHex(session.appSecret, session.accessToken));
  const inBody = method === 'POST';
  const answer = await send(
    session.outside,
    'meta',
    `${options.origin ?? GRAPH_ORIGIN}/${path}${inBody || fields.size === 0 ? '' : `?${fields}`}`,
    {
      method,
      timeoutMs: session.timeoutMs,
      headers: {
        authorization: `Bearer ${session.accessToken}`,
        ...(inBody && !options.files ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(inBody ? { body: options.files ? withFiles(fields, options.files) : fields.toString() } : {}),
    },
  );
  const usage = readUsage(answer.headers);
  if (usage) session.onUsage?.(usage);
  const traceId = answer.headers.get('x-fb-trace-id');
  if (traceId !== null) session.onTrace?.(traceId);
  if (answer.status >= 400 || hasError(answer.json)) throw mapError(answer);
  if (typeof answer.json !== 'object' || answer.json === null)
    throw new PlatformError('unknown', 'An answer that is not JSON.', { platform: 'meta', httpStatus: answer.status });
  return { json: answer.json as Record<string, unknown>, traceId };
}

function withFiles(fields: URLSearchParams, files: GraphFile[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.set(name, value);
  for (const file of files) form.set(file.field, new Blob([file.bytes], { type: file.type }), file.name);
  return form;
}
