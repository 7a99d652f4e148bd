import type { Pace } from '../ad-platform.ts';

/**
 * Calls of our whole app, all customers together: 10 a second, 600 a minute, and no answer says how full that is. A call counts once,
 * whatever it carries; a read may be one in each family. Nine and what goes out at once stay within any second, and nine within the
 * minute. Source: platforms/tiktok, Limits (single source).
 */
export const APP_PACE: Pace = { cost: { read: 2, write: 1 }, counts: 'calls', unknown: { perSecond: 9, burst: 1 } };

/** No limit of one ad account is known: alone it may have all that the app has. */
export const PACE: Pace = { ...APP_PACE, unknown: { perSecond: 9, burst: 9 } };

/** The most a call carries: ads of one ad group (unconfirmed), ids to set (vendor), ids to read (unconfirmed), advertisers. */
export const MOST = { ads: 20, ids: 20, readIds: 100, advertisers: 100 } as const;

/** Rows of a page; Smart+ ads come by a hundred at most. */
export const PAGE_SIZE = { most: 1_000, smartAds: 100 } as const;
