import { LINKEDIN } from './linkedin.ts';
import { META } from './meta.ts';
import type { PlatformRules } from './platform-rules.ts';
import { TIKTOK } from './tiktok.ts';

/** The ad platforms there are, in the order they are shown. */
export const AD_PLATFORMS = ['meta', 'tiktok', 'linkedin'] as const;
export type AdPlatformId = (typeof AD_PLATFORMS)[number];

const RULES: Readonly<Record<AdPlatformId, PlatformRules>> = { meta: META, tiktok: TIKTOK, linkedin: LINKEDIN };

/** What a plan for this platform goes by. */
export const platformRules = (platform: AdPlatformId): PlatformRules => RULES[platform];
