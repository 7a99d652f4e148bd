import type { Problem } from '#shared/contracts/parts.ts';
import type { Reason } from '#shared/contracts/reasons.ts';

/** The closed set of ways a call can fail that a caller may see; everything else is `internal`. */
const STATUS = {
  invalid_input: 422,
  malformed: 400,
  not_signed_in: 401,
  not_allowed: 403,
  proof_needed: 403,
  not_found: 404,
  conflict: 409,
  plan_changed: 409,
  expired: 410,
  too_large: 413,
  unsupported_type: 415,
  too_many: 429,
  internal: 500,
  platform_refused: 502,
  unavailable: 503,
  not_connected: 409,
} as const;
export type ErrorCode = keyof typeof STATUS;

const TITLE: Record<ErrorCode, string> = {
  invalid_input: 'Something in the input is not right',
  malformed: 'The request could not be read',
  not_signed_in: 'Sign in to continue',
  not_allowed: 'Your role does not allow this',
  proof_needed: 'Prove who you are first',
  not_found: 'Not found',
  conflict: 'Somebody was faster',
  plan_changed: 'The plan has changed',
  expired: 'No longer valid',
  too_large: 'Too large',
  unsupported_type: 'Wrong content type',
  too_many: 'Too many tries',
  internal: 'Something failed on our side',
  platform_refused: 'The platform said no',
  unavailable: 'Not available right now',
  not_connected: 'Not connected',
};

export interface FieldError {
  path: string;
  message: string;
  reason?: Reason;
}

/** A failure with a code of the closed set. `detail` says what happened, what is safe and the next step, for a person. */
export class AppError extends Error {
  readonly fields: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly reason: Reason | undefined;
  constructor(
    readonly code: ErrorCode,
    detail: string,
    options: { reason?: Reason; fields?: FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.reason = options.reason;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
  get status(): number {
    return STATUS[this.code];
  }
}

/** One answer for missing and foreign ids alike: nothing is learned from it. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}, or you cannot see it.`);
}

export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: `https://inlay.test/problems/${error.code}`,
    title: TITLE[error.code],
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.reason ? { reason: error.reason } : {}),
    ...(error.fields ? { fields: error.fields } : {}),
    ...(error.retryAfterSeconds ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
  };
}
