import type { AdPlatform } from './ad-platform.ts';
import { googleAds } from './google-ads/index.ts';
import { linkedinAds } from './linkedin/index.ts';
import { metaAds } from './meta/index.ts';
import { snapchatAds } from './snapchat/index.ts';
import { tiktokAds } from './tiktok/index.ts';

const PLATFORMS: Readonly<Record<AdPlatform['id'], AdPlatform>> = {
  meta: metaAds,
  'google-ads': googleAds,
  tiktok: tiktokAds,
  linkedin: linkedinAds,
  snapchat: snapchatAds,
};

/** The adapter of an ad platform. */
export function adPlatform(id: AdPlatform['id']): AdPlatform {
  return PLATFORMS[id];
}
