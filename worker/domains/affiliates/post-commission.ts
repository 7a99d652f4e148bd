import { and, eq } from 'drizzle-orm';
import { commissionPostings, type orders } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { Movement } from './commission.ts';

type PostingRow = typeof commissionPostings.$inferSelect;
/** What one creator has of one line for one cause. */
interface Amount extends Movement {
  affiliateId: string;
  currency: string;
}

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
  const due = affiliateId === null ? [] : wanted.map((one): Amount => ({ ...one, affiliateId, currency: order.currency }));
  const missing = difference(posted.map(asAmount), due);
  if (missing.length === 0) return;
  const nameOf = causeNames(posted);
  await tx.sql.insert(commissionPostings).values(
    missing.map((one) => ({
      id: ctx.newId('cmp'),
      organizationId: ctx.organizationId,
      affiliateId: one.affiliateId,
      orderId: order.id,
      lineId: one.lineId,
      cause: nameOf(one),
      baseMinor: Number(one.baseMinor),
      amountMinor: Number(one.amountMinor),
      currency: one.currency,
      postedAt: ctx.now(),
    })),
  );
}

/** The cause without its number. */
const causeOf = ({ cause }: Pick<PostingRow, 'cause'>): string => cause.split('#')[0] as string;

const asAmount = (row: PostingRow): Amount => ({
  affiliateId: row.affiliateId,
  lineId: row.lineId,
  cause: causeOf(row),
  currency: row.currency,
  baseMinor: BigInt(row.baseMinor),
  amountMinor: BigInt(row.amountMinor),
});

/** What has to be added to `posted` to make it `due`, one amount for each creator, line, cause and currency; nothing where they agree. */
function difference(posted: readonly Amount[], due: readonly Amount[]): Amount[] {
  const open = new Map<string, Amount>();
  const add = (one: Amount, sign: bigint) => {
    const key = [one.affiliateId, one.lineId, one.cause, one.currency].join('|');
    const { baseMinor, amountMinor } = open.get(key) ?? { baseMinor: 0n, amountMinor: 0n };
    open.set(key, { ...one, baseMinor: baseMinor + sign * one.baseMinor, amountMinor: amountMinor + sign * one.amountMinor });
  };
  for (const one of posted) add(one, -1n);
  for (const one of due) add(one, 1n);
  return [...open.values()].filter((one) => one.baseMinor !== 0n || one.amountMinor !== 0n);
}

/** Names for what is posted next: a line's first of a cause is "sale", the second "sale#2", the third "sale#3". */
function causeNames(posted: readonly PostingRow[]): (next: Pick<Amount, 'lineId' | 'cause'>) => string {
  const counts = new Map<string, number>();
  const nameOf = ({ lineId, cause }: Pick<Amount, 'lineId' | 'cause'>): string => {
    const place = `${lineId}|${cause}`;
    const n = (counts.get(place) ?? 0) + 1;
    counts.set(place, n);
    return n === 1 ? cause : `${cause}#${n}`;
  };
  for (const row of posted) nameOf({ lineId: row.lineId, cause: causeOf(row) });
  return nameOf;
}
