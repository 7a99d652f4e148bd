import type { AdPlatform } from '../ad-platform.ts';
import { metaAccounts } from './accounts.ts';
import { PACE } from './limits.ts';
import { metaInsights } from './insights.ts';
import { metaLeadForms } from './lead-forms.ts';
import { metaMedia } from './media.ts';
import { metaObjects } from './objects.ts';

export const metaAds: AdPlatform = {
  id: 'meta',
  pace: PACE,
  accounts: metaAccounts,
  insights: metaInsights,
  objects: metaObjects,
  media: metaMedia,
  leadForms: metaLeadForms,
};
