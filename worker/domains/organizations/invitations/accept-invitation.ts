import { eq } from 'drizzle-orm';
import { memberships, users } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { acceptInvitation as contract } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { emitEvent } from '../../machines/index.ts';
import { contextIn, moveSession, whereSessionWorks } from '../move-session.ts';
import { tokensFor } from '../tokens-for.ts';
import { routeInvitation, takeInvitation } from './find-invitation.ts';

/** The caller joins the inviting organization and works there from now on. The invited address must be theirs. */
export async function acceptInvitation(ctx: Context, token: string): Promise<ResponseOf<typeof contract>> {
  const { userId } = ctx.person();
  const { organizationId, tokenHash } = await routeInvitation(ctx.ports, token);
  const from = await whereSessionWorks(ctx);
  const there = contextIn(ctx, organizationId);
  await there.transaction(async (tx) => {
    const invitation = await takeInvitation(there, tx, tokenHash, userId);
    const [user] = await tx.sql.select({ emailKey: users.emailKey }).from(users).where(eq(users.id, userId));
    if (!user) throw notFound('account');
    if (user.emailKey !== invitation.emailKey)
      throw new AppError(
        'not_allowed',
        'This invitation was sent to another address. Sign in with that address, or ask to be invited under yours; the invitation stays open.',
        { reason: 'invited_at_another_address' },
      );
    const [joined] = await tx.sql
      .insert(memberships)
      .values({ organizationId, userId, role: invitation.role, clientId: invitation.clientId })
      .onConflictDoNothing()
      .returning({ userId: memberships.userId });
    if (!joined)
      throw new AppError('conflict', 'You are a member already. Switch to the organization; your role stays as it is.', {
        reason: 'member_already',
      });
    await tx.audit('member.join', userId, { role: invitation.role, invitation: invitation.id, client: invitation.clientId });
    await emitEvent(there, tx, 'member.joined', { userId, role: invitation.role });
    await moveSession(there, tx, from);
  });
  return tokensFor(there);
}
