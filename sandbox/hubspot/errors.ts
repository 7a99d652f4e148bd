import { randomUUID } from 'node:crypto';

export type Category =
  | 'VALIDATION_ERROR'
  | 'OBJECT_NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITS'
  | 'MISSING_SCOPES'
  | 'EXPIRED_AUTHENTICATION'
  | 'INVALID_AUTHENTICATION'
  | 'INTERNAL_ERROR';

/** A refusal in the platform's envelope; thrown inside handlers, or collected by a batch. */
export class HubspotError extends Error {
  readonly status: number;
  readonly category: Category;
  readonly more: Record<string, unknown>;

  constructor(status: number, category: Category, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.more = more;
  }

  get body(): Record<string, unknown> {
    return { status: 'error', message: this.message, correlationId: randomUUID(), category: this.category, ...this.more };
  }
}

export const notFound = (what = 'resource not found'): HubspotError => new HubspotError(404, 'OBJECT_NOT_FOUND', what);
export const invalid = (message: string, more: Record<string, unknown> = {}): HubspotError =>
  new HubspotError(400, 'VALIDATION_ERROR', message, more);
