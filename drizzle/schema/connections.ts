import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { AD_PLATFORMS } from '#shared/rules/ad-platforms/index.ts';
import { instant, organizationId } from './columns.ts';

export const connections = pgTable(
  'connections',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    provider: text({ enum: ['meta', 'tiktok', 'linkedin', 'shopify', 'hubspot'] }).notNull(),
    /** Meta user id, TikTok ad account id, LinkedIn member id, shop domain or HubSpot portal id. */
    externalId: text().notNull(),
    displayName: text().notNull(),
    status: text({ enum: ['active', 'expiring', 'expired', 'error', 'revoked'] }).notNull(),
    /** Sealed; additional data binds organization, table, column and row. */
    accessToken: text(),
    refreshToken: text(),
    scopes: jsonb().$type<string[]>().notNull(),
    issuedAt: instant().notNull(),
    expiresAt: instant(),
    /** 80 % of the token's life; null = never. */
    refreshAt: instant(),
    lastError: jsonb().$type<{ code: string; message: string; at: string }>(),
    /** Since when its records (a shop's orders, a page's leads) are known without a gap; null = they are still being read. */
    recordsFrom: instant(),
    /** The last read that brought every record it asked for. */
    recordsReadAt: instant(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.organizationId, t.provider, t.externalId), index().on(t.provider, t.externalId), index().on(t.refreshAt)],
);

export const oauthStates = pgTable('oauth_states', {
  stateHash: text().primaryKey(),
  organizationId: organizationId(),
  userId: text().notNull(),
  sessionId: text().notNull(),
  provider: text({ enum: ['meta', 'tiktok', 'linkedin', 'shopify', 'hubspot'] }).notNull(),
  codeVerifier: text(),
  shop: text(),
  returnTo: text().notNull(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
});

export const adAccounts = pgTable(
  'ad_accounts',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    connectionId: text()
      .notNull()
      .references(() => connections.id),
    platform: text({ enum: AD_PLATFORMS }).notNull(),
    /** The platform's id without its prefix ("1000000001", not "act_1000000001"). */
    externalId: text().notNull(),
    name: text().notNull(),
    currency: text().notNull(),
    /** IANA; days of spend and credit are days here. */
    timezone: text().notNull(),
    status: text().notNull(),
    /** Newest finished insight sync, and the days it covers. */
    insightsSyncedAt: instant(),
    insightsFrom: text(),
    insightsTo: text(),
    insightsError: text(),
    /** When its objects are listed again for tokens no row holds; null = nothing was launched into it lately. */
    nextListingAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.organizationId, t.platform, t.externalId), index().on(t.nextListingAt)],
);

export const pages = pgTable(
  'pages',
  {
    organizationId: organizationId(),
    externalId: text().notNull(),
    connectionId: text()
      .notNull()
      .references(() => connections.id),
    name: text().notNull(),
    accessToken: text().notNull(),
    subscribedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.externalId] }), index().on(t.externalId)],
);
