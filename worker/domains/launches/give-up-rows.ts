import { and, eq, inArray, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';

/**
 * Of a launch that goes no further: what was not made is given up, and what could not be proven is looked for once more, so that nothing
 * exists without a row that says so.
 */
export async function giveUpRows(ctx: Context, tx: Tx, launchId: string): Promise<void> {
  const now = ctx.now();
  const mine = and(eq(launchItems.launchId, launchId), eq(launchItems.organizationId, ctx.organizationId));
  await tx.sql
    .update(launchItems)
    .set({ state: 'CANCELLED', notBefore: null, version: sql`${launchItems.version} + 1`, updatedAt: now })
    .where(and(mine, inArray(launchItems.state, ['PLANNED', 'READY', 'REJECTED'])));
  await tx.sql
    .update(launchItems)
    .set({
      state: 'SENDING',
      settleUntil: now,
      notBefore: null,
      searches: 0,
      lastSearchAt: null,
      flakyRetries: 0,
      lastError: null,
      version: sql`${launchItems.version} + 1`,
      updatedAt: now,
    })
    .where(and(mine, eq(launchItems.state, 'HELD')));
}
