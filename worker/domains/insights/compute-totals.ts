import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { totals } from '#shared/contracts/metrics.ts';
import { divHalfEven } from '#shared/rules/money.ts';
import { clientOf } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { computeTotal, type FigureQuery } from './compute-figures.ts';
import { creditDay } from './figure-scope.ts';

/**
 * The total of the query's ads, beside the organization's revenue of the window in the account's currency and the part of it no touch
 * is known for. Revenue in other currencies is not blended in: the share is then unknown. Null when the ads' own credits are in another
 * currency than their spend. A client's login is told nothing of revenue that is not its own accounts': these parts are then null.
 */
export async function computeTotals(ctx: Context, query: FigureQuery): Promise<z.infer<typeof totals> | null> {
  const [figure, shares] = await Promise.all([computeTotal(ctx, query), clientOf(ctx) === null ? revenueShares(ctx, query) : null]);
  if (!figure) return null;
  // The figure knows whether the window's orders are known.
  if (figure.revenueMinor === null || shares === null)
    return { figure, allRevenueMinor: null, paidMinor: null, unpaidMinor: null, unmatchedMinor: null, unmatchedPermille: null };
  const { paid, unpaid, unmatched, isWhole } = shares;
  const all = paid + unpaid + unmatched;
  return {
    figure,
    allRevenueMinor: Number(all),
    paidMinor: Number(paid),
    unpaidMinor: Number(unpaid),
    unmatchedMinor: Number(unmatched),
    unmatchedPermille: isWhole && all > 0n ? Number(divHalfEven(unmatched * 1000n, all)) : null,
  };
}

async function revenueShares(
  ctx: Context,
  { owner, since, until, basis }: FigureQuery,
): Promise<{ paid: bigint; unpaid: bigint; unmatched: bigint; isWhole: boolean }> {
  const { rows } = await ctx.read((q) =>
    q.execute<{ share: string; currency: string; amount: string }>(sql`
    select c.share, c.currency, sum(c.amount_minor)::text as amount from credits c
    where c.organization_id = ${ctx.organizationId} and c.model = 'last' and ${creditDay(basis)} between ${since}::date and ${until}::date group by 1, 2`),
  );
  const own = rows.filter((row) => row.currency === owner.account.currency);
  const of = (share: string): bigint => own.filter((row) => row.share === share).reduce((sum, row) => sum + BigInt(row.amount), 0n);
  return { paid: of('paid'), unpaid: of('unpaid'), unmatched: of('unmatched'), isWhole: own.length === rows.length };
}
