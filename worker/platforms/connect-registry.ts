import { linkedinOAuth } from './ads/linkedin/oauth.ts';
import { metaOAuth } from './ads/meta/oauth.ts';
import { tiktokOAuth } from './ads/tiktok/oauth.ts';
import type { ConnectOAuth } from './connect.ts';
import { hubspotOAuth } from './crm/hubspot/oauth.ts';
import { shopifyOAuth } from './stores/shopify/oauth.ts';

export type ConnectProvider = 'meta' | 'tiktok' | 'linkedin' | 'shopify' | 'hubspot';

const PLATFORMS: Readonly<Record<ConnectProvider, ConnectOAuth>> = {
  meta: metaOAuth,
  tiktok: tiktokOAuth,
  linkedin: linkedinOAuth,
  shopify: shopifyOAuth,
  hubspot: hubspotOAuth,
};

/** How a platform is connected. */
export const connectOAuth = (provider: ConnectProvider): ConnectOAuth => PLATFORMS[provider];
