import { GOOGLE_ADS } from './google-ads.ts';
import { META } from './meta.ts';
import type { PlatformRules } from './platform-rules.ts';

/** The ad platforms there are, in the order they are shown. */
export const AD_PLATFORMS = ['meta', 'google-ads'] as const;
export type AdPlatformId = (typeof AD_PLATFORMS)[number];

const RULES: Readonly<Record<AdPlatformId, PlatformRules>> = { meta: META, 'google-ads': GOOGLE_ADS };

/** What a plan for this platform goes by. */
export const platformRules = (platform: AdPlatformId): PlatformRules => RULES[platform];
