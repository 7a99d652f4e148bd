import { and, eq, isNull } from 'drizzle-orm';
import { memberships, sessions } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { emitEvent, noteMakerLeft } from '../../machines/index.ts';
import { findMember, lockMembers, requireAnotherOwner, takeBackInvitations } from './change-members.ts';

/** The caller belongs here no longer. They stay signed in, and work in no organization until they choose another. */
export async function leaveOrganization(ctx: Context): Promise<Record<string, never>> {
  const { userId } = ctx.person();
  return ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    const member = await findMember(ctx, tx, userId);
    if (!member) throw notFound('member');
    await requireAnotherOwner(ctx, tx, member);
    await tx.sql.delete(memberships).where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, userId)));
    await tx.sql
      .update(sessions)
      .set({ organizationId: null })
      .where(and(eq(sessions.userId, userId), eq(sessions.organizationId, ctx.organizationId), isNull(sessions.revokedAt)));
    await takeBackInvitations(ctx, tx, userId, null);
    await tx.audit('member.leave', userId, { role: member.role });
    await noteMakerLeft(ctx, tx, userId);
    await emitEvent(ctx, tx, 'member.removed', { userId });
    return {};
  });
}
