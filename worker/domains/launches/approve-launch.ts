import { and, eq, sql } from 'drizzle-orm';
import type { approveLaunch as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import { needsSecondPerson } from '#shared/rules/spend-limits.ts';
import { launchItems } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { lockLaunch, noteApproval, requireStanding } from './approval/second-person.ts';
import { tellAsker } from './approval/tell-people.ts';
import { correctedError } from './engine/item-error.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch, type LaunchRow } from './launch-facts.ts';
import { lockLimits } from './limits/read-limits.ts';
import { requireRoom } from './limits/require-room.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';
import { readPlan } from './plan/read-plan.ts';

/**
 * Binds an approval to exactly this plan and this cap, and starts creating: everything paused. Above the organization's threshold only a
 * second person's counts. On a launch that is ready and paused it renews a second person's approval and starts nothing; on one whose rows
 * were corrected it approves the plan as it is now and lets these rows be sent.
 */
export async function approveLaunch(ctx: Context, input: { id: string } & BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:approve');
  const found = await fetchLaunch(ctx, input.id);
  const renews = found.approvedAt !== null;
  if (!renews) await requireSoundPlan(ctx, found, input.capMinor);
  await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, found.id, input.planHash);
    const userId = await requireStanding(ctx, tx);
    const limits = await lockLimits(ctx, tx);
    const isSecond = needsSecondPerson(limits, launch.currency, input.capMinor);
    const isVoid = renews && launch.approvedPlanHash !== launch.planHash;
    if (renews && ((!isSecond && !isVoid) || input.capMinor !== launch.capMinor))
      throw new AppError('conflict', 'This launch is approved already. Reload it and look again.', { reason: 'launch_moved_on' });
    if (isSecond)
      await tellAsker(ctx, tx, launch, await noteApproval(ctx, tx, launch, input.capMinor, userId), { decision: 'approved', reason: null });
    await requireRoom(ctx, tx, launch, input.capMinor, limits);
    const starts = !renews || isVoid;
    await moveLaunch(ctx, tx, launch, isVoid ? ['needs_attention'] : renews ? ['verified'] : ['draft', 'checked'], {
      state: starts ? 'running' : 'verified',
      approvedBy: userId,
      approvedAt: ctx.now(),
      approvedPlanHash: launch.planHash,
      capMinor: input.capMinor,
    });
    const detail = { planHash: launch.planHash, capMinor: input.capMinor, secondPerson: isSecond };
    await noteEvent(ctx, tx, launch.id, renews ? 'approval_renewed' : 'approved', detail);
    if (isVoid) await freeCorrected(ctx, tx, launch.id);
    if (starts) await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.approve', launch.id, detail);
  });
  return getLaunch(ctx, input);
}

/** Corrected rows that waited for this: they are next in line, and only they. */
async function freeCorrected(ctx: Context, tx: Tx, launchId: string): Promise<void> {
  await tx.sql
    .update(launchItems)
    .set({ state: 'READY', lastError: null, notBefore: null, version: sql`${launchItems.version} + 1`, updatedAt: ctx.now() })
    .where(
      and(
        eq(launchItems.launchId, launchId),
        eq(launchItems.organizationId, ctx.organizationId),
        eq(launchItems.state, 'REJECTED'),
        sql`${launchItems.lastError} ->> 'code' = ${correctedError().code}`,
      ),
    );
}

/** Files, page, currency and start time may have changed since the draft was stored. */
async function requireSoundPlan(ctx: Context, launch: LaunchRow, capMinor: number): Promise<void> {
  const { expanded, problems, isSound } = await readPlan(ctx, launch.plan);
  if (!isSound || !expanded) {
    const errors = problems.filter((problem) => problem.severity === 'error');
    throw new AppError('plan_changed', 'The plan no longer holds. Nothing was approved; correct it and make a new draft.', {
      fields: errors.map((problem) => ({ path: problem.itemPath ?? 'plan', message: `${problem.message} ${problem.fix}` })),
    });
  }
  const daily = expanded.counts.dailyBudgetMinor;
  if (daily > capMinor)
    throw new AppError(
      'invalid_input',
      `The plan would spend up to ${daily} a day (smallest unit of ${launch.currency}); the cap is ${capMinor}.`,
      {
        fields: [{ path: 'capMinor', message: 'Raise the cap or lower the budgets.' }],
      },
    );
}
