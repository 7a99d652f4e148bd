import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant, organizationId } from './columns.ts';

/** A copy of everything an organization or a person has here, made by a job; the file lies in storage until it expires. */
export const dataExports = pgTable(
  'data_exports',
  {
    id: text().primaryKey(),
    /** For a person: the organization they asked in, or 'none'. */
    organizationId: organizationId(),
    /** customer: what is held about one customer of a connected shop, who asked the shop for it. */
    kind: text({ enum: ['organization', 'person', 'customer'] }).notNull(),
    requestedBy: text().notNull(),
    state: text({ enum: ['queued', 'ready', 'failed', 'expired'] }).notNull(),
    storageKey: text(),
    bytes: bigint({ mode: 'number' }),
    sha256: text(),
    expiresAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId, t.createdAt), index().on(t.expiresAt)],
);

/** A wish to be deleted and its proof. `report` counts what was erased and names what the law keeps. */
export const deletionRequests = pgTable(
  'deletion_requests',
  {
    id: text().primaryKey(),
    /** 'none' for a person. */
    organizationId: organizationId(),
    kind: text({ enum: ['organization', 'person'] }).notNull(),
    subject: text().notNull(),
    requestedBy: text().notNull(),
    dueAt: instant().notNull(),
    /** Set before the first step that cannot be taken back; from then on the wish cannot be either. */
    begunAt: instant(),
    cancelledAt: instant(),
    doneAt: instant(),
    report: jsonb().$type<{ erased: Record<string, number>; kept: { what: string; why: string; until: string | null }[] }>(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.dueAt)],
);

/** A platform's word that one of its users wants their data gone (Meta's data deletion callback). Not tenant data: the code is the key. */
export const platformDeletions = pgTable('platform_deletions', {
  code: text().primaryKey(),
  provider: text({ enum: ['meta'] }).notNull(),
  /** SHA-256 of the platform's user id. */
  externalUserHash: text().notNull(),
  state: text({ enum: ['received', 'done'] }).notNull(),
  createdAt: instant().notNull().defaultNow(),
  doneAt: instant(),
});
