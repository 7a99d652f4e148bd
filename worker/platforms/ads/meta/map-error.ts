import type { Answer } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import { readUsage } from './limits.ts';

interface Envelope {
  message?: string;
  code?: number;
  error_subcode?: number;
  error_user_title?: string;
  error_user_msg?: string;
  is_transient?: boolean;
  fbtrace_id?: string;
  error_data?: unknown;
}

const THROTTLE_CODES = new Set([4, 17, 32, 613]);
/** Parameter, permission, unknown method, blocked for policy, retired version. */
const REFUSALS = new Set([3, 10, 100, 104, 368, 2500, 2635]);
/** Marked as a caller's fault by the platform, but passes when sent again (platforms/meta, Errors). */
const FLAKY_SUBCODES = new Set([1487390]);

/** Graph's error envelope as a failure class, by code and subcode only. An answer without an envelope is unknown: it may have been applied. */
export function mapError(answer: Answer): PlatformError {
  const error = envelopeOf(answer.json);
  if (!error)
    return new PlatformError(answer.status === 429 ? 'throttled' : 'unknown', `An answer that cannot be read (status ${answer.status}).`, {
      platform: 'meta',
      httpStatus: answer.status,
    });
  const failure = classify(error, answer.status);
  const regain = failure === 'throttled' ? readUsage(answer.headers)?.regainSeconds : null;
  const said = error.error_user_msg ?? error.message ?? 'No reason was given.';
  return new PlatformError(failure, error.error_user_title && error.error_user_msg ? `${error.error_user_title}: ${said}` : said, {
    platform: 'meta',
    httpStatus: answer.status,
    raw: { error },
    ...fieldOf(error.error_data),
    ...(error.code === undefined ? {} : { code: String(error.code) }),
    ...(error.error_subcode === undefined ? {} : { subcode: String(error.error_subcode) }),
    ...(error.fbtrace_id === undefined ? {} : { traceId: error.fbtrace_id }),
    ...(regain === null || regain === undefined ? {} : { retryAfterSeconds: regain }),
  });
}

export function hasError(json: unknown): boolean {
  return envelopeOf(json) !== null;
}

function classify(error: Envelope, status: number): FailureClass {
  const { code, error_subcode: subcode } = error;
  if (status === 429) return 'throttled';
  if (code === undefined) return 'unknown';
  if (THROTTLE_CODES.has(code) || (code >= 80000 && code <= 80014)) return 'throttled';
  if (code === 190 || code === 102) return 'auth';
  if (code === 1 || code === 2 || status >= 500 || error.is_transient === true) return 'unknown';
  if (code === 100 && subcode !== undefined && FLAKY_SUBCODES.has(subcode)) return 'unknown';
  if ((code === 100 && subcode === 33) || code === 803) return 'missing';
  // Only what is documented as a plain no is one; any other word may come after the object was made.
  return REFUSALS.has(code) || (code >= 200 && code <= 299) ? 'refused' : 'unknown';
}

function envelopeOf(json: unknown): Envelope | null {
  if (typeof json !== 'object' || json === null || !('error' in json)) return null;
  return typeof json.error === 'object' ? json.error : null;
}

/** The platform names a field in `error_data.blame_field_specs`, [["targeting"]], at times as JSON in a string. */
function fieldOf(data: unknown): { field?: string } {
  const blamed = /"blame_field_specs"\s*:\s*\[\s*\[\s*"([^"]+)"/.exec(typeof data === 'string' ? data : JSON.stringify(data ?? null));
  return blamed?.[1] === undefined ? {} : { field: blamed[1] };
}
