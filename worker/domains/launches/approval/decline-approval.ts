import { and, eq } from 'drizzle-orm';
import { launchApprovals } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { declineApproval as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { getLaunch } from '../get-launch.ts';
import { fetchLaunch } from '../launch-facts.ts';
import { noteEvent } from '../move-launch.ts';
import { openRequest } from './read-approvals.ts';
import { lockLaunch, requireSecondPerson, requireStanding } from './second-person.ts';
import { tellAsker } from './tell-people.ts';

/** The second person says no, and why. The launch stays as it is; its planner hears of it. */
export async function declineApproval(ctx: Context, input: { id: string } & BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:approve');
  await fetchLaunch(ctx, input.id);
  await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, input.id, input.planHash);
    const userId = await requireStanding(ctx, tx);
    const request = await openRequest(ctx, tx, launch.id);
    if (!request || request.planHash !== launch.planHash)
      throw new AppError('conflict', 'Nobody asks for an approval of this plan now. Reload it and look again.', {
        reason: 'nothing_asked',
      });
    await requireSecondPerson(ctx, tx, launch, request, userId);
    await tx.sql
      .update(launchApprovals)
      .set({ decision: 'declined', decidedBy: userId, decidedAt: ctx.now(), reason: input.reason })
      .where(and(eq(launchApprovals.id, request.id), eq(launchApprovals.organizationId, ctx.organizationId)));
    await tellAsker(ctx, tx, launch, request, { decision: 'declined', reason: input.reason });
    await noteEvent(ctx, tx, launch.id, 'approval_declined', { planHash: launch.planHash, reason: input.reason });
    await tx.audit('launch.decline', launch.id, { planHash: launch.planHash });
  });
  return getLaunch(ctx, input);
}
