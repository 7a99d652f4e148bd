import type { AdPlatform } from '../ad-platform.ts';
import { snapchatAccounts } from './accounts.ts';
import { snapchatInsights } from './insights.ts';
import { APP_PACE, PACE } from './limits.ts';
import { snapchatMedia } from './media.ts';
import { snapchatObjects } from './objects.ts';

export const snapchatAds: AdPlatform = {
  id: 'snapchat',
  pace: PACE,
  appPace: APP_PACE,
  accounts: snapchatAccounts,
  insights: snapchatInsights,
  objects: snapchatObjects,
  media: snapchatMedia,
};
