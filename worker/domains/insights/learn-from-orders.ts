import { sql } from 'drizzle-orm';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import type { CreditSums } from '#shared/rules/roas-interval.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import type { FigureAccount } from './figure-account.ts';
import type { Basis } from './figure-scope.ts';
import { poolSums } from './figure-sums.ts';
import { CURVE_DAYS, CURVE_MIN_ORDERS, lagCurve, type Growth } from './lag-curve.ts';

/** What the orders of the last 180 days teach about every row of an account: read once for an answer, whatever stands in it. */
export interface Learnt {
  /** The spread of one order, by campaign and of the whole account under ''. */
  pools: Map<string, CreditSums>;
  /** How revenue arrives after its touch; null on cash basis, where a day's revenue is what came that day, and while orders are too few. */
  curve: number[] | null;
}

export async function learnFromOrders(ctx: Context, { account, organization, revenueFrom }: FigureAccount, basis: Basis): Promise<Learnt> {
  const now = ctx.now();
  const days = organization.attributionWindowDays;
  const today = dayOf(now.getTime(), account.timezone);
  const [pools, growth] = await Promise.all([
    poolSums(ctx, { accountId: account.id, timezone: account.timezone, currency: account.currency, basis }, now),
    basis === 'accrual' && revenueFrom !== null ? readGrowth(ctx, today, days, revenueFrom) : null,
  ]);
  return { pools, curve: growth && lagCurve(growth, days) };
}

/** Credited revenue of the last 180 days of touches by age, as the organization's orders came in, for a client's login those of its own accounts; null under 50 orders. Touches before the first known orders would seem to bring theirs late. */
async function readGrowth(ctx: Context, today: string, windowDays: number, ordersFrom: string): Promise<Growth[] | null> {
  const first180 = addDays(today, 1 - CURVE_DAYS);
  const since = ordersFrom > first180 ? ordersFrom : first180;
  const { rows } = await ctx.read((q) =>
    q.execute<{ age: number; so_far: string; later: string; orders: number }>(sql`
    with posted as (
      select order_id, touch_day, greatest(cash_day - touch_day, 0) as age, amount_minor as amount from credits
      where organization_id = ${ctx.organizationId} and model = 'last' and share = 'paid' and touch_day >= ${since}::date and ${inOwnAccounts(ctx, sql`account_id`) ?? sql`true`}),
    cohorts as (select touch_day, age, sum(amount) as amount from posted group by 1, 2)
    select a.age, coalesce(sum(c.amount) filter (where c.age <= a.age), 0)::text as so_far, coalesce(sum(c.amount) filter (where c.age <= a.age + 1), 0)::text as later, (select count(distinct order_id)::int from posted) as orders
    from generate_series(0, ${windowDays - 1}::int) as a(age) join cohorts c on c.touch_day <= ${today}::date - (a.age + 1) group by 1`),
  );
  const [first] = rows;
  if (!first || first.orders < CURVE_MIN_ORDERS) return null;
  return rows.map((row) => ({ age: row.age, soFar: BigInt(row.so_far), later: BigInt(row.later) }));
}
