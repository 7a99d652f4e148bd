import { PlatformError, type FailureClass } from '../../platform-error.ts';

/** The platform's refusal; `code` and `errorDetails` appear on accounts, groups and campaigns only. */
interface Envelope {
  message?: unknown;
  status?: unknown;
  serviceErrorCode?: unknown;
  code?: unknown;
  errorDetails?: { inputErrors?: { code?: string; description?: string; input?: { inputPath?: { fieldPath?: string } } }[] };
}

/** What is a plain no: wrong, not allowed, in conflict, without length, too long, or asked in a version that has ended. */
const REFUSALS = new Set([400, 403, 405, 409, 411, 413, 414, 422, 426]);

/**
 * A status with its body as a failure class, alone or as one element of a batch. By status only, and only when the platform itself
 * said it: a page of something in between proves nothing. A throttle is bare and needs no body.
 */
export function mapError(status: number, body: unknown, traceId: string | null = null): PlatformError {
  const said = envelopeOf(body);
  const failure = classify(status, said);
  const [first] = said?.errorDetails?.inputErrors ?? [];
  const field = first?.input?.inputPath?.fieldPath;
  const message = first?.description ?? said?.message;
  return new PlatformError(failure, typeof message === 'string' ? message : `An answer that cannot be read (status ${status}).`, {
    platform: 'linkedin',
    httpStatus: status,
    ...(said === null ? {} : { raw: { error: said } }),
    ...(said?.code === undefined ? {} : { code: String(said.code) }),
    ...(said?.serviceErrorCode === undefined ? {} : { subcode: String(said.serviceErrorCode) }),
    ...(field === undefined ? {} : { field }),
    ...(traceId === null ? {} : { traceId }),
  });
}

function classify(status: number, said: Envelope | null): FailureClass {
  if (status === 429) return 'throttled';
  if (said === null || said.status !== status) return 'unknown';
  if (status === 401) return 'auth';
  if (status === 404) return 'missing';
  return REFUSALS.has(status) ? 'refused' : 'unknown';
}

function envelopeOf(body: unknown): Envelope | null {
  return typeof body === 'object' && body !== null && 'message' in body && 'status' in body ? body : null;
}

/** A good status whose answer is none. */
export const unreadable = (what: string, raw: unknown): PlatformError =>
  new PlatformError('unknown', what, { platform: 'linkedin', raw: { answer: raw } });
