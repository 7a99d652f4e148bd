import type { Pace } from '../ad-platform.ts';

/**
 * Limits are per endpoint, app and member and day, and unpublished: the pace is found by trying, from a rate that a day's quota of a small
 * app survives. A batch is one call. Source: platforms/linkedin, Limits.
 */
export const PACE: Pace = {
  cost: { read: 1, write: 1 },
  counts: 'calls',
  unknown: { perSecond: 10, burst: 20 },
  finds: { start: 10, least: 2, most: 50 },
};

/** Elements the platform takes in one batch. */
export const BATCH_LIMIT = 100;
/** Of changes by URN fewer: their names all stand in the address. */
export const NAMED_LIMIT = 75;
/** Rows asked for per page of a list. */
export const PAGE_LIMIT = 500;
