import { z } from 'zod';
import { AD_PLATFORMS } from '../rules/ad-platforms/index.ts';
import { defineContract } from './define-contract.ts';
import { currency, empty, id, instant, shopAddress } from './parts.ts';

export const provider = z.enum(['meta', 'tiktok', 'linkedin', 'shopify', 'hubspot']);
export const connection = z.object({
  id,
  provider,
  externalId: z.string(),
  displayName: z.string(),
  status: z.enum(['active', 'expiring', 'expired', 'error', 'revoked']),
  /** Whole days until the access ends; null when it does not. */
  daysLeft: z.int().nullable(),
  lastError: z.string().nullable(),
  connectedAt: instant,
});
export type Connection = z.infer<typeof connection>;
export const adAccount = z.object({
  id,
  platform: z.enum(AD_PLATFORMS),
  externalId: z.string(),
  name: z.string(),
  currency,
  timezone: z.string(),
  status: z.string(),
  insightsSyncedAt: instant.nullable(),
  insightsError: z.string().nullable(),
  connectionStatus: connection.shape.status,
});
export type AdAccount = z.infer<typeof adAccount>;

export const listConnections = defineContract({
  method: 'GET',
  path: '/v1/connections',
  access: { kind: 'member', permission: 'connections:read' },
  summary: 'Connected platforms',
  response: z.object({ connections: z.array(connection) }),
});
/** The answer's url is opened in a tab; the callback returns the browser to returnTo with ?connected=provider or ?connect_error=code. */
export const startConnection = defineContract({
  method: 'POST',
  path: '/v1/connections/:provider/start',
  access: { kind: 'member', permission: 'connections:write', people: true },
  summary: 'Begin connecting a platform',
  params: z.object({ provider }),
  body: z.object({
    returnTo: z.string().max(300).default('/connections'),
    shop: shopAddress.optional(),
  }),
  response: z.object({ url: z.string() }),
});
export const disconnect = defineContract({
  method: 'DELETE',
  path: '/v1/connections/:id',
  access: { kind: 'member', permission: 'connections:write' },
  summary: 'Disconnect a platform; history stays',
  params: z.object({ id }),
  response: empty,
});
export const listAdAccounts = defineContract({
  method: 'GET',
  path: '/v1/ad-accounts',
  access: { kind: 'member', permission: 'insights:read' },
  summary: 'Ad accounts of all connections',
  response: z.object({ adAccounts: z.array(adAccount) }),
});
export const syncAdAccount = defineContract({
  method: 'POST',
  path: '/v1/ad-accounts/:id/sync',
  access: { kind: 'member', permission: 'insights:read' },
  summary: 'Ask for a fresh read of an ad account',
  status: 202,
  params: z.object({ id }),
  response: empty,
});
export const listPages = defineContract({
  method: 'GET',
  path: '/v1/ad-accounts/:id/pages',
  access: { kind: 'member', permission: 'launches:read' },
  summary: 'Pages an ad may speak for',
  params: z.object({ id }),
  response: z.object({ pages: z.array(z.object({ id: z.string(), name: z.string() })) }),
});
