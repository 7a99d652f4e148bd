import type { Answer } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';

/** One thing the platform says is wrong. `index` = the operation of the call it is about, null = the call as a whole. */
export interface AdsFailure {
  /** Group of the reason and the reason: "campaignError.DUPLICATE_CAMPAIGN_NAME". */
  code: string;
  message: string;
  index: number | null;
  field: string | null;
  retrySeconds: number | null;
}
interface Problem {
  errorCode?: Record<string, unknown>;
  message?: unknown;
  location?: { fieldPathElements?: { fieldName?: unknown; index?: unknown }[] };
  details?: { quotaErrorDetails?: { retryDelay?: unknown } };
}
/** google.rpc.Status, whether it comes as an error or inside a partial success. */
export interface Status {
  code?: unknown;
  status?: unknown;
  message?: unknown;
  details?: { '@type'?: unknown; errors?: Problem[]; requestId?: unknown; reason?: unknown }[];
}

/** There already: a lost answer had made it. It is looked for, never made again. */
export const ALREADY_THERE: ReadonlySet<string> = new Set(['campaignError.DUPLICATE_CAMPAIGN_NAME', 'adGroupError.DUPLICATE_ADGROUP_NAME']);
/** Groups that do not say whether anything was done. */
const UNCLEAR = new Set(['internalError', 'databaseError']);
const UNCLEAR_CODES = new Set(['requestError.RPC_DEADLINE_TOO_SHORT', 'requestError.UNKNOWN', 'requestError.UNSPECIFIED']);
const THROTTLES = new Set([
  'quotaError.RESOURCE_EXHAUSTED',
  'quotaError.RESOURCE_TEMPORARILY_EXHAUSTED',
  'quotaError.EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION',
  'quotaError.EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION',
]);
/** Of the group about who asks: a new consent does not help. */
const NOT_BY_CONSENT = new Set(['authenticationError.NOT_ADS_USER', 'authenticationError.CUSTOMER_NOT_FOUND']);
const MISSING = new Set(['mutateError.RESOURCE_NOT_FOUND', 'requestError.RESOURCE_NOT_FOUND']);
/** Front doors of Google that refuse before the service is asked, by google.rpc.Status. */
const DOORS: Readonly<Record<string, FailureClass>> = {
  UNAUTHENTICATED: 'auth',
  INVALID_ARGUMENT: 'refused',
  PERMISSION_DENIED: 'refused',
  RESOURCE_EXHAUSTED: 'throttled',
};

/** A failure class by group and reason only. */
export function classify(code: string): FailureClass {
  const [group = '', reason = ''] = code.split('.');
  if (THROTTLES.has(code)) return 'throttled';
  if (UNCLEAR.has(group) || UNCLEAR_CODES.has(code) || ALREADY_THERE.has(code) || reason === '') return 'unknown';
  if (MISSING.has(code)) return 'missing';
  if (group === 'authenticationError') return NOT_BY_CONSENT.has(code) ? 'refused' : 'auth';
  return 'refused';
}

/** The google.rpc.Status of an answer; errors of a stream come in a list. */
export function statusOf(json: unknown): Status | null {
  const body: unknown = Array.isArray(json) ? json[0] : json;
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  return typeof body.error === 'object' ? body.error : null;
}

export function failuresOf(status: Status | null): AdsFailure[] {
  const errors = (status?.details ?? []).flatMap((detail) =>
    String(detail['@type']).endsWith('.GoogleAdsFailure') ? (detail.errors ?? []) : [],
  );
  return errors.map((problem) => {
    const [[group, reason] = ['', '']] = Object.entries(problem.errorCode ?? {});
    const path = problem.location?.fieldPathElements ?? [];
    const index = path[0]?.index;
    const field = path.slice(1).map((one) => String(one.fieldName));
    return {
      code: `${group}.${String(reason)}`,
      message: typeof problem.message === 'string' ? problem.message : 'No reason was given.',
      index: typeof index === 'number' ? index : null,
      field: field.length === 0 ? null : field.join('.'),
      retrySeconds: secondsOf(problem.details?.quotaErrorDetails?.retryDelay),
    };
  });
}

/** One failure as an error of its own. `raw` is that failure alone: a call may carry hundreds. */
export function failureError(failure: AdsFailure, traceId: string | null, httpStatus = 200): PlatformError {
  return new PlatformError(classify(failure.code), failure.message, {
    platform: 'google-ads',
    code: failure.code,
    httpStatus,
    raw: { failure },
    ...(failure.field === null ? {} : { field: failure.field }),
    ...(traceId === null ? {} : { traceId }),
    ...(failure.retrySeconds === null ? {} : { retryAfterSeconds: failure.retrySeconds }),
  });
}

/** An answer that is no success as an error of the whole call. Nothing that is not documented as a plain no is one. */
export function mapError(answer: Pick<Answer, 'status' | 'headers' | 'json'>): PlatformError {
  const status = statusOf(answer.json);
  const traceId = answer.headers.get('request-id');
  const failures = failuresOf(status);
  // One that proves nothing outweighs all the others.
  const first = failures.find((one) => classify(one.code) === 'unknown') ?? failures[0];
  if (first) {
    const error = failureError(first, traceId, answer.status);
    return answer.status >= 500 && error.failure !== 'unknown' ? unclear(answer.status, traceId, first.message) : error;
  }
  const word = typeof status?.status === 'string' ? status.status : '';
  const reason = status?.details?.map((detail) => detail.reason).find((one) => typeof one === 'string');
  const failure = answer.status >= 500 ? undefined : reason === 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' ? 'auth' : DOORS[word];
  if (failure === undefined && answer.status !== 429) return unclear(answer.status, traceId, 'An answer that cannot be read.');
  return new PlatformError(failure ?? 'throttled', typeof status?.message === 'string' ? status.message : 'No reason was given.', {
    platform: 'google-ads',
    httpStatus: answer.status,
    raw: { status },
    ...(word === '' ? {} : { code: word }),
    ...(traceId === null ? {} : { traceId }),
  });
}

const unclear = (httpStatus: number, traceId: string | null, message: string): PlatformError =>
  new PlatformError('unknown', message, { platform: 'google-ads', httpStatus, ...(traceId === null ? {} : { traceId }) });

/** "12s" or "1.5s". */
function secondsOf(delay: unknown): number | null {
  const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined;
  return seconds === undefined ? null : Number(seconds);
}
