import { and, eq, sql } from 'drizzle-orm';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { gateFault } from '#shared/rules/budget-guard.ts';
import { launchItems } from '#schema/index.ts';
import { createContext, type Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { lockLaunch, requireFreshApproval, requireStanding } from './approval/second-person.ts';
import { runLaunch } from './engine/run-launch.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { lockLimits } from './limits/read-limits.ts';
import { requireRoom } from './limits/require-room.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';

/** A person waits this long for the switch; if it takes longer the queue finishes it. */
const PATIENCE_MS = 8_000;

/**
 * The spend gate: every row verified, no drift, budgets within the cap and within what account and organization may have on, and above
 * the threshold a second person's word that is not older than a day. The wish is stored first and carried out by the engine, so a
 * break in between leaves no campaign on behind our back. Answers with `active` when it was quick, else `running`.
 */
export async function activateLaunch(ctx: Context, input: { id: string }): Promise<LaunchSummary> {
  ctx.require('launches:approve');
  await fetchLaunch(ctx, input.id);
  const launch = await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, input.id);
    await requireStanding(ctx, tx);
    const limits = await lockLimits(ctx, tx);
    await requireFreshApproval(ctx, tx, launch, limits);
    await moveLaunch(ctx, tx, launch, ['verified'], { state: 'running' });
    const [gate] = await tx.sql
      .select({
        unready: sql<number>`(count(*) filter (where ${launchItems.state} not in ('VERIFIED', 'ACTIVE') or ${launchItems.drift} is not null))::int`,
        dailyMinor: sql<string>`coalesce(sum((${launchItems.spec} ->> 'dailyBudgetMinor')::bigint) filter (where ${launchItems.kind} in ('campaign', 'ad_set')), 0)::text`,
      })
      .from(launchItems)
      .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId)));
    const fault =
      gate &&
      gateFault({
        unreadyRows: gate.unready,
        dailyMinor: BigInt(gate.dailyMinor),
        capMinor: launch.capMinor,
        isPlanApproved: launch.approvedPlanHash === launch.planHash,
      });
    if (!gate || fault === 'rows_not_verified')
      throw new AppError('conflict', `${gate?.unready ?? 'Some'} rows are not verified or differ from the plan. Nothing was switched on.`, {
        reason: 'rows_not_verified',
      });
    if (fault === 'plan_not_approved')
      throw new AppError(
        'plan_changed',
        'The plan was changed since it was approved. Nothing was switched on; it has to be approved again.',
      );
    if (fault === 'above_the_cap')
      throw new AppError('conflict', 'The daily budgets are above the approved cap. Nothing was switched on.', { reason: 'above_the_cap' });
    await requireRoom(ctx, tx, launch, Number(gate.dailyMinor), limits);
    await noteEvent(ctx, tx, launch.id, 'switch_on_requested');
    await tx.enqueue(runLaunchJob, { launchId: launch.id }, { delaySeconds: Math.ceil(PATIENCE_MS / 1000) });
    await tx.audit('launch.activate', launch.id, { capMinor: launch.capMinor });
    return launch;
  });
  // The wish stands from here on: whoever signs out now leaves no switch half thrown.
  await runLaunch(createContext(ctx.ports, ctx.organizationId, ctx.actor), launch.id, PATIENCE_MS);
  return getLaunch(ctx, input);
}
