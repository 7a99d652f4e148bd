import { send, type Outside } from '../../http/send.ts';
import type { Usage } from '../ad-platform.ts';
import { mapError } from './map-error.ts';
import { LINKEDIN_VERSION } from './version.ts';

const REST = 'https://api.linkedin.com/rest';
/** Longer addresses may be refused: the query of a read then travels in the body. */
const LONGEST_ADDRESS = 3_500;

/** What one call needs; an AdSession is one. */
export interface LiSession {
  outside: Outside;
  accessToken: string;
  timeoutMs: number;
  onUsage?: (usage: Usage) => void;
  onTrace?: (traceId: string) => void;
}
export interface LiCall {
  method: 'GET' | 'POST' | 'PUT';
  /** Behind /rest/, without the query. */
  path: string;
  /** Written as Rest.li wants it. */
  query?: string;
  /** Rest.li's own method, where POST stands for several. */
  restli?: 'BATCH_CREATE' | 'PARTIAL_UPDATE' | 'BATCH_PARTIAL_UPDATE';
  body?: unknown;
}
export interface LiAnswer {
  /** Undefined = no body, or none that is JSON. */
  json: unknown;
  /** The id of what was made, as the platform writes it. */
  id: string | null;
  traceId: string | null;
}

/**
 * One call, never retried.
 * @throws PlatformError by mapError; unknown when no whole answer came within timeoutMs
 */
export async function liCall(session: LiSession, { method, path, query = '', restli, body }: LiCall): Promise<LiAnswer> {
  const isTunnelled = method === 'GET' && query.length > LONGEST_ADDRESS;
  const answer = await send(session.outside, 'linkedin', `${REST}/${path}${query === '' || isTunnelled ? '' : `?${query}`}`, {
    method: isTunnelled ? 'POST' : method,
    timeoutMs: session.timeoutMs,
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      'linkedin-version': LINKEDIN_VERSION,
      'x-restli-protocol-version': '2.0.0',
      ...(restli === undefined ? {} : { 'x-restli-method': restli }),
      ...(isTunnelled ? { 'x-http-method-override': 'GET', 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(isTunnelled ? { body: query } : body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const traceId = answer.headers.get('x-li-request-id');
  if (traceId !== null) session.onTrace?.(traceId);
  if (answer.status === 429) sayThrottled(session);
  if (answer.status < 200 || answer.status > 299) throw mapError(answer.status, answer.json, traceId);
  return { json: answer.json, id: answer.headers.get('x-restli-id'), traceId };
}

/** There is no meter: a refusal is all the platform says, and not for how long. */
export function sayThrottled(session: LiSession): void {
  session.onUsage?.({ percent: 100, regainSeconds: null, tier: null });
}
