import { sql } from 'drizzle-orm';
import { dayOf } from '#shared/rules/day-of.ts';
import type { Context } from '../../kernel/context.ts';
import { condition, groupId, type FigureScope } from './figure-scope.ts';
import type { Learnt } from './learn-from-orders.ts';

/**
 * How much of the final revenue of a row's spend should have arrived, per mille: M = Σ S_d · F(today − d) / Σ S_d with the
 * organization's own lag curve. Empty without one.
 */
export async function maturities(ctx: Context, scope: FigureScope, { curve }: Learnt, now: Date): Promise<Map<string, number>> {
  if (!curve) return new Map();
  const today = dayOf(now.getTime(), scope.timezone);
  const { rows } = await ctx.read((q) =>
    q.execute<{ id: string; permille: number }>(sql`
    select ${groupId(scope)} as id, round(1000 * sum(spend_minor * coalesce((${JSON.stringify(curve)}::jsonb ->> (${today}::date - day))::float8, 1)) / sum(spend_minor))::int as permille
    from ad_days where organization_id = ${ctx.organizationId} and account_id = ${scope.accountId} and day between ${scope.since}::date and least(${scope.until}::date, ${today}::date) and ${condition(scope)}
    group by 1 having sum(spend_minor) > 0`),
  );
  return new Map(rows.map((row) => [row.id, row.permille]));
}
