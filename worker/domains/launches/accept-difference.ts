import { and, eq, sql } from 'drizzle-orm';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { acceptDifference as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { whyNotAcceptable, type Difference } from '#shared/rules/budget-guard.ts';
import { needsSecondPerson } from '#shared/rules/spend-limits.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { openRequest } from './approval/read-approvals.ts';
import { lockLaunch, requireSecondPerson, requireStanding } from './approval/second-person.ts';
import type { AcceptedDifference } from './engine/accepted.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { lockLimits } from './limits/read-limits.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';

/**
 * One row is taken as it was built, by a person who says why. Then it is read back once more: only what was accepted may differ. Above the
 * threshold the person is a second one, because what was approved was the plan.
 */
export async function acceptDifference(
  ctx: Context,
  input: { id: string; itemId: string } & BodyOf<typeof contract>,
): Promise<LaunchSummary> {
  ctx.require('launches:approve');
  await fetchLaunch(ctx, input.id);
  await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, input.id);
    const userId = await requireStanding(ctx, tx);
    if (needsSecondPerson(await lockLimits(ctx, tx), launch.currency, launch.capMinor))
      await requireSecondPerson(ctx, tx, launch, await openRequest(ctx, tx, launch.id), userId);
    const mine = and(
      eq(launchItems.id, input.itemId),
      eq(launchItems.launchId, launch.id),
      eq(launchItems.organizationId, ctx.organizationId),
    );
    const [item] = await tx.sql.select().from(launchItems).where(mine).for('update');
    if (!item) throw notFound('row');
    const drift = (item.drift as Difference[] | null) ?? [];
    if (drift.length === 0 || canonicalJson(drift) !== canonicalJson(input.drift))
      throw new AppError('conflict', 'The row differs in another way than you saw, or no longer. Nothing was accepted; look again.', {
        reason: 'difference_changed',
      });
    const closed = drift.filter((one) => whyNotAcceptable(one) !== null);
    if (closed.length > 0)
      throw new AppError(
        'conflict',
        `${closed.map((one) => one.field).join(', ')} cannot be accepted: more may be spent than was approved, it is on by itself, or it is gone. Mend it in the ad manager and retry, or cancel. Nothing was accepted.`,
        {
          reason: 'difference_not_acceptable',
        },
      );
    const now = ctx.now();
    const before = ((item.accepted as AcceptedDifference[] | null) ?? []).filter((one) => !drift.some(({ field }) => field === one.field));
    const accepted = [...before, ...drift.map((one) => ({ ...one, by: userId, at: now.toISOString(), reason: input.reason }))];
    await moveLaunch(ctx, tx, launch, ['needs_attention', 'verified'], { state: 'running' });
    await tx.sql
      .update(launchItems)
      .set({ accepted, drift: null, notBefore: null, version: sql`${launchItems.version} + 1`, updatedAt: now })
      .where(mine);
    await noteEvent(ctx, tx, launch.id, 'difference_accepted', { itemId: item.id, drift, reason: input.reason });
    await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.accept_difference', launch.id, { itemId: item.id, fields: drift.map((one) => one.field) });
  });
  return getLaunch(ctx, input);
}
