import { and, eq } from 'drizzle-orm';
import { commissionPostings, type orders } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { Movement } from './commission.ts';

type PostingRow = typeof commissionPostings.$inferSelect;
const causeOf = (posting: Pick<PostingRow, 'cause'>): string => posting.cause.split('#')[0] as string;

/**
 * Posts the difference between what an order should have posted and what it has. Postings are never edited: a correction is a further
 * one, numbered after its cause. The caller holds the order's row, so a replay finds nothing to do.
 */
export async function postCommission(
  ctx: Context,
  tx: Tx,
  order: Pick<typeof orders.$inferSelect, 'id' | 'currency'>,
  affiliateId: string | null,
  wanted: readonly Movement[],
): Promise<void> {
  const posted = await tx.sql
    .select()
    .from(commissionPostings)
    .where(and(eq(commissionPostings.organizationId, ctx.organizationId), eq(commissionPostings.orderId, order.id)));
  interface Open {
    affiliateId: string;
    lineId: string;
    cause: string;
    currency: string;
    base: bigint;
    amount: bigint;
  }
  const open = new Map<string, Open>();
  const add = (one: Omit<Open, 'base' | 'amount'>, base: bigint, amount: bigint) => {
    const key = [one.affiliateId, one.lineId, one.cause, one.currency].join('|');
    const sum = open.get(key) ?? { ...one, base: 0n, amount: 0n };
    open.set(key, { ...sum, base: sum.base + base, amount: sum.amount + amount });
  };
  for (const row of posted)
    add(
      { affiliateId: row.affiliateId, lineId: row.lineId, cause: causeOf(row), currency: row.currency },
      -BigInt(row.baseMinor),
      -BigInt(row.amountMinor),
    );
  if (affiliateId !== null)
    for (const one of wanted)
      add({ affiliateId, lineId: one.lineId, cause: one.cause, currency: order.currency }, one.baseMinor, one.amountMinor);

  const count = new Map<string, number>();
  for (const row of posted) count.set(`${row.lineId}|${causeOf(row)}`, (count.get(`${row.lineId}|${causeOf(row)}`) ?? 0) + 1);
  const missing = [...open.values()]
    .filter((one) => one.base !== 0n || one.amount !== 0n)
    .map((one) => {
      const place = `${one.lineId}|${one.cause}`;
      const n = (count.get(place) ?? 0) + 1;
      count.set(place, n);
      return {
        id: ctx.newId('cmp'),
        organizationId: ctx.organizationId,
        affiliateId: one.affiliateId,
        orderId: order.id,
        lineId: one.lineId,
        cause: n === 1 ? one.cause : `${one.cause}#${n}`,
        baseMinor: Number(one.base),
        amountMinor: Number(one.amount),
        currency: one.currency,
        postedAt: ctx.now(),
      };
    });
  if (missing.length > 0) await tx.sql.insert(commissionPostings).values(missing);
}
