/**
 * States of one launch item: PLANNED → READY → SENDING → CREATED → VERIFIED → ACTIVE, else REJECTED or HELD. An object that exists is
 * never "cancelled": it stays as it is, paused, so only items without a proven object go to CANCELLED, and SENDING goes there once its
 * call is settled as "not created". HELD waits for a person's word. CREATED, VERIFIED and ACTIVE go to UNDONE once an undo has read that the
 * object is gone. Source: launching guide §8.2 and §8.3.
 */
export const ITEM_STATES = [
  'PLANNED',
  'READY',
  'SENDING',
  'CREATED',
  'VERIFIED',
  'ACTIVE',
  'REJECTED',
  'HELD',
  'CANCELLED',
  'UNDONE',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/**
 * States of a whole launch. `checking`, `running`, `cancelling` and `undoing` are worked on by the engine, the others rest. `partly_undone`
 * = objects are left that were changed since or that the platform does not let go of: a person decides.
 */
export const LAUNCH_STATES = [
  'draft',
  'checking',
  'checked',
  'running',
  'cancelling',
  'cancelled',
  'verified',
  'active',
  'needs_attention',
  'undoing',
  'partly_undone',
  'undone',
] as const;
export type LaunchState = (typeof LAUNCH_STATES)[number];

/**
 * What one create call told us. `unclear` is everything that is not a definite yes or a definite no: the item stays SENDING
 * until the settle window is over and the object was searched for.
 */
export type CallOutcome =
  | { kind: 'created'; externalId: string }
  | { kind: 'throttled'; /** Milliseconds the platform asks for; null = it did not say. */ retryAfterMs: number | null; code: string }
  | { kind: 'rejected'; code: string; message: string; /** The platform's field, when it names one. */ field: string | null }
  | { kind: 'connection'; reason: 'expired' | 'revoked' | 'permission'; code: string }
  | { kind: 'exists'; code: string }
  | { kind: 'unclear'; cause: UnclearCause; code: string | null };

export type UnclearCause = 'timeout' | 'reset' | 'server-error' | 'unreadable' | 'partial' | 'worker-died' | 'flaky-code';

/** Who can do something about a row that is not done. Source: launching guide §11. */
export const RETRY_CLASSES = ['flaky', 'throttled', 'fixable', 'fatal', 'ask'] as const;
export type RetryClass = (typeof RETRY_CLASSES)[number];

/** Automatic repeats after a settled unclear answer, before a person is asked. Throttles are not counted. */
export const MAX_FLAKY_ATTEMPTS = 5;
