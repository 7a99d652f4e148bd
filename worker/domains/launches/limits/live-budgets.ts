import { sql } from 'drizzle-orm';
import type { LiveBudget } from '#shared/rules/spend-limits.ts';
import { statement } from '../engine/sql-rows.ts';
import { switchIsOpen, switchWanted } from '../engine/switch-state.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

/**
 * How long after a switch-on a listing may still be from before it. What a later one shows as off, somebody took off at the platform: it
 * spends nothing and leaves room.
 */
const LISTING_LAG = '10 minutes';

/**
 * Daily budgets of this currency that launches have on, or are switching on, one row per launch. A switch that is wanted, begun or not
 * taken back for certain counts as on, and so does what an undo has not taken away yet: room is never given twice.
 * @param exceptId the launch that asks
 */
export async function readLiveBudgets(
  ctx: Context,
  currency: string,
  exceptId: string | null,
  tx: Tx | null = null,
): Promise<LiveBudget[]> {
  const isOff = (item: string) => sql`exists (
    select from ad_entities e where e.organization_id = l.organization_id and e.account_id = l.account_id and e.external_id = ${sql.raw(item)}.external_id
      and e.status in ('paused', 'archived', 'deleted') and e.synced_at > l.activated_at + ${LISTING_LAG}::interval)`;
  const query = sql`
    select l.id, l.account_id, sum((i.spec ->> 'dailyBudgetMinor')::bigint)::text as daily
    from launches l
    join launch_items i on i.launch_id = l.id and i.organization_id = l.organization_id and i.kind in ('campaign', 'ad_set') and i.state not in ('CANCELLED', 'REJECTED', 'UNDONE')
    left join launch_items c on c.id = i.parent_item_id
    where l.organization_id = ${ctx.organizationId} and l.currency = ${currency} and l.id is distinct from ${exceptId}
      and (l.state = 'active' or (l.state = 'undoing' and i.state = 'ACTIVE') or (l.state in ('running', 'cancelling') and ${switchWanted(sql`l.id`)}) or ${switchIsOpen(sql`l.id`)})
      and not ${isOff('i')} and not ${isOff('c')} and i.spec ->> 'dailyBudgetMinor' is not null
    group by l.id, l.account_id`;
  type Row = { id: string; account_id: string; daily: string };
  const rows = tx ? ((await tx.sql.execute(query)).rows as Row[]) : await statement<Row>(ctx, query);
  return rows.map((row) => ({ accountId: row.account_id, currency, dailyMinor: Number(row.daily) }));
}
