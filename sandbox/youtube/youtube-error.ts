/** A refusal in YouTube's own envelope. */
export class YoutubeError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly domain: string;

  constructor(status: number, reason: string, message: string, domain = 'youtube.video') {
    super(message);
    this.name = 'YoutubeError';
    this.status = status;
    this.reason = reason;
    this.domain = domain;
  }

  body(): unknown {
    const names: Record<number, string | undefined> = {
      400: 'INVALID_ARGUMENT',
      401: 'UNAUTHENTICATED',
      403: 'PERMISSION_DENIED',
      404: 'NOT_FOUND',
      429: 'RESOURCE_EXHAUSTED',
    };
    const error = { domain: this.domain, reason: this.reason, message: this.message };
    return { error: { code: this.status, message: this.message, status: names[this.status] ?? 'INTERNAL', errors: [error] } };
  }
}

/** Final for the day, unlike rateLimitExceeded [D]. */
export const quotaExceeded = (): YoutubeError =>
  new YoutubeError(403, 'quotaExceeded', 'The request cannot be completed because you have exceeded your quota.', 'youtube.quota');
