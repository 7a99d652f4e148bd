import type { AdPlatform } from '../ad-platform.ts';
import { googleAdsAccounts } from './accounts.ts';
import { googleAdsInsights } from './insights.ts';
import { APP_PACE, PACE } from './limits.ts';
import { googleAdsMedia } from './media.ts';
import { googleAdsObjects } from './objects.ts';

export const googleAds: AdPlatform = {
  id: 'google-ads',
  pace: PACE,
  appPace: APP_PACE,
  accounts: googleAdsAccounts,
  insights: googleAdsInsights,
  objects: googleAdsObjects,
  media: googleAdsMedia,
};
