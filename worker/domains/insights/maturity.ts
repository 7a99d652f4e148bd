import { sql } from 'drizzle-orm';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import type { Context } from '../../kernel/context.ts';
import { condition, groupId, type FigureScope } from './figure-scope.ts';
import { CURVE_DAYS, CURVE_MIN_ORDERS, lagCurve, type Growth } from './lag-curve.ts';

/**
 * How much of the final revenue of a row's spend should have arrived, per mille: M = Σ S_d · F(today − d) / Σ S_d with the
 * organization's own lag curve. Empty while there are too few orders to know one, and on cash basis, where a day's revenue is what
 * came that day.
 */
export async function maturities(
  ctx: Context,
  scope: FigureScope,
  windowDays: number,
  ordersFrom: string | null,
  now: Date,
): Promise<Map<string, number>> {
  const today = dayOf(now.getTime(), scope.timezone);
  const growth = scope.basis === 'accrual' && ordersFrom !== null ? await readGrowth(ctx, today, windowDays, ordersFrom) : null;
  if (!growth) return new Map();
  const curve = JSON.stringify(lagCurve(growth, windowDays));
  const { rows } = await ctx.read((q) =>
    q.execute<{ id: string; permille: number }>(sql`
    select ${groupId(scope)} as id, round(1000 * sum(spend_minor * coalesce((${curve}::jsonb ->> (${today}::date - day))::float8, 1)) / sum(spend_minor))::int as permille
    from ad_days where organization_id = ${ctx.organizationId} and account_id = ${scope.accountId} and day between ${scope.since}::date and least(${scope.until}::date, ${today}::date) and ${condition(scope)}
    group by 1 having sum(spend_minor) > 0`),
  );
  return new Map(rows.map((row) => [row.id, row.permille]));
}

/** Credited revenue of the last 180 days of touches by age, as the organization's orders came in; null under 50 orders. Touches before the first known orders would seem to bring theirs late. */
async function readGrowth(ctx: Context, today: string, windowDays: number, ordersFrom: string): Promise<Growth[] | null> {
  const first180 = addDays(today, 1 - CURVE_DAYS);
  const since = ordersFrom > first180 ? ordersFrom : first180;
  const { rows } = await ctx.read((q) =>
    q.execute<{ age: number; so_far: string; later: string; orders: number }>(sql`
    with posted as (
      select order_id, touch_day, greatest(cash_day - touch_day, 0) as age, amount_minor as amount from credits
      where organization_id = ${ctx.organizationId} and model = 'last' and share = 'paid' and touch_day >= ${since}::date),
    cohorts as (select touch_day, age, sum(amount) as amount from posted group by 1, 2)
    select a.age, coalesce(sum(c.amount) filter (where c.age <= a.age), 0)::text as so_far, coalesce(sum(c.amount) filter (where c.age <= a.age + 1), 0)::text as later, (select count(distinct order_id)::int from posted) as orders
    from generate_series(0, ${windowDays - 1}::int) as a(age) join cohorts c on c.touch_day <= ${today}::date - (a.age + 1) group by 1`),
  );
  const [first] = rows;
  if (!first || first.orders < CURVE_MIN_ORDERS) return null;
  return rows.map((row) => ({ age: row.age, soFar: BigInt(row.so_far), later: BigInt(row.later) }));
}
