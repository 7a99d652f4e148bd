import { eq } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { SqlTransaction } from './database.ts';

/**
 * Holds a person's row until the transaction ends. Whatever opens a session of theirs and whatever ends them holds it first, so that the
 * two come one after the other, and who comes second sees what the first did.
 */
export async function holdPerson(tx: SqlTransaction, userId: string): Promise<InferSelectModel<typeof users> | undefined> {
  const [held] = await tx.select().from(users).where(eq(users.id, userId)).for('no key update');
  return held;
}
