import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { adEntities, credits, orders } from '#schema/index.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listOrders as contract, order as orderShape } from '#shared/contracts/revenue.ts';
import { isSale } from '#shared/rules/sale-facts.ts';
import type { Context } from '../../kernel/context.ts';
import { readTimeCursor, writeCursor } from '../../kernel/page-cursor.ts';
import type { OrderRow } from './order-facts.ts';

type Credit = z.infer<typeof orderShape>['credits'][number];

/** Newest first; the cursor is the last order's time and id, so orders that arrive meanwhile shift nothing. */
export async function listOrders(ctx: Context, { cursor, pageSize }: QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  ctx.require('revenue:read');
  const after = cursor === undefined ? undefined : readTimeCursor(cursor);
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(orders)
      .where(
        and(
          eq(orders.organizationId, ctx.organizationId),
          after && sql`(${orders.placedAt}, ${orders.id}) < (${after.at}::timestamptz, ${after.id})`,
        ),
      )
      .orderBy(desc(orders.placedAt), desc(orders.id))
      .limit(pageSize + 1),
  );
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const creditsOf = await readCredits(
    ctx,
    page.map((row) => row.id),
  );
  return {
    orders: page.map((row) => ({ ...present(row), credits: creditsOf.get(row.id) ?? [] })),
    nextCursor: rows.length > pageSize && last ? writeCursor(last.placedAt.toISOString(), last.id) : null,
  };
}

const present = (row: OrderRow) => ({
  id: row.id,
  name: row.name,
  shop: row.shop,
  placedAt: row.placedAt.toISOString(),
  currency: row.currency,
  grossMinor: row.grossMinor,
  netMinor: row.netMinor,
  // What is no sale yet has been worth nothing; nothing of it was given back.
  refundedMinor: isSale(row) ? row.grossMinor - row.netMinor : 0,
  matchedBy: row.matchedBy,
});

/** What each order's postings come to now, by whose they are; what was posted and taken back is not shown. */
async function readCredits(ctx: Context, orderIds: string[]): Promise<Map<string, Credit[]>> {
  const byOrder = new Map<string, Credit[]>();
  if (orderIds.length === 0) return byOrder;
  const rows = await ctx.read((q) =>
    q
      .select({
        orderId: credits.orderId,
        share: credits.share,
        adId: credits.adExternalId,
        day: credits.touchDay,
        adName: sql<string | null>`max(${adEntities.name})`,
        amount: sql<string>`sum(${credits.amountMinor})::text`,
      })
      .from(credits)
      .leftJoin(
        adEntities,
        and(
          eq(adEntities.organizationId, credits.organizationId),
          eq(adEntities.accountId, credits.accountId),
          eq(adEntities.externalId, credits.adExternalId),
        ),
      )
      .where(and(eq(credits.organizationId, ctx.organizationId), inArray(credits.orderId, orderIds), eq(credits.model, 'last')))
      .groupBy(credits.orderId, credits.share, credits.adExternalId, credits.touchDay)
      .having(sql`sum(${credits.amountMinor}) <> 0`),
  );
  for (const { orderId, amount, ...credit } of rows)
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), { ...credit, amountMinor: Number(amount) }]);
  return byOrder;
}
