import { sql } from 'drizzle-orm';
import type { affiliatePrograms } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';

/** Commission is pending for 30 days after the sale. Source: affiliates guide §11. */
const HOLD_DAYS = 30;

/** A creator's figures; null = not known, with the reason. Amounts in minor units of the program's currency. */
export interface Figures {
  clicks: number;
  orders: number | null;
  netSalesMinor: number | null;
  commissionMinor: number | null;
  /** The part of the commission whose hold is not over. */
  pendingMinor: number | null;
  nullReason: 'not_connected' | 'currency_differs' | null;
}
interface Row extends Record<string, unknown> {
  affiliate_id: string;
  clicks: number;
  orders: number;
  net: string;
  commission: string;
  pending: string;
  foreign_orders: number;
  connected: boolean;
}

/**
 * The one definition of a creator's figures, for the app and the widget alike. Clicks: people's, once per visitor and hour. Orders:
 * sales judged this creator's, refunded ones included. Sales and commission: the sum of postings, so each opens into rows that add
 * up to it. `affiliateId` null = all of the program.
 */
export async function readFigures(
  ctx: Context,
  program: Pick<typeof affiliatePrograms.$inferSelect, 'id' | 'shop' | 'currency'>,
  affiliateId: string | null,
): Promise<Map<string, Figures>> {
  const pendingSince = new Date(ctx.now().getTime() - HOLD_DAYS * 86_400_000).toISOString();
  const { rows } = await ctx.read((q) =>
    q.execute<Row>(sql`
    with sold as (
      select p.affiliate_id, p.order_id, p.currency, o.placed_at, sum(p.base_minor) as net, sum(p.amount_minor) as commission,
        coalesce(sum(p.base_minor) filter (where split_part(p.cause, '#', 1) = 'sale'), 0) > 0 as counts
      from commission_postings p join orders o on o.id = p.order_id and o.organization_id = p.organization_id
      where p.organization_id = ${ctx.organizationId} and (${affiliateId}::text is null or p.affiliate_id = ${affiliateId})
      group by p.affiliate_id, p.order_id, p.currency, o.placed_at
    ), sums as (
      select affiliate_id, count(*) filter (where counts)::int as orders, count(*) filter (where currency <> ${program.currency} and counts)::int as foreign_orders, sum(net) as net, sum(commission) as commission,
        coalesce(sum(commission) filter (where placed_at > ${pendingSince}::timestamptz), 0) as pending
      from sold group by affiliate_id
    ), visits as (
      select l.affiliate_id, count(*)::int as clicks from affiliate_clicks c join affiliate_links l on l.id = c.link_id and l.organization_id = c.organization_id
      where c.organization_id = ${ctx.organizationId} and c.kind = 'human' and not c.duplicate and (${affiliateId}::text is null or l.affiliate_id = ${affiliateId})
      group by l.affiliate_id
    )
    select a.id as affiliate_id, coalesce(v.clicks, 0) as clicks, coalesce(s.orders, 0) as orders, coalesce(s.net, 0)::text as net, coalesce(s.commission, 0)::text as commission, coalesce(s.pending, 0)::text as pending,
      coalesce(s.foreign_orders, 0) as foreign_orders,
      exists (select from connections c where c.organization_id = ${ctx.organizationId} and c.provider = 'shopify' and c.external_id = ${program.shop} and c.status <> 'revoked') as connected
    from affiliates a left join visits v on v.affiliate_id = a.id left join sums s on s.affiliate_id = a.id
    where a.organization_id = ${ctx.organizationId} and a.program_id = ${program.id} and (${affiliateId}::text is null or a.id = ${affiliateId})`),
  );
  return new Map(rows.map((row) => [row.affiliate_id, toFigures(row)]));
}

function toFigures(row: Row): Figures {
  const unknown = { netSalesMinor: null, commissionMinor: null, pendingMinor: null };
  // A shop that was never read says nothing about orders; one that was left keeps what it told.
  if (!row.connected && row.orders === 0) return { clicks: row.clicks, orders: null, ...unknown, nullReason: 'not_connected' };
  if (row.foreign_orders > 0) return { clicks: row.clicks, orders: row.orders, ...unknown, nullReason: 'currency_differs' };
  return {
    clicks: row.clicks,
    orders: row.orders,
    netSalesMinor: Number(row.net),
    commissionMinor: Number(row.commission),
    pendingMinor: Number(row.pending),
    nullReason: null,
  };
}
