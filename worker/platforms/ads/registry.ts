import type { AdPlatform } from './ad-platform.ts';
import { linkedinAds } from './linkedin/index.ts';
import { metaAds } from './meta/index.ts';
import { tiktokAds } from './tiktok/index.ts';

const PLATFORMS: Readonly<Record<AdPlatform['id'], AdPlatform>> = { meta: metaAds, tiktok: tiktokAds, linkedin: linkedinAds };

/** The adapter of an ad platform. */
export function adPlatform(id: AdPlatform['id']): AdPlatform {
  return PLATFORMS[id];
}
