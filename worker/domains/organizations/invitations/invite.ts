import { and, eq, isNull, lte } from 'drizzle-orm';
import { invitations, memberships, users } from '#schema/index.ts';
import type { Reason } from '#shared/contracts/reasons.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Invitation, invite as contract } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { emailKey } from '../../identity/index.ts';
import { lockMembers, requireFittingClient, requireInHand, rolesInHand } from '../members/change-members.ts';
import { mailInvitation, newLink, requireRoomToInvite } from './mail-invitation.ts';
import { readInvitations } from './present-invitation.ts';

/** Asks somebody in by mail. The answer is the same whether or not the address has an account. */
export async function invite(ctx: Context, { email, role, clientId }: BodyOf<typeof contract>): Promise<Invitation> {
  const id = ctx.newId('inv');
  const key = emailKey(email);
  const { token, ...link } = await newLink(ctx.now());
  await ctx.transaction(async (tx) => {
    const organization = await lockMembers(ctx, tx);
    requireInHand(await rolesInHand(ctx, tx), role);
    await requireFittingClient(ctx, tx, role, clientId);
    await requireRoomToInvite(ctx, tx);
    const [member] = await tx.sql
      .select({ userId: memberships.userId })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.organizationId, ctx.organizationId), eq(users.emailKey, key)));
    if (member) throw refuse('invited_is_member', 'This person is a member already. Change their role under Members instead.');
    // One that ran out makes room for a new one.
    await tx.sql
      .update(invitations)
      .set({ revokedAt: ctx.now() })
      .where(
        and(
          eq(invitations.organizationId, ctx.organizationId),
          eq(invitations.emailKey, key),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          lte(invitations.expiresAt, ctx.now()),
        ),
      );
    const [row] = await tx.sql
      .insert(invitations)
      .values({
        id,
        organizationId: ctx.organizationId,
        email,
        emailKey: key,
        role,
        clientId,
        invitedBy: ctx.person().userId,
        createdAt: ctx.now(),
        ...link,
      })
      .onConflictDoNothing()
      .returning({ id: invitations.id });
    if (!row) throw refuse('invited_already', 'This address is invited already. Send that invitation again, or take it back first.');
    await mailInvitation(ctx, tx, { email, role, token, expiresAt: link.expiresAt }, organization);
    await tx.audit('invitation.send', id, { role, client: clientId });
  });
  const [sent] = await readInvitations(ctx, eq(invitations.id, id));
  if (!sent) throw new Error(`invitation ${id} vanished`);
  return sent;
}

const refuse = (reason: Reason, message: string) =>
  new AppError('conflict', message, { reason, fields: [{ path: 'email', message, reason }] });
