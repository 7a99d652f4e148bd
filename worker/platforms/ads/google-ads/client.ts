import { send, type Answer, type Outside } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Usage } from '../ad-platform.ts';
import { mapError, statusOf } from './map-error.ts';
import { GOOGLE_ADS_VERSION } from './version.ts';

const ORIGIN = `https://googleads.googleapis.com/${GOOGLE_ADS_VERSION}`;

/** What one call needs; an AdSession is one. `via` = the manager through which the person reaches the account. */
export interface AdsSession {
  outside: Outside;
  accessToken: string;
  timeoutMs: number;
  via?: string;
  onUsage?: (usage: Usage) => void;
  onTrace?: (traceId: string) => void;
}

/** One call, never retried; resolves for every answer that came. Throttles are told to the pacer: there is no other meter. */
export async function askAds(session: AdsSession, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  const answer = await send(session.outside, 'google-ads', `${ORIGIN}/${path}`, {
    method,
    timeoutMs: session.timeoutMs,
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      ...(session.via === undefined ? {} : { 'login-customer-id': session.via }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const traceId = answer.headers.get('request-id');
  if (traceId !== null) session.onTrace?.(traceId);
  if (answer.status === 429) {
    const regainSeconds = mapError(answer).detail.retryAfterSeconds ?? null;
    session.onUsage?.({ percent: 100, regainSeconds, tier: null });
  }
  return answer;
}

/** The same for callers that want a success or an error. @throws PlatformError by mapError */
export async function callAds<T>(session: AdsSession, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await askAds(session, method, path, body);
  if (isSuccess(answer)) return answer.json as T;
  throw mapError(answer);
}

export const isSuccess = ({ status, json }: Answer): boolean =>
  status >= 200 && status < 300 && typeof json === 'object' && json !== null && statusOf(json) === null;

/** A success that lacks what every success has. */
export const unreadable = (message: string, raw?: unknown): PlatformError =>
  new PlatformError('unknown', message, { platform: 'google-ads', ...(raw === undefined ? {} : { raw }) });
