import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { Context } from '../../kernel/context.ts';
import { getLaunch } from './get-launch.ts';
import { giveUpRows } from './give-up-rows.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';

/** Stops creating: no call starts more than two seconds after this commit, calls in flight and held rows are settled, what exists stays paused. */
export async function cancelLaunch(ctx: Context, input: { id: string }): Promise<LaunchSummary> {
  ctx.require('launches:write');
  const launch = await fetchLaunch(ctx, input.id);
  await ctx.transaction(async (tx) => {
    const hasStarted = !['draft', 'checking', 'checked'].includes(launch.state);
    const now = ctx.now();
    await moveLaunch(
      ctx,
      tx,
      launch,
      hasStarted ? ['running', 'needs_attention', 'verified'] : ['draft', 'checking', 'checked'],
      hasStarted ? { state: 'cancelling' } : { state: 'cancelled', cancelledAt: now },
    );
    await giveUpRows(ctx, tx, launch.id);
    await noteEvent(ctx, tx, launch.id, 'cancel_requested');
    if (hasStarted) await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.cancel', launch.id);
  });
  return getLaunch(ctx, input);
}
