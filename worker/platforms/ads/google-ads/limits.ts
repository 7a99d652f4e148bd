import type { Pace } from '../ad-platform.ts';

/**
 * Of one account: calls a second are limited and not published; a refusal says how long to wait, and that is what slows it down. Whole
 * calls count; what they carry is the project's to count.
 */
export const PACE: Pace = { cost: { read: 1, write: 1 }, counts: 'calls', unknown: { perSecond: 20, burst: 40 } };

/**
 * Of our Cloud project, over all accounts: 15,000 operations a day with Basic access. A burst and what a day adds to it stay below that
 * together. A query counts one, however many rows it reads back; an object is one to a few operations.
 */
export const APP_PACE: Pace = {
  cost: { read: 0.1, write: 1.5 },
  counts: 'items',
  unknown: { perSecond: 5_000 / 86_400, burst: 10_000 },
};

/** Objects of one call. It is all or nothing, so what is large is also unclear together. */
export const MOST_TOGETHER = { campaign: 20, ad_set: 20, ad: 50 } as const;
/** Operations of one status call; the platform takes 10,000. */
export const MOST_CHANGES = 1_000;
/** Objects taken away in one call: fewer, because each change is judged by itself and an answer that is lost leaves all of them unclear. */
export const MOST_ARCHIVED = 200;
/** Ids or tokens named in one query. */
export const MOST_NAMED = 500;
