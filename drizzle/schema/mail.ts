import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, organizationId } from './columns.ts';

/** A mail to send. Address and data are sealed and forgotten once it is sent: they name people and carry links that sign in. */
export const mails = pgTable(
  'mails',
  {
    id: text().primaryKey(),
    /** 'system' for mail to a person as such. */
    organizationId: organizationId(),
    userId: text(),
    template: text().notNull(),
    locale: text().notNull(),
    /** Sealed JSON { to, data }; null once sent or given up. */
    sealed: text(),
    state: text({ enum: ['queued', 'sent', 'failed'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** When it may be tried next; moved forward by whoever takes it up, which is the claim. Null = at once. */
    nextAttemptAt: instant(),
    providerId: text(),
    lastError: text(),
    createdAt: instant().notNull().defaultNow(),
    sentAt: instant(),
  },
  (t) => [index().on(t.organizationId, t.createdAt), index().on(t.createdAt)],
);

/** One digest per week and member: `week` is the Monday it was sent on. */
export const digests = pgTable(
  'digests',
  {
    organizationId: organizationId(),
    userId: text().notNull(),
    week: date({ mode: 'string' }).notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.userId, t.week] })],
);
