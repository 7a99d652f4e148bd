import type { AdPlatform } from './ad-platform.ts';
import { linkedinAds } from './linkedin/index.ts';
import { metaAds } from './meta/index.ts';

const PLATFORMS: Readonly<Record<AdPlatform['id'], AdPlatform>> = { meta: metaAds, linkedin: linkedinAds };

/** The adapter of an ad platform. */
export function adPlatform(id: AdPlatform['id']): AdPlatform {
  return PLATFORMS[id];
}
