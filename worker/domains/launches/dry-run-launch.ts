import { and, eq } from 'drizzle-orm';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { moveLaunch } from './move-launch.ts';

/** Asks for a validation of every row; a job does it, and creates nothing. */
export async function dryRunLaunch(ctx: Context, input: { id: string }): Promise<LaunchSummary> {
  ctx.require('launches:write');
  const launch = await fetchLaunch(ctx, input.id);
  await ctx.transaction(async (tx) => {
    await moveLaunch(ctx, tx, launch, ['draft', 'checked'], { state: 'checking' });
    await tx.sql
      .update(launchItems)
      .set({ validation: null })
      .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId)));
    await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.dry_run', launch.id);
  });
  return getLaunch(ctx, input);
}
