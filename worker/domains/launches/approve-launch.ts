import type { approveLaunch as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { actorName } from './actor-name.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';
import { readPlan } from './plan/read-plan.ts';

/** Binds an approval to exactly this plan and this cap, and starts creating: everything paused. */
export async function approveLaunch(ctx: Context, input: { id: string } & BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:approve');
  const launch = await fetchLaunch(ctx, input.id);
  if (input.planHash !== launch.planHash)
    throw new AppError('plan_changed', 'The plan you looked at is not the plan that is stored. Nothing was approved; look at it again.');
  // Files, page, currency and start time may have changed since the draft was stored.
  const { expanded, problems, isSound } = await readPlan(ctx, launch.plan);
  if (!isSound || !expanded) {
    const errors = problems.filter((problem) => problem.severity === 'error');
    throw new AppError('plan_changed', 'The plan no longer holds. Nothing was approved; correct it and make a new draft.', {
      fields: errors.map((problem) => ({ path: problem.itemPath ?? 'plan', message: `${problem.message} ${problem.fix}` })),
    });
  }
  const daily = expanded.counts.dailyBudgetMinor;
  if (daily > input.capMinor)
    throw new AppError(
      'invalid_input',
      `The plan would spend up to ${daily} a day (smallest unit of ${launch.currency}); the cap is ${input.capMinor}.`,
      { fields: [{ path: 'capMinor', message: 'Raise the cap or lower the budgets.' }] },
    );
  await ctx.transaction(async (tx) => {
    await moveLaunch(ctx, tx, launch, ['draft', 'checked'], {
      state: 'running',
      approvedBy: actorName(ctx),
      approvedAt: ctx.now(),
      capMinor: input.capMinor,
    });
    await noteEvent(ctx, tx, launch.id, 'approved', { planHash: launch.planHash, capMinor: input.capMinor });
    await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.approve', launch.id, { planHash: launch.planHash, capMinor: input.capMinor });
  });
  return getLaunch(ctx, input);
}
