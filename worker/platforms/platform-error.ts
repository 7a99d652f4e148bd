/**
 * What an outgoing call came to, decided by status and code, never by message text.
 * throttled, refused, auth: the platform definitely did nothing. unknown: it may have.
 */
export type FailureClass = 'throttled' | 'refused' | 'auth' | 'missing' | 'unknown';

export class PlatformError extends Error {
  constructor(
    readonly failure: FailureClass,
    message: string,
    readonly detail: {
      platform: string;
      /** The platform's own code and subcode, as sent. */
      code?: string;
      subcode?: string;
      httpStatus?: number;
      traceId?: string;
      /** The field at fault, in the platform's words. */
      field?: string;
      /** The platform says waiting this long helps. */
      retryAfterSeconds?: number;
      /** The platform refused a call of several creates without saying which of them is wrong: nothing was made, each may be sent alone. */
      sendAlone?: boolean;
      /** The platform's answer, for the receipt. Never holds a token. */
      raw?: unknown;
    },
  ) {
    super(message);
    this.name = 'PlatformError';
  }
}
