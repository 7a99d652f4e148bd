import { sql } from 'drizzle-orm';
import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { Context } from '../../../kernel/context.ts';

/**
 * What a person's orders since an instant came to, as far as they are credited to ads: won before refunds, refunded, how many. Null when
 * they came in several currencies: nothing is blended.
 * @param currency of an answer about no orders
 */
export async function returnsOfPerson(ctx: Context, personId: string, since: Date, currency: string): Promise<LeadCard['returns']> {
  // An order is the ads' while its paid credits are its net: of one that was credited elsewhere later they come to 0. One that had been
  // taken back whole before it was first worked out has no credits at all; inside the window it was the ads' all the same.
  const { rows } = await ctx.read((q) =>
    q.execute<{ currency: string; orders: number; won: string; net: string }>(sql`
    select o.currency, count(*)::int as orders, sum(o.gross_minor)::text as won, sum(o.net_minor)::text as net
    from orders o join lateral (
      select sum(c.amount_minor) as paid from credits c where c.organization_id = o.organization_id and c.order_id = o.id and c.model = 'last' and c.share = 'paid') credited
      on credited.paid = o.net_minor or (credited.paid is null and o.net_minor = 0 and not o.is_test and o.financial_status in ('refunded', 'partially_refunded')
        and not exists (select from credits c where c.organization_id = o.organization_id and c.order_id = o.id))
    join organizations org on org.id = o.organization_id
    where o.organization_id = ${ctx.organizationId} and o.person_id = ${personId} and o.placed_at >= ${since.toISOString()}::timestamptz
      and (credited.paid is not null or o.placed_at <= ${since.toISOString()}::timestamptz + make_interval(days => org.attribution_window_days)) group by 1`),
  );
  const [only, ...others] = rows;
  if (!only) return { wonMinor: 0, refundedMinor: 0, orders: 0, currency };
  if (others.length > 0) return null;
  return {
    wonMinor: Number(only.won),
    refundedMinor: Number(BigInt(only.won) - BigInt(only.net)),
    orders: only.orders,
    currency: only.currency,
  };
}
