import { and, eq, sql } from 'drizzle-orm';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { getLaunch } from './get-launch.ts';
import { giveUpRows } from './give-up-rows.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';
import { OURS_AND_THERE } from './undo/find-undo-work.ts';

/**
 * Takes back what a launch made: the top is paused first, then everything of ours is archived or deleted, lowest first. What was changed
 * since waits for a word on each. Asked for again it tries what was left, looking at it afresh.
 */
export async function undoLaunch(ctx: Context, input: { id: string }): Promise<LaunchSummary> {
  ctx.require('launches:undo');
  const launch = await fetchLaunch(ctx, input.id);
  if (launch.state === 'running' || launch.state === 'checking' || launch.state === 'cancelling')
    throw new AppError('conflict', 'Something is being done with this launch. Cancel it or wait until it rests, then undo it.', {
      reason: 'cancel_first',
    });
  if (launch.state === 'draft' || launch.state === 'checked') throw nothingThere();
  await ctx.transaction(async (tx) => {
    await moveLaunch(ctx, tx, launch, ['verified', 'active', 'needs_attention', 'cancelled', 'partly_undone'], { state: 'undoing' });
    await giveUpRows(ctx, tx, launch.id);
    const mine = and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId));
    const [there] = await tx.sql
      .select({ n: sql<number>`(count(*) filter (where ${OURS_AND_THERE} or ${launchItems.state} = 'SENDING'))::int` })
      .from(launchItems)
      .where(mine);
    if (!there?.n) throw nothingThere();
    await tx.sql
      .update(launchItems)
      .set({ undo: null, notBefore: null, version: sql`${launchItems.version} + 1`, updatedAt: ctx.now() })
      .where(and(mine, OURS_AND_THERE));
    await noteEvent(ctx, tx, launch.id, 'undo_requested', { objects: there.n });
    await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.undo', launch.id, { objects: there.n });
  });
  return getLaunch(ctx, input);
}

const nothingThere = (): AppError => new AppError('conflict', 'Nothing of this launch is at the platform.', { reason: 'nothing_to_undo' });
