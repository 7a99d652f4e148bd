import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { connections } from '#schema/index.ts';
import type { Figure, freshness as freshnessSchema } from '#shared/contracts/metrics.ts';
import { addDays, dayOf, startOfDay } from '#shared/rules/day-of.ts';
import type { Context } from '../../kernel/context.ts';

export type Freshness = z.infer<typeof freshnessSchema>;
export type Gaps = Pick<Freshness, 'revenueGap' | 'leadsGap'>;

/** Since when the organization's orders are known whole: every connected shop's. */
export interface OrdersKnown {
  hasShop: boolean;
  /** Null while those of a shop are still being read. */
  from: Date | null;
}

export async function ordersKnown(ctx: Context): Promise<OrdersKnown> {
  const { rows } = await ctx.read((q) =>
    q.execute<{ shops: number; reading: number; from: string | null }>(sql`
    select count(*)::int as shops, count(*) filter (where ${connections.recordsFrom} is null)::int as reading,
      (extract(epoch from max(${connections.recordsFrom})) * 1000)::text as from
    from ${connections} where ${connections.organizationId} = ${ctx.organizationId} and ${connections.provider} = 'shopify' and ${connections.status} <> 'revoked'`),
  );
  const [row] = rows;
  if (!row || row.shops === 0) return { hasShop: false, from: null };
  return { hasShop: true, from: row.reading > 0 || row.from === null ? null : new Date(Number(row.from)) };
}

/** The first day that lies whole after an instant; null for null. */
export function firstWholeDay(from: Date | null, timezone: string): string | null {
  if (from === null) return null;
  const day = dayOf(from.getTime(), timezone);
  return startOfDay(day, timezone) >= from.toISOString() ? day : addDays(day, 1);
}

/** What a window that begins on `since` cannot say. */
export function gapsOf(known: { hasShop: boolean; revenueFrom: string | null; leadsFrom: string | null }, since: string): Gaps {
  return {
    revenueGap: known.hasShop ? gapOf(known.revenueFrom, since) : 'no_shop',
    leadsGap: gapOf(known.leadsFrom, since),
  };
}

const gapOf = (from: string | null, since: string): 'reading' | 'before' | null =>
  from === null ? 'reading' : since < from ? 'before' : null;

/** A figure without what its window cannot say. Unknown is null, never 0. */
export function withoutGaps(figure: Figure, { revenueGap, leadsGap }: Gaps): Figure {
  return {
    ...figure,
    ...(revenueGap === null
      ? {}
      : {
          revenueMinor: null,
          orders: null,
          customers: null,
          roas: null,
          effectiveOrders: 0,
          tooFew: false,
          verdict: 'none' as const,
          maturityPermille: null,
        }),
    ...(leadsGap === null ? {} : { costPerLeadMinor: null, leads: leadsGap === 'before' ? null : figure.leads }),
  };
}
