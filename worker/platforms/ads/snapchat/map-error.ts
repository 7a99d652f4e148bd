import type { Answer } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import { isJson, textOf } from './kinds.ts';
import { REGAIN_SECONDS } from './limits.ts';

const PLATFORM = 'snapchat';
const NOT_FOUND = 'E3003';
/** A malformed request, a field that cannot be so, something that is not there or not allowed. Everything else may come after an effect. */
const REFUSALS = /^E[123]\d{3}$/;
/** What went wrong with one object of an array: its code, the platform's words and what they are about. */
const REASON = /^\s*Error code:\s*(\w+)\s*,\s*message:\s*(.*?)\s*(?::\s*\[(.*)\])?\s*$/is;

/** A refused call as a failure class, by status and code only. An answer without a code is unknown: it may have been applied. */
export function mapError({ status, json }: Pick<Answer, 'status' | 'json'>): PlatformError {
  const error = isJson(json) ? json : {};
  const code = textOf(error['error_code']);
  const traceId = textOf(error['request_id']);
  const failure = classOf(status, code);
  const said = textOf(error['debug_message']) ?? textOf(error['display_message']) ?? `The platform answered with status ${status}.`;
  return new PlatformError(failure, said, {
    platform: PLATFORM,
    httpStatus: status,
    raw: isJson(json) ? json : null,
    ...(code === null ? {} : { code }),
    ...(traceId === null ? {} : { traceId }),
    ...(failure === 'throttled' ? { retryAfterSeconds: REGAIN_SECONDS } : {}),
  });
}

/** One refused object of an array: the others are not touched by it. */
export function mapItemError(reason: string | null, httpStatus: number, traceId: string | null): PlatformError {
  const [, code, said, context] = REASON.exec(reason ?? '') ?? [];
  return new PlatformError(code === undefined ? 'unknown' : classOf(200, code), said ?? reason ?? 'No reason was given.', {
    platform: PLATFORM,
    httpStatus,
    raw: { sub_request_error_reason: reason },
    ...(code === undefined ? {} : { code }),
    ...(context ? { field: context } : {}),
    ...(traceId === null ? {} : { traceId }),
  });
}

export const unreadable = (message: string, raw: unknown, httpStatus?: number): PlatformError =>
  new PlatformError('unknown', message, { platform: PLATFORM, raw, ...(httpStatus === undefined ? {} : { httpStatus }) });

function classOf(status: number, code: string | null): FailureClass {
  if (status === 429) return 'throttled';
  if (status === 401) return 'auth';
  if (status >= 500 || code === null) return 'unknown';
  if (code === NOT_FOUND) return 'missing';
  return REFUSALS.test(code) ? 'refused' : 'unknown';
}
