export interface GraphErrorFields {
  message: string;
  code: number;
  subcode?: number;
  status?: number;
  type?: string;
  title?: string;
  userMessage?: string;
  transient?: boolean;
  /** The parameter at fault; travels in error_data as the platform's own JSON in a string. */
  blame?: string;
}

/** An answer in the platform's own error envelope. Thrown by handlers, turned into a response in one place. */
export class GraphError extends Error {
  readonly fields: GraphErrorFields;

  constructor(fields: GraphErrorFields) {
    super(fields.userMessage ?? fields.message);
    this.name = 'GraphError';
    this.fields = fields;
  }

  get status(): number {
    return this.fields.status ?? 400;
  }

  body(traceId: string): { error: Record<string, unknown> } {
    const { message, code, subcode, type, title, userMessage, transient, blame } = this.fields;
    return {
      error: {
        message,
        type: type ?? 'OAuthException',
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(blame === undefined ? {} : { error_data: JSON.stringify({ blame_field_specs: [[blame]] }) }),
        is_transient: transient ?? false,
        ...(title === undefined ? {} : { error_user_title: title }),
        ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
        fbtrace_id: traceId,
      },
    };
  }
}

/** 100: a parameter is missing, wrong or no longer allowed. `userMessage` says in plain words what to change. */
export function invalidParameter(userMessage: string, subcode?: number): GraphError {
  return new GraphError({
    message: 'Invalid parameter',
    code: 100,
    ...(subcode === undefined ? {} : { subcode }),
    title: 'Invalid parameter',
    userMessage,
  });
}

export function missingParameter(name: string): GraphError {
  return new GraphError({ message: `(#100) The parameter ${name} is required.`, code: 100, blame: name });
}

/** 100/33: also what an object of somebody else looks like. */
export function noSuchObject(id: string, method: string): GraphError {
  return new GraphError({
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist or cannot be seen with this token.`,
    type: 'GraphMethodException',
    code: 100,
    subcode: 33,
  });
}

export function noSuchField(field: string, node: string): GraphError {
  return new GraphError({ message: `(#100) Tried accessing nonexisting field (${field}) on node type (${node})`, code: 100 });
}

export function needsPermission(scope: string): GraphError {
  return new GraphError({ message: `(#200) Requires ${scope} permission`, code: 200, status: 403 });
}

const TOKEN_PROBLEMS = { expired: 463, passwordChanged: 460, invalid: 467 } as const;

/** 190 with the subcode that says why the token is refused. */
export function refusedToken(why: keyof typeof TOKEN_PROBLEMS): GraphError {
  return new GraphError({
    message: why === 'expired' ? 'Error validating access token: Session has expired.' : 'Error validating access token.',
    code: 190,
    subcode: TOKEN_PROBLEMS[why],
    status: 401,
  });
}

/** Marked as the caller's fault, yet the same request passes next time. */
export const flakyRefusal = (): GraphError =>
  new GraphError({
    message: 'Invalid parameter',
    code: 100,
    subcode: 1487390,
    title: 'Ad creative not valid',
    userMessage: 'The ad creative is not valid.',
  });

export const platformBroken = (): GraphError =>
  new GraphError({ message: 'An unknown error occurred', code: 1, status: 500, transient: true });

const THROTTLES = {
  account: { message: 'User request limit reached', code: 17, subcode: 2446079 },
  custom: { message: '(#613) Calls to this api have exceeded the rate limit.', code: 613, subcode: 1487742 },
  management: {
    message: '(#80004) There have been too many calls to this ad-account. Wait a bit and try again.',
    code: 80004,
    subcode: 2446079,
  },
  insights: {
    message: '(#80000) There have been too many calls from this ad-account. Wait a bit and try again.',
    code: 80000,
    subcode: 2446079,
  },
  leads: {
    message: '(#80005) There have been too many leadgen api calls to this account. Wait a bit and try again.',
    code: 80005,
    subcode: 2446079,
  },
} as const;

export type ThrottleKind = keyof typeof THROTTLES;

/** The platform says so with a 400 and its code, at times with a plain 429 around the same words. */
export function throttled(kind: ThrottleKind, status: 400 | 429 = 400): GraphError {
  return new GraphError({ ...THROTTLES[kind], status, transient: false });
}
