import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, minor, organizationId } from './columns.ts';
import { launches, launchItems } from './launches.ts';

/** What an organization allows to be spent, in one currency; amounts of different currencies are never held against each other. */
export const spendLimits = pgTable(
  'spend_limits',
  {
    organizationId: organizationId(),
    currency: text().notNull(),
    /** A launch whose daily budgets together are above this needs a second person; null = none here. */
    secondPersonAboveMinor: minor(),
    /** Most that launches may spend a day on one ad account, and on all of this currency; null = no limit. */
    accountDailyMinor: minor(),
    organizationDailyMinor: minor(),
    updatedBy: text().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.currency] })],
);

/** A second person's word on a launch: asked for, then given or refused. A row is decided once and never changed after that. */
export const launchApprovals = pgTable(
  'launch_approvals',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    launchId: text()
      .notNull()
      .references(() => launches.id),
    /** What exactly it is about. */
    planHash: text().notNull(),
    capMinor: minor().notNull(),
    currency: text().notNull(),
    /** Null = a second person approved without being asked. */
    askedBy: text(),
    askedAt: instant(),
    /** Of the request while it is open, of the approval once it is given. */
    expiresAt: instant().notNull(),
    decision: text({ enum: ['approved', 'declined', 'superseded'] }),
    decidedBy: text(),
    decidedAt: instant(),
    reason: text(),
  },
  (t) => [
    index().on(t.launchId),
    // Two people who ask at once ask one question.
    uniqueIndex('launch_approvals_open_index')
      .on(t.launchId)
      .where(sql`${t.decision} is null`),
  ],
);

/** A refused row's values put right by a person: what it was, what it is, and the plan hashes that each belongs to. */
export const launchCorrections = pgTable(
  'launch_corrections',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    launchId: text()
      .notNull()
      .references(() => launches.id),
    itemId: text()
      .notNull()
      .references(() => launchItems.id),
    before: jsonb().notNull(),
    after: jsonb().notNull(),
    fields: jsonb().$type<string[]>().notNull(),
    planHashBefore: text().notNull(),
    planHashAfter: text().notNull(),
    by: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.launchId), uniqueIndex().on(t.itemId, t.planHashAfter)],
);
