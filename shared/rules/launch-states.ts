/** States of one launch item, allowed moves, and what a call's outcome means. Source: launching guide §8.2 and §8.3. */

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
 * Allowed moves. An object that exists is never "cancelled": it stays as it is (paused) until someone chooses to undo it, so
 * only items without a proven object may go to CANCELLED. SENDING goes there once its call is settled as "not created".
 * HELD leaves only by a person's word: it exists (CREATED), it does not (READY), or drop it.
 */
const MOVES: Readonly<Record<ItemState, readonly ItemState[]>> = {
  PLANNED: ['READY', 'CANCELLED'],
  READY: ['SENDING', 'CANCELLED'],
  SENDING: ['CREATED', 'READY', 'REJECTED', 'HELD', 'CANCELLED'],
  CREATED: ['VERIFIED', 'UNDONE'],
  VERIFIED: ['ACTIVE', 'UNDONE'],
  ACTIVE: ['UNDONE'],
  REJECTED: ['READY', 'CANCELLED'],
  HELD: ['CREATED', 'READY', 'CANCELLED'],
  CANCELLED: [],
  UNDONE: [],
};

export function canMove(from: ItemState, to: ItemState): boolean {
  return MOVES[from].includes(to);
}

export function movesFrom(state: ItemState): readonly ItemState[] {
  return MOVES[state];
}

/** States from which a conditional update to `to` may start, for `WHERE state = ANY(...)`. */
export function movesInto(to: ItemState): ItemState[] {
  return ITEM_STATES.filter((from) => canMove(from, to));
}

/** A child may leave PLANNED only under parents that were read back and compared. */
export function mayStart(parents: readonly ItemState[]): boolean {
  return parents.every((state) => state === 'VERIFIED' || state === 'ACTIVE');
}

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
export type RetryClass = 'flaky' | 'throttled' | 'fixable' | 'fatal' | 'ask';

/** Automatic repeats after a settled unclear answer, before a person is asked. Throttles are not counted. */
export const MAX_FLAKY_ATTEMPTS = 5;
