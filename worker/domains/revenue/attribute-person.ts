import { and, eq } from 'drizzle-orm';
import { orders } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { settleOrder } from './settle-order.ts';

/** Works every order of a person out again: a lead or a link was learnt after the sale, or two people turned out to be one. */
export async function attributePerson(ctx: Context, personId: string): Promise<void> {
  const ids = await ctx.read((q) => q.select({ id: orders.id }).from(orders).where(and(eq(orders.organizationId, ctx.organizationId), eq(orders.personId, personId))));
  for (const { id } of ids) {
    await ctx.transaction(async (tx) => {
      await tx.sql.select({ id: orders.id }).from(orders).where(and(eq(orders.id, id), eq(orders.organizationId, ctx.organizationId))).for('update');
      await settleOrder(ctx, tx, id);
    });
  }
}
