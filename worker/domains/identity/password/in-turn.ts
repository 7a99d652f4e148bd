import { AppError } from '../../../kernel/errors.ts';

const MOST_WAITING = 50;
/** A little more than a hash takes. */
const PACE_MS = 60;
const ABANDONED_MS = 30_000;
const waiting = new Map<symbol, number>();

/**
 * A hash runs from its start to its end without a break, so an isolate lends the memory of one at a time. Each waits as long as those
 * before it will take, so that plain calls come between two hashes. Nobody wakes anybody: a request that is broken off while it waits
 * holds nobody up, and its place is free again after 30 seconds.
 * @throws unavailable when 50 are waiting already
 */
export async function inTurn<T>(work: () => T): Promise<T> {
  const now = Date.now();
  for (const [place, since] of waiting) if (now - since > ABANDONED_MS) waiting.delete(place);
  if (waiting.size >= MOST_WAITING)
    throw new AppError('unavailable', 'Very many people are signing in right now. Nothing was done; try again in a few seconds.', {
      reason: 'sign_in_busy',
      retryAfterSeconds: 5,
    });
  const place = Symbol('place');
  const before = waiting.size;
  waiting.set(place, now);
  try {
    await new Promise((resolve) => setTimeout(resolve, before * PACE_MS));
    return work();
  } finally {
    waiting.delete(place);
  }
}
