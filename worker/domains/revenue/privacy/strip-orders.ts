import { and, asc, eq, type SQL } from 'drizzle-orm';
import { orders } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { keepCarriers } from '../../affiliates/index.ts';
import type { OrderRow } from '../order-facts.ts';
import { settleOrder } from '../settle-order.ts';

/**
 * Takes out of orders what the buyer or the page wrote into them. Amounts stay, and with them whatever commission is worked out from.
 * Called while the buyers are still known; `settleStripped` follows when they no longer are.
 */
export async function stripOrders(ctx: Context, tx: Tx, which: SQL | undefined): Promise<OrderRow[]> {
  const rows = await tx.sql
    .select()
    .from(orders)
    .where(and(eq(orders.organizationId, ctx.organizationId), which))
    .orderBy(asc(orders.id))
    .for('update');
  for (const row of rows)
    await tx.sql
      .update(orders)
      .set(await keepCarriers(ctx, tx, row))
      .where(and(eq(orders.id, row.id), eq(orders.organizationId, ctx.organizationId)));
  return rows;
}

/** Works the orders out again: no amount moves, and the receipt of a commission lets go of the buyer's click. */
export async function settleStripped(ctx: Context, tx: Tx, rows: readonly OrderRow[]): Promise<void> {
  for (const { id } of rows) await settleOrder(ctx, tx, id);
}
