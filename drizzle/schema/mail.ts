import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
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
    providerId: text(),
    lastError: text(),
    createdAt: instant().notNull().defaultNow(),
    sentAt: instant(),
  },
  (t) => [index().on(t.organizationId, t.createdAt), index().on(t.createdAt)],
);
