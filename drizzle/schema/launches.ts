import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ITEM_STATES, LAUNCH_STATES } from '#shared/rules/launch-states.ts';
import { ITEM_KINDS } from '#shared/rules/planned-item.ts';
import { instant, minor, organizationId } from './columns.ts';

export const media = pgTable(
  'media',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    sha256: text(),
    fileName: text().notNull(),
    kind: text({ enum: ['image', 'video'] }).notNull(),
    contentType: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    durationMs: integer(),
    storageKey: text().notNull(),
    state: text({ enum: ['waiting', 'ready', 'refused'] }).notNull(),
    refusal: text(),
    createdBy: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId, t.sha256)],
);

/** A file lives once per ad account: this is the platform's name for it, reused by every later launch. */
export const accountMedia = pgTable(
  'account_media',
  {
    organizationId: organizationId(),
    accountId: text().notNull(),
    sha256: text().notNull(),
    externalId: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.accountId, t.sha256] })],
);

export const launches = pgTable(
  'launches',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    accountId: text().notNull(),
    name: text().notNull(),
    /** Name and concepts as shared/rules/search-text.ts folds them: what a list is searched by without opening plans. */
    searchText: text().notNull().default(''),
    /** The frozen plan; its canonical hash is what an approval is bound to. */
    plan: jsonb().notNull(),
    planHash: text().notNull(),
    state: text({ enum: LAUNCH_STATES }).notNull(),
    currency: text().notNull(),
    /** Sum of daily budgets the approver agreed to, minor units. */
    capMinor: minor().notNull(),
    createdBy: text().notNull(),
    /** The person behind the plan: who stored it, or who made the key that did. Null = a key of before this was kept. */
    plannerId: text(),
    approvedBy: text(),
    approvedAt: instant(),
    /** The hash the newest approval was given for: while it is not the plan's, nothing goes on. */
    approvedPlanHash: text(),
    activatedAt: instant(),
    cancelledAt: instant(),
    /** When nothing of it was left at the platform. */
    undoneAt: instant(),
    /** When it last came to rest; the looks after the end are counted from here. */
    restedAt: instant(),
    /** The next look at what the platform made late or changed; null = none is to come. Found by the minute's cron. */
    nextSweepAt: instant(),
    version: integer().notNull().default(0),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    index().on(t.organizationId, t.id),
    // A filtered history is read newest first, as the whole is.
    index().on(t.organizationId, t.accountId, t.id),
    index().on(t.organizationId, t.state, t.id),
    index().on(t.organizationId, t.createdBy, t.id),
    index().on(t.nextSweepAt),
    // What the minute's cron looks through, however many launches are done.
    index('launches_at_work_index')
      .on(t.updatedAt)
      .where(sql`${t.state} in ('checking', 'running', 'cancelling', 'undoing')`),
  ],
);

export const launchItems = pgTable(
  'launch_items',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    launchId: text()
      .notNull()
      .references(() => launches.id),
    accountId: text().notNull(),
    kind: text({ enum: ITEM_KINDS }).notNull(),
    itemPath: text().notNull(),
    /** Order of the plan: rows are shown and sent in it. */
    position: integer().notNull(),
    parentItemId: text(),
    /** Item ids that must be VERIFIED before this one may be sent. */
    dependsOn: jsonb().$type<string[]>().notNull(),
    name: text().notNull(),
    spec: jsonb().notNull(),
    specHash: text().notNull(),
    /** Of ads: what people would see of it, by shared/rules/fingerprint.ts; null = no ad, or made before fingerprints were. */
    fingerprint: text(),
    clientToken: text().notNull(),
    state: text({ enum: ITEM_STATES }).notNull(),
    attempt: integer().notNull().default(0),
    version: integer().notNull().default(0),
    /** No second create before this instant. */
    settleUntil: instant(),
    /** Nothing is done with the item before this instant, whatever its state; null = at once. */
    notBefore: instant(),
    searches: integer().notNull().default(0),
    lastSearchAt: instant(),
    flakyRetries: integer().notNull().default(0),
    externalId: text(),
    asBuilt: jsonb(),
    drift: jsonb(),
    /** Differences that a person accepted: what was planned and found, by whom, when and why. */
    accepted: jsonb(),
    validation: jsonb(),
    lastError: jsonb(),
    /** How far its undo has come (engine/undo); null = none was asked for, or it was not looked at yet. */
    undo: jsonb(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex().on(t.clientToken),
    uniqueIndex().on(t.launchId, t.itemPath, t.kind),
    index().on(t.launchId, t.state),
    index('launch_items_fingerprint_index')
      .on(t.organizationId, t.accountId, t.fingerprint)
      .where(sql`${t.fingerprint} is not null`),
  ],
);

/** One outgoing create call, written before the call. */
export const launchAttempts = pgTable(
  'launch_attempts',
  {
    itemId: text()
      .notNull()
      .references(() => launchItems.id),
    n: integer().notNull(),
    organizationId: organizationId(),
    requestHash: text().notNull(),
    sentAt: instant().notNull(),
    finishedAt: instant(),
    /** When a look first showed what this attempt made, and what kind of look; from `sentAt` on it is what the settle window must outlast. */
    visibleAt: instant(),
    visibleBy: text({ enum: ['search', 'read'] }),
    outcome: text(),
    platformTraceId: text(),
    detail: jsonb(),
  },
  (t) => [primaryKey({ columns: [t.itemId, t.n] })],
);

/** What happened to a launch or an item besides its attempts: adoption, incident, drift, cancel, switch-on, each step of an undo. Append only. */
export const launchEvents = pgTable(
  'launch_events',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    launchId: text()
      .notNull()
      .references(() => launches.id),
    itemId: text(),
    kind: text().notNull(),
    detail: jsonb(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.launchId, t.at)],
);

/**
 * Objects of an ad account that carry a client token although no row of ours holds them: told to people, never touched, because the
 * token may be another organization's or a copy that somebody made by hand.
 */
export const strayObjects = pgTable(
  'stray_objects',
  {
    organizationId: organizationId(),
    accountId: text().notNull(),
    externalId: text().notNull(),
    kind: text({ enum: ['campaign', 'ad_set', 'creative', 'ad'] }).notNull(),
    name: text().notNull(),
    clientToken: text().notNull(),
    firstSeenAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    /** A whole listing later than this did not show it any more. */
    goneAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.accountId, t.externalId] })],
);

/** What launches begin with, without media and dates. Its content is in its versions, which stay as they were written. */
export const launchTemplates = pgTable(
  'launch_templates',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    /** Whose alone it is; null = the whole organization's. */
    ownerId: text(),
    name: text().notNull(),
    version: integer().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index().on(t.organizationId, t.name)],
);

export const launchTemplateVersions = pgTable(
  'launch_template_versions',
  {
    templateId: text()
      .notNull()
      .references(() => launchTemplates.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    organizationId: organizationId(),
    content: jsonb().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.templateId, t.version] })],
);
