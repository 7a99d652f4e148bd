import type { AdPlatform } from './ad-platform.ts';
import { googleAds } from './google-ads/index.ts';
import { metaAds } from './meta/index.ts';

const PLATFORMS: Readonly<Record<AdPlatform['id'], AdPlatform>> = { meta: metaAds, 'google-ads': googleAds };

/** The adapter of an ad platform. */
export function adPlatform(id: AdPlatform['id']): AdPlatform {
  return PLATFORMS[id];
}
