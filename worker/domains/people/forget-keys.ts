import { and, eq, inArray, notInArray, sql } from 'drizzle-orm';
import { people, personKeys } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { PersonKey } from './person-keys.ts';

/** Locks people in the order in which joins lock them, so that nobody gains or loses anything meanwhile; returns who is still there. */
export async function lockPeople(ctx: Context, tx: Tx, personIds: readonly string[]): Promise<string[]> {
  const rows = await tx.sql
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.organizationId, ctx.organizationId), inArray(people.id, [...personIds])))
    .orderBy(people.id)
    .for('update');
  return rows.map((row) => row.id);
}

/**
 * The people stay, so that their orders and touches still add up; nothing tells any more who they are. The caller has locked them.
 * @param known keys that stay, because somebody else than who asks told us; a contact of the CRM stays with them
 */
export async function forgetKeys(ctx: Context, tx: Tx, personIds: readonly string[], known: readonly PersonKey[] = []): Promise<void> {
  const box = await ctx.box();
  const hashes = await Promise.all(known.map(({ kind, value }) => box.lookupHash(kind, value)));
  const kept = tx.sql
    .select({ personId: personKeys.personId })
    .from(personKeys)
    .where(and(eq(personKeys.organizationId, ctx.organizationId), inArray(personKeys.keyHash, hashes)));
  await tx.sql
    .delete(personKeys)
    .where(
      and(
        eq(personKeys.organizationId, ctx.organizationId),
        inArray(personKeys.personId, [...personIds]),
        ...(hashes.length === 0
          ? []
          : [
              notInArray(personKeys.keyHash, hashes),
              sql`not (${personKeys.kind} = 'crm_contact' and ${inArray(personKeys.personId, kept)})`,
            ]),
      ),
    );
}
