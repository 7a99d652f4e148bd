import { sql } from 'drizzle-orm';
import { addDays, dayOf, startOfDay } from '#shared/rules/day-of.ts';
import { POOL_DAYS, type CreditSums } from '#shared/rules/roas-interval.ts';
import type { Context } from '../../kernel/context.ts';
import { condition, creditDay, groupId, type FigureScope } from './figure-scope.ts';

/** One statement per fact table, whatever the number of ids. Amounts come as text, because a sum of squares outgrows a double. */
export interface SpendSums {
  spendMinor: bigint;
  impressions: number;
  clicks: number;
}
export interface Earned {
  credits: CreditSums;
  orders: number;
  foreign: boolean;
}

export async function spendSums(ctx: Context, scope: FigureScope): Promise<Map<string, SpendSums>> {
  const { rows } = await ctx.read((q) =>
    q.execute<{ id: string; spend: string; impressions: string; clicks: string }>(sql`
    select ${groupId(scope)} as id, sum(spend_minor)::text as spend, sum(impressions)::text as impressions, sum(clicks)::text as clicks
    from ad_days where organization_id = ${ctx.organizationId} and account_id = ${scope.accountId} and day between ${scope.since}::date and ${scope.until}::date and ${condition(scope)} group by 1`),
  );
  return new Map(
    rows.map((row) => [row.id, { spendMinor: BigInt(row.spend), impressions: Number(row.impressions), clicks: Number(row.clicks) }]),
  );
}

/** Leads by the day of their submission in the account's timezone. Test leads are no leads; junk stays in. */
export async function leadCounts(ctx: Context, scope: FigureScope): Promise<Map<string, number>> {
  const { rows } = await ctx.read((q) =>
    q.execute<{ id: string; n: string }>(sql`
    select ${groupId(scope)} as id, count(*)::text as n from leads
    where organization_id = ${ctx.organizationId} and account_id = ${scope.accountId} and ad_external_id is not null and not is_test
      and submitted_at >= ${startOfDay(scope.since, scope.timezone)}::timestamptz and submitted_at < ${startOfDay(addDays(scope.until, 1), scope.timezone)}::timestamptz and ${condition(scope)} group by 1`),
  );
  return new Map(rows.map((row) => [row.id, Number(row.n)]));
}

/**
 * Credits to ads, added up per customer first: a customer's orders are one event. The customer is the order's person as known now, so
 * people who were joined later count once; an order without a person is its own customer.
 */
export async function creditSums(ctx: Context, scope: FigureScope): Promise<Map<string, Earned>> {
  const { rows } = await ctx.read((q) =>
    q.execute<SumRow & { id: string; orders: number; foreign_currency: boolean }>(sql`
    with per_order as (
      select ${groupId(scope)} as id, coalesce(o.person_id, o.id) as customer, o.id as order_id, sum(c.amount_minor) as amount, bool_or(c.currency <> ${scope.currency}) as foreign_currency
      from credits c join orders o on o.id = c.order_id and o.organization_id = c.organization_id
      where c.organization_id = ${ctx.organizationId} and c.account_id = ${scope.accountId} and c.model = 'last' and c.share = 'paid'
        and ${creditDay(scope.basis)} between ${scope.since}::date and ${scope.until}::date and ${condition(scope)} group by 1, 2, 3),
    per_customer as (select id, customer, sum(amount) as amount, count(*) filter (where amount > 0) as orders, bool_or(foreign_currency) as foreign_currency from per_order group by 1, 2)
    select id, ${SUMS}, sum(orders)::int as orders, bool_or(foreign_currency) as foreign_currency from per_customer group by 1`),
  );
  return new Map(rows.map((row) => [row.id, { credits: toSums(row), orders: row.orders, foreign: row.foreign_currency }]));
}

/** The last 180 days by campaign, and of the whole account under '': what the spread of one order is learnt from. */
export async function poolSums(
  ctx: Context,
  scope: Pick<FigureScope, 'accountId' | 'timezone' | 'currency' | 'basis'>,
  now: Date,
): Promise<Map<string, CreditSums>> {
  const until = dayOf(now.getTime(), scope.timezone);
  const { rows } = await ctx.read((q) =>
    q.execute<SumRow & { id: string }>(sql`
    with per_customer as (
      select coalesce(c.campaign_external_id, '') as campaign, coalesce(o.person_id, o.id) as customer, sum(c.amount_minor) as amount
      from credits c join orders o on o.id = c.order_id and o.organization_id = c.organization_id
      where c.organization_id = ${ctx.organizationId} and c.account_id = ${scope.accountId} and c.model = 'last' and c.share = 'paid' and c.currency = ${scope.currency}
        and ${creditDay(scope.basis)} between ${addDays(until, 1 - POOL_DAYS)}::date and ${until}::date group by 1, 2)
    select campaign as id, ${SUMS} from per_customer where campaign <> '' group by 1
    union all
    select '' as id, ${SUMS} from (select customer, sum(amount) as amount from per_customer group by 1) whole`),
  );
  return new Map(rows.map((row) => [row.id, toSums(row)]));
}

interface SumRow extends Record<string, unknown> {
  customers: number;
  positive: string;
  squares: string;
  negative: string;
}
const SUMS = sql`count(*) filter (where amount > 0)::int as customers, coalesce(sum(amount) filter (where amount > 0), 0)::text as positive,
  coalesce(sum(amount * amount) filter (where amount > 0), 0)::text as squares, coalesce(sum(amount) filter (where amount < 0), 0)::text as negative`;
const toSums = (row: SumRow): CreditSums => ({
  customers: row.customers,
  sumMinor: BigInt(row.positive),
  sumSquares: BigInt(row.squares),
  negativeMinor: BigInt(row.negative),
});
