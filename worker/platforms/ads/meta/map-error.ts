import type { Usage } from '../ad-platform.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';

const THROTTLES = new Set([4, 17, 32, 613]);
/** Said to be final and is not: an unchanged repeat cures it. It goes through settle and search like any unclear answer. */
const FLAKY = new Set(['100/1487390']);

interface Envelope { message?: unknown; code?: unknown; error_subcode?: unknown; error_user_title?: unknown; error_user_msg?: unknown; is_transient?: unknown; fbtrace_id?: unknown; error_data?: unknown; type?: unknown }

/** What an answer that is not a plain yes means. Decided by status and code only (platforms/meta, Errors). */
export function toPlatformError(status: number, json: unknown, usage: Usage | null): PlatformError {
  const envelope = readEnvelope(json);
  if (!envelope) {
    const failure: FailureClass = status === 429 ? 'throttled' : 'unknown';
    return new PlatformError(failure, `The platform answered ${status} without saying why.`, { platform: 'meta', httpStatus: status });
  }
  const code = Number(envelope.code);
  const subcode = envelope.error_subcode === undefined ? null : Number(envelope.error_subcode);
  const failure = failureOf(status, code, subcode, envelope.is_transient === true);
  const message = [envelope.error_user_msg, envelope.message].find((text): text is string => typeof text === 'string' && text !== '') ?? `Error ${code}`;
  const field = fieldOf(envelope);
  return new PlatformError(failure, message, {
    platform: 'meta', code: String(code), httpStatus: status,
    ...(subcode === null ? {} : { subcode: String(subcode) }),
    ...(typeof envelope.fbtrace_id === 'string' ? { traceId: envelope.fbtrace_id } : {}),
    ...(field === null ? {} : { field }),
    ...(failure === 'throttled' && usage?.regainSeconds ? { retryAfterSeconds: usage.regainSeconds } : {}),
    raw: envelope,
  });
}

function failureOf(status: number, code: number, subcode: number | null, isTransient: boolean): FailureClass {
  if (THROTTLES.has(code) || (code >= 80_000 && code <= 80_014) || status === 429) return 'throttled';
  if (code === 190 || code === 102 || code === 2500) return 'auth';
  if (isTransient || code === 1 || code === 2 || status >= 500 || FLAKY.has(`${code}/${subcode}`)) return 'unknown';
  if (code === 100 && subcode === 33) return 'missing';
  if (code === 100 || code === 10 || (code >= 200 && code <= 299) || code === 368 || code === 2635) return 'refused';
  return 'unknown';
}

function readEnvelope(json: unknown): Envelope | null {
  if (typeof json !== 'object' || json === null) return null;
  const error = (json as { error?: unknown }).error;
  return typeof error === 'object' && error !== null && 'code' in error ? (error as Envelope) : null;
}

/** The platform names a field in `error_data.blame_field_specs`: [["targeting"]]; sometimes as JSON text. */
function fieldOf(envelope: Envelope): string | null {
  let data: unknown = envelope.error_data;
  if (typeof data === 'string') {
    try {
      data = JSON.parse(data);
    } catch {
      return null;
    }
  }
  const blamed = (data as { blame_field_specs?: unknown } | undefined)?.blame_field_specs;
  return Array.isArray(blamed) && Array.isArray(blamed[0]) ? blamed[0].map(String).join('.') : null;
}
