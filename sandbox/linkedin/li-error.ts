/**
 * Two shapes [D]: adAccounts, adCampaignGroups and adCampaigns say `code` and `errorDetails`, everything else only
 * `message`, `serviceErrorCode` and `status`. Texts and service codes below are [T/K]; callers decide by status and code.
 */
export interface InputError {
  code: string;
  description: string;
  fieldPath: string;
}

interface ErrorFields {
  status: number;
  message: string;
  serviceErrorCode?: number;
  code?: string;
  inputErrors?: readonly InputError[];
}

const DETAIL_TYPE = 'com.linkedin.common.error.BadRequest';

export class LiError extends Error {
  readonly status: number;
  readonly code: string | null;
  readonly #fields: ErrorFields;

  constructor(fields: ErrorFields) {
    super(fields.message);
    this.status = fields.status;
    this.code = fields.code ?? null;
    this.#fields = fields;
  }

  body(isDetailed: boolean): Record<string, unknown> {
    const { message, status, serviceErrorCode = 100, code, inputErrors = [] } = this.#fields;
    const plain = { message, status, serviceErrorCode };
    if (!isDetailed || code === undefined) return plain;
    return {
      ...plain,
      code,
      ...(inputErrors.length === 0
        ? {}
        : {
            errorDetailType: DETAIL_TYPE,
            errorDetails: {
              inputErrors: inputErrors.map(({ code, description, fieldPath }) => ({
                code,
                description,
                input: { inputPath: { fieldPath } },
              })),
            },
          }),
    };
  }
}

/** One wrong field. */
export function badField(code: string, fieldPath: string, description: string): LiError {
  return new LiError({ status: 400, message: description, code, inputErrors: [{ code, description, fieldPath }] });
}

export function missingField(fieldPath: string): LiError {
  return badField('MISSING_FIELD', fieldPath, 'Field is required');
}

export function invalidValue(fieldPath: string, value: unknown): LiError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return badField('INVALID_VALUE_FOR_FIELD', fieldPath, `Invalid value ${shown} for field ${fieldPath}`);
}

export const badRequest = (message: string): LiError => new LiError({ status: 400, message });
export const forbidden = (message: string): LiError => new LiError({ status: 403, message, code: 'NO_PERMISSION_ON_ENTITY' });
export const noSuchPath = (): LiError => new LiError({ status: 404, message: 'No virtual resource found', serviceErrorCode: 0 });
export const notFound = (what: string): LiError =>
  new LiError({ status: 404, message: `Could not find entity ${what}`, serviceErrorCode: 0, code: 'NOT_FOUND' });
export const notAllowed = (method: string): LiError =>
  new LiError({ status: 405, message: `Method ${method} is not supported by this resource`, serviceErrorCode: 0 });
export const unpermittedField = (path: string): LiError =>
  new LiError({
    status: 403,
    message: `Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/${path}]`,
  });

/** [D] The bare throttle: fixed words, no headers. */
export const throttled = (): LiError =>
  new LiError({ status: 429, message: 'Resource level throttle limit for calls to this resource is reached.', serviceErrorCode: 101 });

export const platformBroken = (): LiError =>
  new LiError({ status: 500, message: 'Internal Server Error', serviceErrorCode: 0, code: 'INTERNAL_ERROR' });

export const gatewayTimeout = (): LiError => new LiError({ status: 504, message: 'Gateway Timeout', serviceErrorCode: 0 });

export type TokenTrouble = 'empty' | 'invalid' | 'expired' | 'revoked';

const TOKEN_WORDS: Record<TokenTrouble, { serviceErrorCode: number; message: string }> = {
  empty: { serviceErrorCode: 65604, message: 'Empty oauth2 access token' },
  invalid: { serviceErrorCode: 65600, message: 'Invalid access token' },
  revoked: { serviceErrorCode: 65601, message: 'The token used in the request has been revoked by the user' },
  expired: { serviceErrorCode: 65602, message: 'The token used in the request has expired' },
};

export const refusedToken = (why: TokenTrouble): LiError => new LiError({ status: 401, ...TOKEN_WORDS[why] });
