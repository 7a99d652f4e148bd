import { and, eq, inArray, sql } from 'drizzle-orm';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { getLaunch } from './get-launch.ts';
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
    await tx.sql
      .update(launchItems)
      .set({ state: 'CANCELLED', notBefore: null, version: sql`${launchItems.version} + 1`, updatedAt: now })
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          inArray(launchItems.state, ['PLANNED', 'READY', 'REJECTED']),
        ),
      );
    // What could not be proven is looked for once more, so that nothing exists without a row that says so.
    await tx.sql
      .update(launchItems)
      .set({
        state: 'SENDING',
        settleUntil: now,
        notBefore: null,
        searches: 0,
        lastSearchAt: null,
        flakyRetries: 0,
        lastError: null,
        version: sql`${launchItems.version} + 1`,
        updatedAt: now,
      })
      .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId), eq(launchItems.state, 'HELD')));
    await noteEvent(ctx, tx, launch.id, 'cancel_requested');
    if (hasStarted) await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.cancel', launch.id);
  });
  return getLaunch(ctx, input);
}
