import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { totals } from '#shared/contracts/metrics.ts';
import { divHalfEven } from '#shared/rules/money.ts';
import type { Context } from '../../kernel/context.ts';
import { computeTotal, type FigureQuery } from './compute-figures.ts';
import { creditDay } from './figure-scope.ts';

/**
 * The total of the query's ads, beside all revenue of the organization in the window and the part of it no touch is known for.
 * Null when revenue came in another currency as well: nothing is blended, and a part would not be "all".
 */
export async function computeTotals(ctx: Context, query: FigureQuery): Promise<z.infer<typeof totals> | null> {
  const [figure, revenue] = await Promise.all([computeTotal(ctx, query), revenueShares(ctx, query)]);
  if (!figure || !revenue) return null;
  const { paid, unpaid, unmatched } = revenue;
  const all = paid + unpaid + unmatched;
  return {
    figure, allRevenueMinor: Number(all), paidMinor: Number(paid), unpaidMinor: Number(unpaid), unmatchedMinor: Number(unmatched),
    unmatchedPermille: all > 0n ? Number(divHalfEven(unmatched * 1000n, all)) : null,
  };
}

async function revenueShares(ctx: Context, { owner, since, until, basis }: FigureQuery): Promise<{ paid: bigint; unpaid: bigint; unmatched: bigint } | null> {
  const { rows } = await ctx.read((q) => q.execute<{ share: string; currency: string; amount: string }>(sql`
    select c.share, c.currency, sum(c.amount_minor)::text as amount from credits c
    where c.organization_id = ${ctx.organizationId} and c.model = 'last' and ${creditDay(basis)} between ${since}::date and ${until}::date group by 1, 2`));
  if (rows.some((row) => row.currency !== owner.account.currency)) return null;
  const of = (share: string): bigint => BigInt(rows.find((row) => row.share === share)?.amount ?? '0');
  return { paid: of('paid'), unpaid: of('unpaid'), unmatched: of('unmatched') };
}
