import { isErrorReason } from './proto-schema.ts';

/** `{ fieldName: 'operations', index: 1 }` and so on, outermost first. */
export interface PathElement {
  fieldName: string;
  index?: number;
}
export interface AdsProblem {
  /** Group of the reason as JSON names it: `campaignError`. */
  group: string;
  reason: string;
  message: string;
  trigger?: string;
  at?: PathElement[];
  details?: Record<string, unknown>;
}

const FAILURE_TYPE = 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure';

interface Rpc {
  http: number;
  code: number;
  status: string;
  message: string;
}
const INVALID: Rpc = { http: 400, code: 3, status: 'INVALID_ARGUMENT', message: 'Request contains an invalid argument.' };
const INTERNAL: Rpc = { http: 500, code: 13, status: 'INTERNAL', message: 'Internal error encountered.' };

function rpcOf({ group, reason }: Pick<AdsProblem, 'group' | 'reason'>): Rpc {
  switch (group) {
    case 'authenticationError':
      return {
        http: 401,
        code: 16,
        status: 'UNAUTHENTICATED',
        message:
          'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
      };
    case 'authorizationError':
    case 'notAllowlistedError':
      return { http: 403, code: 7, status: 'PERMISSION_DENIED', message: 'The caller does not have permission' };
    case 'quotaError':
      return { http: 429, code: 8, status: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted (e.g. check quota).' };
    case 'internalError':
      return INTERNAL;
    case 'databaseError':
      return reason === 'CONCURRENT_MODIFICATION'
        ? { http: 409, code: 10, status: 'ABORTED', message: 'The operation was aborted.' }
        : INVALID;
    default:
      return INVALID;
  }
}

function shown(problem: AdsProblem): Record<string, unknown> {
  return {
    errorCode: { [problem.group]: problem.reason },
    message: problem.message,
    ...(problem.trigger === undefined ? {} : { trigger: { stringValue: problem.trigger } }),
    ...(problem.at === undefined || problem.at.length === 0 ? {} : { location: { fieldPathElements: problem.at } }),
    ...(problem.details === undefined ? {} : { details: problem.details }),
  };
}

/** The platform's own refusal. Thrown by whatever finds it, turned into an answer in one place. */
export class AdsError extends Error {
  readonly problems: AdsProblem[];

  constructor(problems: AdsProblem[]) {
    super(problems.map((one) => `${one.group}.${one.reason}: ${one.message}`).join('; '));
    this.name = 'AdsError';
    this.problems = problems;
    for (const { group, reason } of problems)
      if (!isErrorReason(group, reason)) throw new Error(`the published errors have no ${group}.${reason}`);
  }

  get status(): number {
    return rpcOf(this.first).http;
  }

  private get first(): AdsProblem {
    const [first] = this.problems;
    if (first === undefined) throw new Error('an AdsError without a problem');
    return first;
  }

  private details(requestId: string): unknown[] {
    return [{ '@type': FAILURE_TYPE, errors: this.problems.map(shown), requestId }];
  }

  body(requestId: string): unknown {
    const { http, status, message } = rpcOf(this.first);
    return { error: { code: http, message, status, details: this.details(requestId) } };
  }

  /** google.rpc.Status inside a 200: what `partialFailureError` holds. */
  rpcStatus(requestId: string): unknown {
    return {
      code: rpcOf(this.first).code,
      message: `Multiple errors in ‘details’. First error: ${this.first.message}`,
      details: this.details(requestId),
    };
  }
}

export function refusal(
  group: string,
  reason: string,
  message: string,
  more: Omit<AdsProblem, 'group' | 'reason' | 'message'> = {},
): AdsError {
  return new AdsError([{ group, reason, message, ...more }]);
}

/**
 * A refusal of Google's front door, before the Ads service is asked: no GoogleAdsFailure in it. Unverified [K]: words and
 * reasons of these are general knowledge of Google APIs.
 */
export class DoorError extends Error {
  readonly status: number;
  readonly rpcStatus: string;
  readonly details: unknown[];

  constructor(status: number, rpcStatus: string, message: string, details: unknown[] = []) {
    super(message);
    this.name = 'DoorError';
    this.status = status;
    this.rpcStatus = rpcStatus;
    this.details = details;
  }

  body(): unknown {
    return {
      error: {
        code: this.status,
        message: this.message,
        status: this.rpcStatus,
        ...(this.details.length === 0 ? {} : { details: this.details }),
      },
    };
  }
}

/** JSON that the protos do not allow: every violation is named with its place. */
export function badJson(violations: { field: string; description: string }[]): DoorError {
  return new DoorError(400, 'INVALID_ARGUMENT', violations.map((one) => one.description).join('\n'), [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
  ]);
}

export function refusedToken(reason: string, message: string, status = 401): DoorError {
  return new DoorError(status, status === 401 ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED', message, [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason,
      domain: 'googleapis.com',
      metadata: { service: 'googleads.googleapis.com' },
    },
  ]);
}
