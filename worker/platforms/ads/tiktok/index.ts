import type { AdPlatform } from '../ad-platform.ts';
import { tiktokAccounts } from './accounts.ts';
import { tiktokInsights } from './insights.ts';
import { APP_PACE, PACE } from './limits.ts';
import { tiktokMedia } from './media.ts';
import { tiktokObjects } from './objects.ts';

export const tiktokAds: AdPlatform = {
  id: 'tiktok',
  pace: PACE,
  appPace: APP_PACE,
  accounts: tiktokAccounts,
  insights: tiktokInsights,
  objects: tiktokObjects,
  media: tiktokMedia,
};
