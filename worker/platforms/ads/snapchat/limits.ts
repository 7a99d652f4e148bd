import type { Pace } from '../ad-platform.ts';

/**
 * Ten calls a second for one token, twenty for the app, an array counting as one, and no meter to go by: a bare 429 says that it was too
 * much. Several ad accounts share a token, so each begins below its share and finds its pace. Source: platforms/snapchat, Limits.
 */
export const PACE: Pace = {
  cost: { read: 1, write: 1 },
  counts: 'calls',
  unknown: { perSecond: 4, burst: 4 },
  finds: { start: 4, least: 2, most: 9 },
};
export const APP_PACE: Pace = { cost: { read: 1, write: 1 }, counts: 'calls', unknown: { perSecond: 18, burst: 18 } };

/** Both limits are per second, so that is when a refused call may come again. */
export const REGAIN_SECONDS = 1;

/** The most the platform lists in one page. */
export const PAGE_LIMIT = '1000';
/** Ids in one read of many; up to two thousand are taken (single source). */
export const MOST_IDS = 1_000;
