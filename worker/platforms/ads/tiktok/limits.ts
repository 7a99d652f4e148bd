import type { Pace } from '../ad-platform.ts';

/**
 * Calls of our whole app, all customers together: 10 a second, 600 a minute, and no answer says how full that is. A call counts once,
 * whatever it carries. One below the second's limit stays below the minute's too. Source: platforms/tiktok, Limits (single source).
 */
export const APP_PACE: Pace = { cost: { read: 1, write: 1 }, counts: 'calls', unknown: { perSecond: 9, burst: 9 } };

/** No limit of one ad account is known; this one keeps a busy account from taking all that the app has. */
export const PACE: Pace = { cost: { read: 1, write: 1 }, counts: 'calls', unknown: { perSecond: 9, burst: 9 } };

/** The most a call carries: ads of one ad group (unconfirmed), ids to set (vendor), ids to read (unconfirmed), advertisers. */
export const MOST = { ads: 20, ids: 20, readIds: 100, advertisers: 100 } as const;

/** Rows of a page; Smart+ ads come by a hundred at most. */
export const PAGE_SIZE = { most: 1_000, smartAds: 100 } as const;
