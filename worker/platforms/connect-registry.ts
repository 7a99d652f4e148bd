import { metaOAuth } from './ads/meta/oauth.ts';
import type { ConnectOAuth } from './connect.ts';
import { hubspotOAuth } from './crm/hubspot/oauth.ts';
import { shopifyOAuth } from './stores/shopify/oauth.ts';

export type ConnectProvider = 'meta' | 'shopify' | 'hubspot';

/** One line per platform that can be connected. */
const REGISTRY: Partial<Record<ConnectProvider, ConnectOAuth>> = { meta: metaOAuth, shopify: shopifyOAuth, hubspot: hubspotOAuth };

/** Null = not built in. */
export const connectOAuth = (provider: ConnectProvider): ConnectOAuth | null => REGISTRY[provider] ?? null;
