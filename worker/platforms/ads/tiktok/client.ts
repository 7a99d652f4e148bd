import { send, type Answer, type Outside } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Usage } from '../ad-platform.ts';
import { CODES, envelopeOf, mapError, throttleSeconds, type Envelope } from './map-error.ts';
import { TIKTOK_VERSION } from './version.ts';

const ORIGIN = `https://business-api.tiktok.com/open_api/${TIKTOK_VERSION}`;

/** What one call needs; an AdSession is one. */
export interface TiktokSession {
  outside: Outside;
  accessToken: string;
  timeoutMs: number;
  onUsage?: (usage: Usage) => void;
  onTrace?: (traceId: string) => void;
}
export type TiktokParams = Record<string, unknown>;
export type Row = Record<string, unknown>;
export interface TiktokFile {
  field: string;
  name: string;
  bytes: ArrayBuffer;
}

/**
 * One call, never retried. The slash at the end is part of each path. Answers `partial` (20001) like a success: some of what was
 * asked for was done, and the caller looks which.
 * @throws PlatformError by mapError; unknown when no whole answer came within timeoutMs
 */
export async function call(
  session: TiktokSession,
  method: 'GET' | 'POST',
  path: `${string}/`,
  params: TiktokParams,
  files?: TiktokFile[],
): Promise<Envelope> {
  const url = `${ORIGIN}/${path}`;
  const headers = { 'access-token': session.accessToken };
  const answer =
    method === 'GET'
      ? await send(session.outside, 'tiktok', `${url}?${toQuery(params)}`, { method, headers, timeoutMs: session.timeoutMs })
      : await send(session.outside, 'tiktok', url, {
          method,
          timeoutMs: session.timeoutMs,
          headers: files ? headers : { ...headers, 'content-type': 'application/json' },
          body: files ? toForm(params, files) : JSON.stringify(params),
        });
  const said = answer.status === 200 ? envelopeOf(answer.json) : null;
  if (said?.requestId) session.onTrace?.(said.requestId);
  if (said?.code === CODES.ok || said?.code === CODES.partial) return said;
  throw refusal(session, answer);
}

/** There is no meter: a refusal for the pace is the only thing there is to tell. */
function refusal(session: TiktokSession, answer: Answer): PlatformError {
  const error = mapError(answer);
  const seconds = throttleSeconds(error);
  if (seconds !== null) session.onUsage?.({ percent: 100, regainSeconds: seconds, tier: null });
  return error;
}

/** A file: its text, no envelope. @throws PlatformError when there is an envelope all the same, which says why */
export async function download(session: TiktokSession, path: `${string}/`, params: TiktokParams): Promise<string> {
  const answer = await send(session.outside, 'tiktok', `${ORIGIN}/${path}?${toQuery(params)}`, {
    method: 'GET',
    headers: { 'access-token': session.accessToken },
    timeoutMs: session.timeoutMs,
  });
  if (answer.status !== 200 || envelopeOf(answer.json) !== null) throw refusal(session, answer);
  return answer.text;
}

/** `data` as an object. */
export async function ask(session: TiktokSession, method: 'GET' | 'POST', path: `${string}/`, params: TiktokParams): Promise<Row> {
  return dataOf(await call(session, method, path, params));
}

export function dataOf({ data, requestId }: Envelope): Row {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Row;
  throw new PlatformError('unknown', 'An answer without its data.', {
    platform: 'tiktok',
    ...(requestId === null ? {} : { traceId: requestId }),
  });
}

/** The rows of a list in `data`; anything else is no list. */
export function rowsIn(data: Row, name: string): Row[] {
  const rows = data[name];
  if (!Array.isArray(rows)) throw new PlatformError('unknown', `An answer without its ${name}.`, { platform: 'tiktok' });
  return rows.filter((row): row is Row => typeof row === 'object' && row !== null);
}

/** Ids are digit strings: as a number one would have been rounded already. */
export const idIn = (row: Row, name: string): string | null => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : null);

/** Text as it stands, everything else as JSON, undefined not at all. */
function toQuery(params: TiktokParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined) query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return query;
}

function toForm(params: TiktokParams, files: TiktokFile[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) form.set(name, String(value));
  for (const { field, name, bytes } of files) form.set(field, new Blob([bytes]), name);
  return form;
}
