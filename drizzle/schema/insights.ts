import { date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, minor, organizationId } from './columns.ts';

/** Campaigns, ad sets and ads as the platform lists them; what the overlay's ids are checked against. */
export const adEntities = pgTable(
  'ad_entities',
  {
    organizationId: organizationId(),
    accountId: text().notNull(),
    externalId: text().notNull(),
    kind: text({ enum: ['campaign', 'ad_set', 'ad'] }).notNull(),
    campaignExternalId: text().notNull(),
    adSetExternalId: text(),
    name: text().notNull(),
    status: text({ enum: ['active', 'paused', 'archived', 'deleted', 'in_review', 'rejected', 'other'] }).notNull(),
    statusRaw: text().notNull(),
    syncedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.accountId, t.externalId] }), index().on(t.organizationId, t.accountId, t.kind)],
);

/** Spend and counts of one ad on one day of the account's timezone. Rewritten when the platform restates. */
export const adDays = pgTable(
  'ad_days',
  {
    organizationId: organizationId(),
    accountId: text().notNull(),
    adExternalId: text().notNull(),
    adSetExternalId: text().notNull(),
    campaignExternalId: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    spendMinor: minor().notNull(),
    impressions: integer().notNull(),
    clicks: integer().notNull(),
    /** What the platform claims, kept apart: {purchases, purchaseValue, leads} as sent. */
    claimed: jsonb(),
    syncedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.accountId, t.adExternalId, t.day] }),
    index().on(t.organizationId, t.accountId, t.day),
  ],
);
