import type { ProviderId } from '#shared/rules/ad-platforms/index.ts';
import { googleAdsOAuth } from './ads/google-ads/oauth.ts';
import { linkedinOAuth } from './ads/linkedin/oauth.ts';
import { metaOAuth } from './ads/meta/oauth.ts';
import { snapchatOAuth } from './ads/snapchat/oauth.ts';
import { tiktokOAuth } from './ads/tiktok/oauth.ts';
import type { ConnectOAuth } from './connect.ts';
import { hubspotOAuth } from './crm/hubspot/oauth.ts';
import { shopifyOAuth } from './stores/shopify/oauth.ts';

export type ConnectProvider = ProviderId;

const PLATFORMS: Readonly<Record<ConnectProvider, ConnectOAuth>> = {
  meta: metaOAuth,
  'google-ads': googleAdsOAuth,
  tiktok: tiktokOAuth,
  linkedin: linkedinOAuth,
  snapchat: snapchatOAuth,
  shopify: shopifyOAuth,
  hubspot: hubspotOAuth,
};

/** How a platform is connected. */
export const connectOAuth = (provider: ConnectProvider): ConnectOAuth => PLATFORMS[provider];
