import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { askApproval as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import { APPROVAL_MS, needsSecondPerson } from '#shared/rules/spend-limits.ts';
import { launchApprovals } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { getLaunch } from '../get-launch.ts';
import { fetchLaunch } from '../launch-facts.ts';
import { noteEvent } from '../move-launch.ts';
import { lockLimits } from '../limits/read-limits.ts';
import { openRequest } from './read-approvals.ts';
import { lockLaunch, supersede } from './second-person.ts';
import { tellApprovers } from './tell-people.ts';

/** Where a person's word is what is missing. */
const WAITING: readonly string[] = ['draft', 'checking', 'checked', 'verified', 'needs_attention'];

/** Asks for a second person's word on exactly this plan. Who asks twice, or at once with somebody else, asks one question. */
export async function askApproval(ctx: Context, input: { id: string } & BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:write');
  const { userId } = ctx.person();
  await fetchLaunch(ctx, input.id);
  await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, input.id, input.planHash);
    if (!WAITING.includes(launch.state))
      throw new AppError('conflict', 'There is nothing to approve on this launch now. Reload it and look again.', {
        reason: 'launch_moved_on',
      });
    if (!needsSecondPerson(await lockLimits(ctx, tx), launch.currency, launch.capMinor))
      throw new AppError('conflict', 'One person is enough for this launch; nobody was asked.', { reason: 'second_person_not_needed' });
    const now = ctx.now();
    const open = await openRequest(ctx, tx, launch.id);
    if (open && open.planHash === launch.planHash && open.expiresAt.getTime() > now.getTime()) return;
    if (open) await supersede(ctx, tx, open);
    await tx.sql.insert(launchApprovals).values({
      id: ctx.newId('apv'),
      organizationId: ctx.organizationId,
      launchId: launch.id,
      planHash: launch.planHash,
      capMinor: launch.capMinor,
      currency: launch.currency,
      askedBy: userId,
      askedAt: now,
      expiresAt: new Date(now.getTime() + APPROVAL_MS),
    });
    const told = await tellApprovers(ctx, tx, launch, userId);
    if (told === 0)
      throw new AppError(
        'conflict',
        'Nobody else here may approve. Invite somebody who may, or let an owner change the threshold; nobody was asked.',
        {
          reason: 'nobody_to_ask',
        },
      );
    await noteEvent(ctx, tx, launch.id, 'approval_asked', { planHash: launch.planHash, capMinor: launch.capMinor });
    await tx.audit('launch.ask_approval', launch.id, { planHash: launch.planHash, capMinor: launch.capMinor });
  });
  return getLaunch(ctx, input);
}
