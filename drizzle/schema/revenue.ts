import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, minor, organizationId } from './columns.ts';

export const people = pgTable('people', {
  id: text().primaryKey(),
  organizationId: organizationId(),
  createdAt: instant().notNull().defaultNow(),
});

/** What identifies a person, as keyed hashes only. Exact keys join; the unique index decides races. */
export const personKeys = pgTable(
  'person_keys',
  {
    organizationId: organizationId(),
    kind: text({ enum: ['email', 'phone', 'click_id', 'meta_lead', 'shop_customer', 'crm_contact'] }).notNull(),
    keyHash: text().notNull(),
    personId: text()
      .notNull()
      .references(() => people.id),
    /** A click id that two people brought: it tells no longer who somebody is. */
    shared: boolean().notNull().default(false),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.kind, t.keyHash] }), index().on(t.personId)],
);

export const leads = pgTable(
  'leads',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    source: text({ enum: ['meta'] }).notNull(),
    sourceLeadId: text().notNull(),
    accountId: text(),
    pageExternalId: text(),
    formExternalId: text(),
    formName: text(),
    adExternalId: text(),
    adSetExternalId: text(),
    campaignExternalId: text(),
    personId: text().references(() => people.id),
    stage: text({ enum: ['raw', 'qualified', 'won', 'lost', 'junk'] })
      .notNull()
      .default('raw'),
    isTest: boolean().notNull().default(false),
    backfilled: boolean().notNull().default(false),
    /** Sealed JSON of the submitted fields. */
    contact: text().notNull(),
    submittedAt: instant().notNull(),
    receivedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex().on(t.organizationId, t.source, t.sourceLeadId),
    index().on(t.organizationId, t.submittedAt),
    index().on(t.personId),
    index().on(t.organizationId, t.adExternalId),
  ],
);

/** One dated contact of a person with an ad or a known unpaid source. */
export const touches = pgTable(
  'touches',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    personId: text()
      .notNull()
      .references(() => people.id),
    kind: text({ enum: ['lead_form', 'ad_click', 'affiliate', 'email', 'organic', 'referral', 'direct'] }).notNull(),
    accountId: text(),
    adExternalId: text(),
    adSetExternalId: text(),
    campaignExternalId: text(),
    occurredAt: instant().notNull(),
    /** Where the fact came from, e.g. "lead:led_…" or "order:ord_…"; unique so a repeat adds nothing. */
    source: text().notNull(),
  },
  (t) => [
    uniqueIndex().on(t.organizationId, t.source),
    index().on(t.organizationId, t.personId, t.occurredAt),
    // Those whose ad nobody knew when they came: every sync of an account looks for its own among them.
    index('touches_unplaced_index')
      .on(t.organizationId, t.adExternalId)
      .where(sql`${t.accountId} is null`),
  ],
);

export const orders = pgTable(
  'orders',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    source: text({ enum: ['shopify'] }).notNull(),
    shop: text().notNull(),
    sourceOrderId: text().notNull(),
    name: text().notNull(),
    /** Source time of the version held; older arrivals change nothing. */
    sourceUpdatedAt: instant().notNull(),
    currency: text().notNull(),
    /** Lines − discounts, before refunds; without tax and shipping. */
    grossMinor: minor().notNull(),
    /** What counts now: gross − refunds, 0 when cancelled unpaid or a test. */
    netMinor: minor().notNull(),
    lines: jsonb().notNull(),
    discountCodes: jsonb().$type<string[]>().notNull(),
    attributes: jsonb().$type<Record<string, string>>().notNull(),
    isTest: boolean().notNull(),
    financialStatus: text().notNull(),
    personId: text().references(() => people.id),
    matchedBy: text({ enum: ['meta_lead', 'click_id', 'email', 'phone', 'shop_customer'] }),
    placedAt: instant().notNull(),
    cancelledAt: instant(),
    version: integer().notNull().default(1),
    learnedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex().on(t.organizationId, t.source, t.shop, t.sourceOrderId),
    index().on(t.organizationId, t.placedAt),
    index().on(t.personId),
  ],
);

/** Refunds as the source tells them; one may arrive before its order and waits here without one. */
export const refunds = pgTable(
  'refunds',
  {
    organizationId: organizationId(),
    source: text({ enum: ['shopify'] }).notNull(),
    shop: text().notNull(),
    sourceRefundId: text().notNull(),
    sourceOrderId: text().notNull(),
    /** [{lineId, quantity, netMinor}]: without tax and shipping, null where the store gives only a quantity. */
    lines: jsonb().notNull(),
    /** Given back without naming lines. */
    adjustmentMinor: minor().notNull(),
    occurredAt: instant().notNull(),
    learnedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.source, t.shop, t.sourceRefundId] }),
    index().on(t.organizationId, t.shop, t.sourceOrderId),
  ],
);

/**
 * Parts of an order's net given to touches, as postings: a change posts the difference, nothing is edited.
 * A deferred trigger refuses a commit in which the postings of an order and model do not add up to its net.
 */
export const credits = pgTable(
  'credits',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    orderId: text()
      .notNull()
      .references(() => orders.id),
    model: text({ enum: ['last'] }).notNull(),
    /** paid = an ad's; unpaid = a known unpaid source's; unmatched = nobody's. */
    share: text({ enum: ['paid', 'unpaid', 'unmatched'] }).notNull(),
    touchId: text(),
    personId: text(),
    accountId: text(),
    adExternalId: text(),
    adSetExternalId: text(),
    campaignExternalId: text(),
    amountMinor: minor().notNull(),
    currency: text().notNull(),
    /** Accrual day: the touch's, in the ad account's timezone. */
    touchDay: date({ mode: 'string' }),
    /** Cash day: the order's or the refund's, same timezone (organization's when unmatched). */
    cashDay: date({ mode: 'string' }).notNull(),
    postedAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.orderId), index().on(t.organizationId, t.accountId, t.adExternalId), index().on(t.organizationId, t.cashDay)],
);

/**
 * Who asked to be forgotten, as keyed hashes that point to nothing of ours: what comes late is stripped again.
 * Insert only.
 */
export const erasures = pgTable(
  'erasures',
  {
    organizationId: organizationId(),
    kind: text({ enum: ['shop_customer', 'order'] }).notNull(),
    keyHash: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.kind, t.keyHash] })],
);

/** The newest change of an organization's figures; caches compare it, answers carry it. */
export const dataVersions = pgTable('data_versions', {
  organizationId: organizationId().primaryKey(),
  version: integer().notNull().default(0),
  revenueAt: instant(),
});
