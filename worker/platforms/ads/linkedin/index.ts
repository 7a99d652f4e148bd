import type { AdPlatform } from '../ad-platform.ts';
import { linkedinAccounts } from './accounts.ts';
import { linkedinInsights } from './insights.ts';
import { PACE } from './limits.ts';
import { linkedinMedia } from './media.ts';
import { linkedinObjects } from './objects.ts';

export const linkedinAds: AdPlatform = {
  id: 'linkedin',
  pace: PACE,
  accounts: linkedinAccounts,
  insights: linkedinInsights,
  objects: linkedinObjects,
  media: linkedinMedia,
};
