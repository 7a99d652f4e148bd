import { bigint, text, timestamp } from 'drizzle-orm/pg-core';

/** An instant, UTC. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' });
/** The owning organization; every table that has it is walled by row level security (see migrations). */
export const organizationId = () => text().notNull();
/** Integer minor units of the row's currency. Amounts beyond 2^53 do not occur in a single row. */
export const minor = () => bigint({ mode: 'number' });
