import { and, eq } from 'drizzle-orm';
import { memberships } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Member, updateMember as contract } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import {
  findMember,
  lockMembers,
  requireAnotherOwner,
  requireFittingClient,
  requireInHand,
  rolesInHand,
  takeBackInvitations,
} from './change-members.ts';
import { noteMakerLowered } from '../../machines/index.ts';
import { readMembers } from './list-members.ts';

/** Another role, from the member's next call on. The caller must hold both the role that was and the one that comes. */
export async function updateMember(ctx: Context, userId: string, { role, clientId }: BodyOf<typeof contract>): Promise<Member> {
  await ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    const inHand = await rolesInHand(ctx, tx);
    const member = await findMember(ctx, tx, userId);
    if (!member) throw notFound('member');
    requireInHand(inHand, member.role);
    requireInHand(inHand, role);
    await requireFittingClient(ctx, tx, role, clientId);
    if (role !== 'owner') await requireAnotherOwner(ctx, tx, member);
    await tx.sql
      .update(memberships)
      .set({ role, clientId })
      .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, userId)));
    await takeBackInvitations(ctx, tx, userId, role);
    await noteMakerLowered(ctx, tx, userId, role);
    await tx.audit('member.update', userId, { from: member.role, to: role, client: clientId });
  });
  const [changed] = await readMembers(ctx, eq(memberships.userId, userId));
  if (!changed) throw notFound('member');
  return changed;
}
