import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, minor, organizationId } from './columns.ts';

export const affiliatePrograms = pgTable(
  'affiliate_programs',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    name: text().notNull(),
    shop: text().notNull(),
    currency: text().notNull(),
    state: text({ enum: ['open', 'paused', 'closed'] }).notNull(),
    rateNum: integer().notNull(),
    rateDen: integer().notNull(),
    windowDays: integer().notNull().default(30),
    allowedDomains: jsonb().$type<string[]>().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.organizationId, t.shop)],
);

/**
 * Terms and state of a program from an instant on. Insert only: an order is judged by what was in force when its carrier was made, so
 * a later change never touches older sales and every decision can be worked out again.
 */
export const affiliateProgramRules = pgTable(
  'affiliate_program_rules',
  {
    organizationId: organizationId(),
    programId: text()
      .notNull()
      .references(() => affiliatePrograms.id),
    version: integer().notNull(),
    effectiveAt: instant().notNull(),
    state: text({ enum: ['open', 'paused', 'closed'] }).notNull(),
    rateNum: integer().notNull(),
    rateDen: integer().notNull(),
    windowDays: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.programId, t.version] })],
);

/** A creator in a program. */
export const affiliates = pgTable(
  'affiliates',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    programId: text()
      .notNull()
      .references(() => affiliatePrograms.id),
    name: text().notNull(),
    /** The shop's customer id, once linked: what the storefront widget is answered for. */
    shopCustomerId: text(),
    /** Upper case, trimmed; one owner each. */
    coupon: text(),
    approvedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.organizationId, t.programId, t.coupon), index().on(t.organizationId, t.shopCustomerId)],
);

export const affiliateLinks = pgTable(
  'affiliate_links',
  {
    /** 16 hex digits: the 64 bits inside a click id. */
    id: text().primaryKey(),
    organizationId: organizationId(),
    affiliateId: text()
      .notNull()
      .references(() => affiliates.id),
    code: text().notNull(),
    destination: text().notNull(),
    active: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.code), index().on(t.organizationId, t.affiliateId)],
);

export const affiliateClicks = pgTable(
  'affiliate_clicks',
  {
    /** The signed click id itself: a repeat of the message adds nothing. */
    id: text().primaryKey(),
    organizationId: organizationId(),
    linkId: text().notNull(),
    kind: text({ enum: ['human', 'bot'] }).notNull(),
    /** Same link and visitor within the hour: recorded, not counted. */
    duplicate: boolean().notNull().default(false),
    visitorHash: text().notNull(),
    occurredAt: instant().notNull(),
  },
  (t) => [index().on(t.organizationId, t.linkId, t.occurredAt)],
);

/** One decision per order: who earns, by which carrier, and why the others do not. */
export const affiliateDecisions = pgTable(
  'affiliate_decisions',
  {
    organizationId: organizationId(),
    orderId: text().notNull(),
    programId: text().notNull(),
    affiliateId: text(),
    carrier: text({ enum: ['coupon', 'click'] }),
    receipt: jsonb().notNull(),
    decidedAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.orderId] }), index().on(t.organizationId, t.affiliateId)],
);

/** Postings of commission per order line; a refund posts the telescoped difference. Append only. */
export const commissionPostings = pgTable(
  'commission_postings',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    affiliateId: text().notNull(),
    orderId: text().notNull(),
    lineId: text().notNull(),
    /** "sale" or the refund's id, a later correction of one with "#2", "#3", …: with order and line unique, so a replay posts nothing. */
    cause: text().notNull(),
    baseMinor: minor().notNull(),
    amountMinor: minor().notNull(),
    currency: text().notNull(),
    postedAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.organizationId, t.orderId, t.lineId, t.cause), index().on(t.organizationId, t.affiliateId)],
);

/** A public key for one page origin: the only thing a host page holds. */
export const embedKeys = pgTable(
  'embed_keys',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    publicKey: text().notNull(),
    kind: text({ enum: ['lead-roas', 'affiliate-stats'] }).notNull(),
    origin: text().notNull(),
    active: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
  },
  // By origin, because a browser's preflight carries no key.
  (t) => [uniqueIndex().on(t.publicKey), index().on(t.origin)],
);
