import { and, eq, isNull } from 'drizzle-orm';
import { invitations } from '#schema/index.ts';
import type { Invitation } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { lockMembers, requireFittingClient, requireInHand, rolesInHand } from '../members/change-members.ts';
import { mailInvitation, newLink, requireRoomToInvite } from './mail-invitation.ts';
import { readInvitations } from './present-invitation.ts';

/** One a minute: pressed twice, one mail goes out. */
const GAP_MS = 60_000;

/** A fresh link for seven more days, sent in the caller's name; the older link is good no more. One that ran out comes to life again. */
export async function resendInvitation(ctx: Context, id: string): Promise<Invitation> {
  const { token, ...link } = await newLink(ctx.now());
  const mine = and(eq(invitations.id, id), eq(invitations.organizationId, ctx.organizationId));
  await ctx.transaction(async (tx) => {
    const organization = await lockMembers(ctx, tx);
    const [row] = await tx.sql.select().from(invitations).where(mine);
    if (!row) throw notFound('invitation');
    requireInHand(await rolesInHand(ctx, tx), row.role);
    await requireFittingClient(ctx, tx, row.role, row.clientId);
    await requireRoomToInvite(ctx, tx);
    const waitMs = row.sentAt.getTime() + GAP_MS - ctx.now().getTime();
    if (waitMs > 0) {
      const retryAfterSeconds = Math.ceil(waitMs / 1000);
      throw new AppError('too_many', `The mail went out a moment ago. Send it again in ${retryAfterSeconds} seconds if it does not come.`, {
        reason: 'invitation_just_sent',
        retryAfterSeconds,
      });
    }
    const [won] = await tx.sql
      .update(invitations)
      .set({ ...link, invitedBy: ctx.person().userId })
      .where(and(mine, isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
      .returning({ email: invitations.email, role: invitations.role });
    if (!won)
      throw new AppError(
        'conflict',
        'This invitation was accepted or taken back. Nothing was sent; send a new one if it is still wanted.',
        { reason: 'invitation_settled' },
      );
    await mailInvitation(ctx, tx, { ...won, token, expiresAt: link.expiresAt }, organization);
    await tx.audit('invitation.resend', id);
  });
  const [sent] = await readInvitations(ctx, eq(invitations.id, id));
  if (!sent) throw notFound('invitation');
  return sent;
}
