import { and, eq, isNull } from 'drizzle-orm';
import { memberships, sessions } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { emitEvent, noteMakerLeft } from '../../machines/index.ts';
import { findMember, lockMembers, requireAnotherOwner, requireInHand, rolesInHand, takeBackInvitations } from './change-members.ts';

/** Ends a membership and the member's sessions here. Keys they made belong to the organization: they stay, and are listed with their maker. */
export async function removeMember(ctx: Context, userId: string): Promise<Record<string, never>> {
  return ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    const inHand = await rolesInHand(ctx, tx);
    const member = await findMember(ctx, tx, userId);
    if (!member) throw notFound('member');
    requireInHand(inHand, member.role);
    await requireAnotherOwner(ctx, tx, member);
    await tx.sql.delete(memberships).where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, userId)));
    await tx.sql
      .update(sessions)
      .set({ revokedAt: ctx.now(), revokedReason: 'member_removed' })
      .where(and(eq(sessions.userId, userId), eq(sessions.organizationId, ctx.organizationId), isNull(sessions.revokedAt)));
    await takeBackInvitations(ctx, tx, userId, null);
    await tx.audit('member.remove', userId, { role: member.role });
    await noteMakerLeft(ctx, tx, userId);
    await emitEvent(ctx, tx, 'member.removed', { userId });
    return {};
  });
}
