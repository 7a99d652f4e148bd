import { send, type Answer, type Outside } from '../../http/send.ts';
import type { Usage } from '../ad-platform.ts';
import { isJson, textOf, type Json, type Words } from './kinds.ts';
import { REGAIN_SECONDS } from './limits.ts';
import { mapError, mapItemError, unreadable } from './map-error.ts';
import type { PlatformError } from '../../platform-error.ts';
import { SNAP_VERSION } from './version.ts';

export const ADS_ORIGIN = 'https://adsapi.snapchat.com';
/** Public profiles live on a host of their own. */
export const PROFILE_ORIGIN = 'https://businessapi.snapchat.com';

/** What one call needs; an AdSession is one. */
export interface SnapSession {
  outside: Outside;
  accessToken: string;
  timeoutMs: number;
  onUsage?: (usage: Usage) => void;
  onTrace?: (traceId: string) => void;
}
export interface SnapRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the version, from parts that are safe in an address; see pathOf. */
  path: string;
  query?: Readonly<Record<string, string>> | string;
  json?: unknown;
  form?: FormData;
  origin?: string;
}
/** One object of an answered array, or why there is none; null = the platform left its place empty. */
export interface Items {
  items: (Json | PlatformError)[];
  next: string | null;
  traceId: string | null;
}

/** A path of words and ids. */
export const pathOf = (...parts: string[]): string => parts.map(encodeURIComponent).join('/');

/** One call about anything that is no list, never retried. @throws PlatformError by mapError; unknown when no whole answer came in time */
export async function snapCall(session: SnapSession, request: SnapRequest): Promise<Json> {
  const answer = await ask(session, request);
  if (answer.status >= 400 || isWord(answer.json, 'request_status', 'error')) throw mapError(answer);
  if (!isJson(answer.json) || !isWord(answer.json, 'request_status', 'success'))
    throw unreadable('An answer that does not say how it went.', answer.json, answer.status);
  return answer.json;
}

/**
 * One call that is answered by a list, never retried: each object has an outcome of its own, whatever the call's status says. Status
 * words come in both cases. @throws PlatformError when the call as a whole came to that
 */
export async function snapItems(session: SnapSession, request: SnapRequest, { plural, singular }: Words): Promise<Items> {
  const answer = await ask(session, request);
  const list = isJson(answer.json) ? answer.json[plural] : undefined;
  if (!Array.isArray(list) || answer.status >= 500 || answer.status === 429 || answer.status === 401) {
    if (answer.status >= 400 || isWord(answer.json, 'request_status', 'error')) throw mapError(answer);
    throw unreadable(`An answer without ${plural}.`, answer.json, answer.status);
  }
  const { request_id: requestId, paging } = answer.json as { request_id?: unknown; paging?: unknown };
  const traceId = textOf(requestId);
  const items = list.map((one: unknown) => {
    const object = isJson(one) ? one[singular] : undefined;
    if (isWord(one, 'sub_request_status', 'success') && isJson(object)) return object;
    if (isWord(one, 'sub_request_status', 'error'))
      return mapItemError(textOf((one as Json)['sub_request_error_reason']), answer.status, traceId);
    return unreadable(`A ${singular} that does not say how it went.`, one, answer.status);
  });
  return { items, next: isJson(paging) ? textOf(paging['next_link']) : null, traceId };
}

/** The token travels in a header, so no address that is logged or quoted can hold it. */
async function ask(session: SnapSession, request: SnapRequest): Promise<Answer> {
  const { method, path, query, json, form, origin = ADS_ORIGIN } = request;
  const search = query === undefined ? '' : new URLSearchParams(query).toString();
  const body = form ?? (json === undefined ? undefined : JSON.stringify(json));
  const answer = await send(session.outside, 'snapchat', `${origin}/${SNAP_VERSION}/${path}${search === '' ? '' : `?${search}`}`, {
    method,
    timeoutMs: session.timeoutMs,
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      ...(json === undefined ? {} : { 'content-type': method === 'PATCH' ? 'application/json-patch+json' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const traceId = isJson(answer.json) ? textOf(answer.json['request_id']) : null;
  if (traceId !== null) session.onTrace?.(traceId);
  if (answer.status === 429) session.onUsage?.({ percent: 100, regainSeconds: REGAIN_SECONDS, tier: null });
  return answer;
}

const isWord = (from: unknown, name: string, word: string): boolean => isJson(from) && textOf(from[name])?.toLowerCase() === word;
