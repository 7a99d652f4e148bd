import { and, eq } from 'drizzle-orm';
import { memberships, users } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { queueSecurityNotice } from '../../identity/index.ts';
import { findMember, lockMembers, requireInHand, rolesInHand, takeBackInvitations } from './change-members.ts';

/** Another member becomes an owner and the caller an admin, both at once. The new owner is told by mail. */
export async function transferOwnership(ctx: Context, userId: string): Promise<Record<string, never>> {
  const caller = ctx.person().userId;
  if (userId === caller)
    throw new AppError('invalid_input', 'Check userId and send it again.', {
      fields: [{ path: 'userId', message: 'Choose somebody else.' }],
    });
  return ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    requireInHand(await rolesInHand(ctx, tx), 'owner');
    const member = await findMember(ctx, tx, userId);
    if (!member) throw notFound('member');
    if (member.role === 'client')
      throw new AppError(
        'conflict',
        "A client's login cannot own the organization. Give this person another role first; nothing was changed.",
        { reason: 'client_cannot_own' },
      );
    const setRole = (who: string, role: 'owner' | 'admin') =>
      tx.sql
        .update(memberships)
        .set({ role })
        .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, who)));
    await setRole(userId, 'owner');
    await setRole(caller, 'admin');
    await takeBackInvitations(ctx, tx, caller, 'admin');
    const [owner] = await tx.sql.select().from(users).where(eq(users.id, userId));
    if (!owner) throw notFound('member');
    await queueSecurityNotice(ctx, tx, owner, 'ownership_received');
    await tx.audit('organization.transfer', userId, { from: caller, was: member.role });
    return {};
  });
}
