import { and, asc, eq, gt } from 'drizzle-orm';
import { orders } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { settleOrder } from './settle-order.ts';

/** Works every order of a person out again: a lead or a link was learnt after the sale, or two people turned out to be one. */
export async function attributePerson(ctx: Context, personId: string): Promise<void> {
  await settleEach(
    ctx,
    await ctx.read((q) =>
      q
        .select({ id: orders.id })
        .from(orders)
        .where(and(eq(orders.organizationId, ctx.organizationId), eq(orders.personId, personId))),
    ),
  );
}

/** Works the organization's next orders out again; the last one's id, or null when there are no more. */
export async function attributeSome(ctx: Context, after: string | undefined, limit: number): Promise<string | null> {
  const rows = await ctx.read((q) =>
    q
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.organizationId, ctx.organizationId), after === undefined ? undefined : gt(orders.id, after)))
      .orderBy(asc(orders.id))
      .limit(limit),
  );
  await settleEach(ctx, rows);
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null);
}

async function settleEach(ctx: Context, rows: { id: string }[]): Promise<void> {
  for (const { id } of rows) {
    await ctx.transaction(async (tx) => {
      await tx.sql
        .select({ id: orders.id })
        .from(orders)
        .where(and(eq(orders.id, id), eq(orders.organizationId, ctx.organizationId)))
        .for('update');
      await settleOrder(ctx, tx, id);
    });
  }
}
