import { z } from 'zod';
import type { Settings } from '../../env.ts';
import type { JobRef } from '../../kernel/define-job.ts';
import type { AppCredentials, ConnectOAuth } from '../../platforms/connect.ts';
import { connectOAuth, type ConnectProvider } from '../../platforms/connect-registry.ts';

type ReadyJob = JobRef<{ connectionId: string }>;
const ready = (name: string): ReadyJob => ({ name, queue: 'job', input: z.object({ connectionId: z.string() }) });

/** Asked for when a platform was connected; done by the domains that need what it brings. */
export const readAdAccountsRef = ready('read-ad-accounts');
export const readLeadPagesRef = ready('read-lead-pages');
export const readShopRef = ready('read-shop');
export const readPortalRef = ready('read-portal');

interface Provider {
  credentials(settings: Settings): AppCredentials;
  /** Every customer has an own host, given at the start. */
  hasShop: boolean;
  whenConnected: readonly ReadyJob[];
}
const PROVIDERS: Record<ConnectProvider, Provider> = {
  meta: {
    credentials: (s) => ({ id: s.META_APP_ID, secret: s.META_APP_SECRET }),
    hasShop: false,
    whenConnected: [readAdAccountsRef, readLeadPagesRef],
  },
  'google-ads': {
    credentials: (s) => ({ id: s.GOOGLE_ADS_CLIENT_ID, secret: s.GOOGLE_ADS_CLIENT_SECRET }),
    hasShop: false,
    whenConnected: [readAdAccountsRef],
  },
  snapchat: {
    credentials: (s) => ({ id: s.SNAPCHAT_CLIENT_ID, secret: s.SNAPCHAT_CLIENT_SECRET }),
    hasShop: false,
    whenConnected: [readAdAccountsRef, readLeadPagesRef],
  },
  linkedin: {
    credentials: (s) => ({ id: s.LINKEDIN_CLIENT_ID, secret: s.LINKEDIN_CLIENT_SECRET }),
    hasShop: false,
    whenConnected: [readAdAccountsRef, readLeadPagesRef],
  },
  shopify: {
    credentials: (s) => ({ id: s.SHOPIFY_CLIENT_ID, secret: s.SHOPIFY_CLIENT_SECRET }),
    hasShop: true,
    whenConnected: [readShopRef],
  },
  tiktok: {
    credentials: (s) => ({ id: s.TIKTOK_APP_ID, secret: s.TIKTOK_APP_SECRET }),
    hasShop: false,
    whenConnected: [readAdAccountsRef, readLeadPagesRef],
  },
  hubspot: {
    credentials: (s) => ({ id: s.HUBSPOT_CLIENT_ID, secret: s.HUBSPOT_CLIENT_SECRET }),
    hasShop: false,
    whenConnected: [readPortalRef],
  },
};

export interface OpenProvider extends Omit<Provider, 'credentials'> {
  app: AppCredentials;
  oauth: ConnectOAuth;
}

/** A platform with our own credentials at it. */
export function openProvider(settings: Settings, id: ConnectProvider): OpenProvider {
  const { credentials, ...rest } = PROVIDERS[id];
  return { app: credentials(settings), oauth: connectOAuth(id), ...rest };
}

/** Our app there, as a session names it. */
export function ourApp(settings: Settings, id: ConnectProvider): { appId: string; appSecret: string } {
  const app = PROVIDERS[id].credentials(settings);
  return { appId: app.id, appSecret: app.secret };
}

/** Where the platform sends the browser: back to the origin it began on, because our cookie lives there. */
export function callbackUrl(settings: Settings, id: ConnectProvider, request: Request): string {
  const { origin } = new URL(request.url);
  return `${origin === new URL(settings.APP_ORIGIN).origin ? origin : settings.API_ORIGIN}/v1/connections/${id}/callback`;
}
