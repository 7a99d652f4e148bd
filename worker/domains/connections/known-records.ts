import { and, eq, sql } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';

/**
 * Records (a shop's orders, a page's leads) are about to be read back to `since`; until they are all here nothing counts as known.
 * @returns since when they will be known without a gap: earlier than `since` when the last whole read is not older than it
 */
export async function beginRecords(ctx: Context, tx: Tx, connectionId: string, since: Date): Promise<Date> {
  const which = and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId));
  const [row] = await tx.sql
    .select({ from: connections.recordsFrom, readAt: connections.recordsReadAt })
    .from(connections)
    .where(which)
    .for('update');
  await tx.sql.update(connections).set({ recordsFrom: null }).where(which);
  const isUnbroken = row && row.from !== null && row.readAt !== null && row.readAt >= since;
  return isUnbroken && row.from !== null && row.from < since ? row.from : since;
}

/** Every record since `from` is here; null = a look at the last days, which changes nothing about the beginning. */
export async function endRecords(ctx: Context, tx: Tx, connectionId: string, from: Date | null): Promise<void> {
  await tx.sql
    .update(connections)
    .set({
      recordsReadAt: ctx.now(),
      ...(from === null ? {} : { recordsFrom: sql`least(${connections.recordsFrom}, ${from.toISOString()}::timestamptz)` }),
    })
    .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId)));
}
