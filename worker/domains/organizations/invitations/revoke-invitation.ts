import { and, eq, isNull } from 'drizzle-orm';
import { invitations } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { lockMembers } from '../members/change-members.ts';

/** Takes an invitation back; its link is good no more. Whoever may change members may: to take back gives nobody anything. */
export async function revokeInvitation(ctx: Context, id: string): Promise<Record<string, never>> {
  const mine = and(eq(invitations.id, id), eq(invitations.organizationId, ctx.organizationId));
  return ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    const [won] = await tx.sql
      .update(invitations)
      .set({ revokedAt: ctx.now() })
      .where(and(mine, isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
      .returning({ id: invitations.id });
    if (!won) {
      const [row] = await tx.sql.select({ acceptedAt: invitations.acceptedAt }).from(invitations).where(mine);
      if (!row) throw notFound('invitation');
      if (row.acceptedAt)
        throw new AppError('conflict', 'It was accepted already. Remove the member instead.', { reason: 'invitation_accepted' });
      return {};
    }
    await tx.audit('invitation.revoke', id);
    return {};
  });
}
