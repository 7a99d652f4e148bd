import { and, eq } from 'drizzle-orm';
import { orders } from '#schema/index.ts';
import type { EventData } from '#shared/contracts/machines.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { emitEvent } from '../machines/index.ts';
import type { OrderRow } from './order-facts.ts';

/** An order older than this when we first hear of it is history that a shop's connection brought along. */
const NEWS_MS = 7 * 86_400_000;

/** Tells of an order that is new, or of which something that is told has changed. The caller holds the row and has settled it. */
export async function tellOfOrder(ctx: Context, tx: Tx, orderId: string, before: OrderRow | null): Promise<void> {
  const [row] = await tx.sql
    .select()
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.organizationId, ctx.organizationId)));
  if (!row) throw new Error('An order to tell of that is not there.');
  if (before === null) {
    if (ctx.now().getTime() - row.placedAt.getTime() < NEWS_MS) await emitEvent(ctx, tx, 'order.created', factsOf(row));
  } else if (canonicalJson(factsOf(row)) !== canonicalJson(factsOf(before))) await emitEvent(ctx, tx, 'order.updated', factsOf(row));
}

/** An order as others are told of it: what it is worth and where it stands, never who bought what. */
const factsOf = (row: OrderRow): EventData<'order.created'> => ({
  orderId: row.id,
  source: row.source,
  shop: row.shop,
  sourceOrderId: row.sourceOrderId,
  currency: row.currency,
  grossMinor: row.grossMinor,
  netMinor: row.netMinor,
  financialStatus: row.financialStatus,
  isTest: row.isTest,
  placedAt: row.placedAt.toISOString(),
  cancelledAt: row.cancelledAt?.toISOString() ?? null,
});
