import { sql } from 'drizzle-orm';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import type { Context } from '../../../kernel/context.ts';
import { statement } from '../engine/sql-rows.ts';

/** How far back an ad of the same content is worth a warning. Source: launching guide §11. */
const LOOK_BACK_DAYS = 90;
/** Launches that are named; people open one or two of them. */
const MOST_NAMED = 5;

/**
 * Approved launches of this ad account that already made ads with these fingerprints, newest first, each as a warning that leads to it. What
 * is known not to exist (refused, cancelled, undone) is no duplicate.
 */
export async function findEarlierAds(ctx: Context, accountId: string, fingerprints: Iterable<string>): Promise<PlanProblem[]> {
  const asked = [...new Set(fingerprints)];
  if (asked.length === 0) return [];
  const since = new Date(ctx.now().getTime() - LOOK_BACK_DAYS * 86_400_000).toISOString();
  const rows = await statement<{ id: string; name: string; day: string; ads: number }>(
    ctx,
    sql`
    select l.id, l.name, to_char(l.approved_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(distinct i.fingerprint)::int as ads
    from launch_items i join launches l on l.id = i.launch_id and l.organization_id = i.organization_id
    where i.organization_id = ${ctx.organizationId} and i.account_id = ${accountId}
      and i.fingerprint in (select jsonb_array_elements_text(${JSON.stringify(asked)}::jsonb))
      and i.state not in ('REJECTED', 'CANCELLED', 'UNDONE') and l.approved_at >= ${since}
    group by l.id, l.name, l.approved_at order by l.approved_at desc limit ${MOST_NAMED}`,
  );
  return rows.map(({ id, name, day, ads }) => ({
    severity: 'warning',
    code: 'AD_LAUNCHED_BEFORE',
    message: `${ads === 1 ? '1 ad of this plan is' : `${ads} ads of this plan are`} in this ad account already, from "${name}", approved on ${day}: same media, texts and link.`,
    fix: 'Open that launch, and see whether you want them twice.',
    row: null,
    column: null,
    itemPath: null,
    launchId: id,
  }));
}
