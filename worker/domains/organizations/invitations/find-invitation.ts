import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { clients, invitations } from '#schema/index.ts';
import { rolesGivenBy } from '#shared/rules/permissions.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { Context, Ports, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { findMember, lockMembers } from '../members/change-members.ts';

/** One answer for unknown, used, old and withdrawn links: nothing is learned from it. */
export const goodNoMore = () =>
  new AppError('expired', 'This invitation is good no more: it was used, taken back, or is older than seven days. Ask for a new one.', {
    reason: 'invitation_gone',
  });

/** Where the link of an invitation leads. */
export interface InvitationRoute {
  organizationId: string;
  tokenHash: string;
}

/** Whose invitation this is. @throws expired */
export async function routeInvitation(ports: Ports, token: string): Promise<InvitationRoute> {
  const tokenHash = await sha256Hex(token);
  const { rows } = await ports.database
    .within({})
    .read((q) => q.execute<{ organization_id: string }>(sql`select organization_id from route_invitation(${tokenHash})`));
  const [route] = rows;
  if (!route) throw goodNoMore();
  return { organizationId: route.organization_id, tokenHash };
}

/** Of the organization of `ctx`, by its link: the condition of an invitation that can still be accepted. */
export const isOpen = (ctx: Pick<Context, 'organizationId' | 'now'>, tokenHash: string) =>
  and(
    eq(invitations.tokenHash, tokenHash),
    eq(invitations.organizationId, ctx.organizationId),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, ctx.now()),
  );

/**
 * Uses an invitation up: of any number of uses at once one finds it. The sender must still hold what they gave, and the client must not
 * be archived.
 * @throws expired
 */
export async function takeInvitation(ctx: Context, tx: Tx, tokenHash: string, userId: string): Promise<typeof invitations.$inferSelect> {
  await lockMembers(ctx, tx);
  const [taken] = await tx.sql
    .update(invitations)
    .set({ acceptedAt: ctx.now(), acceptedBy: userId })
    .where(isOpen(ctx, tokenHash))
    .returning();
  if (!taken) throw goodNoMore();
  const sender = await findMember(ctx, tx, taken.invitedBy);
  if (!sender || !rolesGivenBy(sender.role).includes(taken.role)) throw goodNoMore();
  if (taken.clientId !== null) {
    const [client] = await tx.sql
      .select({ id: clients.id })
      .from(clients)
      .where(and(eq(clients.id, taken.clientId), eq(clients.organizationId, ctx.organizationId), isNull(clients.archivedAt)));
    if (!client) throw goodNoMore();
  }
  return taken;
}
