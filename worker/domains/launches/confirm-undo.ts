import { and, eq, inArray, sql } from 'drizzle-orm';
import type { confirmUndo as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';
import { undoOf } from './undo/undo-state.ts';

/** A person's word on one object that was changed since: taken away all the same. It holds for the changes they saw and no others. */
export async function confirmUndo(ctx: Context, input: { id: string; itemId: string } & BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:undo');
  const launch = await fetchLaunch(ctx, input.id);
  const own = and(
    eq(launchItems.id, input.itemId),
    eq(launchItems.launchId, launch.id),
    eq(launchItems.organizationId, ctx.organizationId),
  );
  const [item] = await ctx.read((q) => q.select().from(launchItems).where(own));
  if (!item) throw notFound('launch item');
  const undo = undoOf(item);
  if (undo?.state !== 'changed' || undo.hash !== input.changesHash)
    throw new AppError('conflict', 'The object is not as you saw it. Nothing was confirmed; look at it again.', {
      reason: 'changed_again',
    });
  await ctx.transaction(async (tx) => {
    await moveLaunch(ctx, tx, launch, ['undoing', 'partly_undone'], { state: 'undoing' });
    const taken = await tx.sql
      .update(launchItems)
      .set({
        undo: { ...undo, state: 'confirmed' },
        notBefore: null,
        version: sql`${launchItems.version} + 1`,
        updatedAt: ctx.now(),
      })
      .where(and(own, eq(launchItems.version, item.version), inArray(launchItems.state, ['CREATED', 'VERIFIED', 'ACTIVE'])))
      .returning({ id: launchItems.id });
    if (taken.length === 0)
      throw new AppError('conflict', 'The object is not as you saw it. Nothing was confirmed; look at it again.', {
        reason: 'changed_again',
      });
    await noteEvent(ctx, tx, launch.id, 'undo_confirmed', { itemId: item.id, changes: undo.changes ?? [] });
    await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.undo_confirm', launch.id, { item: item.id });
  });
  return getLaunch(ctx, input);
}
