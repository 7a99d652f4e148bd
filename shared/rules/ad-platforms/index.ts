import { GOOGLE_ADS } from './google-ads.ts';
import { LINKEDIN } from './linkedin.ts';
import { META } from './meta.ts';
import type { PlatformRules } from './platform-rules.ts';
import { SNAPCHAT } from './snapchat.ts';
import { TIKTOK } from './tiktok.ts';

/** The ad platforms there are, in the order they are shown. */
export const AD_PLATFORMS = ['meta', 'google-ads', 'tiktok', 'linkedin', 'snapchat'] as const;
export type AdPlatformId = (typeof AD_PLATFORMS)[number];

const RULES: Readonly<Record<AdPlatformId, PlatformRules>> = {
  meta: META,
  'google-ads': GOOGLE_ADS,
  tiktok: TIKTOK,
  linkedin: LINKEDIN,
  snapchat: SNAPCHAT,
};

/** What a plan for this platform goes by. */
export const platformRules = (platform: AdPlatformId): PlatformRules => RULES[platform];

/** Everything that can be connected. */
export const PROVIDERS = [...AD_PLATFORMS, 'shopify', 'hubspot'] as const;
export type ProviderId = (typeof PROVIDERS)[number];
