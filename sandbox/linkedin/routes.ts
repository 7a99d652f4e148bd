import { ACCOUNTS } from './accounts.ts';
import { AD_OBJECTS } from './ad-objects.ts';
import { ANALYTICS } from './analytics.ts';
import { AUDIENCES } from './audiences.ts';
import { CONVERSIONS } from './conversions.ts';
import { findCreatives, searchCampaigns, searchGroups } from './finders.ts';
import { LEADS } from './leads.ts';
import { NOTIFICATIONS } from './notifications.ts';
import { POSTS_AND_MEDIA } from './post-routes.ts';
import { TRACKING } from './tracking.ts';
import type { Handler } from './world.ts';

/** The whole imitated surface: `OPERATION path`, keys of the path left out. */
export const HANDLERS: Record<string, Handler> = {
  ...ACCOUNTS,
  ...AD_OBJECTS,
  'FINDER search adAccounts/{}/adCampaignGroups': searchGroups,
  'FINDER search adAccounts/{}/adCampaigns': searchCampaigns,
  'FINDER criteria adAccounts/{}/creatives': findCreatives,
  ...POSTS_AND_MEDIA,
  ...ANALYTICS,
  ...AUDIENCES,
  ...CONVERSIONS,
  ...LEADS,
  ...NOTIFICATIONS,
  ...TRACKING,
};

const PATHS = new Set(Object.keys(HANDLERS).map((name) => name.slice(name.lastIndexOf(' ') + 1)));

/** Paths that exist at all: one that does not is 404, a method it does not have 405. */
export const isPath = (pattern: string): boolean => PATHS.has(pattern);

/** Collections whose errors say `code` and `errorDetails` [D]. */
const DETAILED = new Set(['adAccounts', 'adCampaignGroups', 'adCampaigns']);

export function isDetailed(pattern: string): boolean {
  const collections = pattern.split('/').filter((part) => part !== '{}');
  return DETAILED.has(collections.at(-1) ?? '');
}
