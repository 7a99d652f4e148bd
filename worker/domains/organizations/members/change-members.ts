import { and, count, eq, isNull, notInArray } from 'drizzle-orm';
import { clients, invitations, memberships, organizations } from '#schema/index.ts';
import { rolesGivenBy, type Role } from '#shared/rules/permissions.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';

export type Membership = typeof memberships.$inferSelect;

/**
 * Changes of who belongs here stand in line behind the organization's row: each sees what the one before did. Without it two owners who
 * demote each other at once would leave none.
 */
export async function lockMembers(ctx: Context, tx: Tx): Promise<{ name: string; locale: string }> {
  const [row] = await tx.sql
    .select({ name: organizations.name, locale: organizations.locale })
    .from(organizations)
    .where(eq(organizations.id, ctx.organizationId))
    .for('update');
  if (!row) throw notFound('organization');
  return row;
}

export async function findMember(ctx: Context, tx: Tx, userId: string): Promise<Membership | null> {
  const [row] = await tx.sql
    .select()
    .from(memberships)
    .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, userId)));
  return row ?? null;
}

/** What the caller may give and take now, behind the lock: their own role may have changed since the call began. */
export async function rolesInHand(ctx: Context, tx: Tx): Promise<Role[]> {
  const own = await findMember(ctx, tx, ctx.person().userId);
  return own ? rolesGivenBy(own.role) : [];
}

/** @throws not_allowed for a role the caller does not hold themselves */
export function requireInHand(inHand: readonly Role[], role: Role): void {
  if (inHand.includes(role)) return;
  throw new AppError(
    'not_allowed',
    role === 'owner'
      ? 'Only an owner makes, changes or removes an owner. Ask one of them; nothing was changed.'
      : 'Your role does not change members. Ask an owner or admin; nothing was changed.',
    { reason: role === 'owner' ? 'owners_only' : 'members_not_yours' },
  );
}

/** @throws conflict when nobody would own the organization */
export async function requireAnotherOwner(ctx: Context, tx: Tx, member: Membership): Promise<void> {
  if (member.role !== 'owner') return;
  const [owners] = await tx.sql
    .select({ n: count() })
    .from(memberships)
    .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.role, 'owner')));
  if (!owners || owners.n < 2)
    throw new AppError(
      'conflict',
      'This is the last owner. Make somebody else an owner first, or delete the organization; nothing was changed.',
      { reason: 'last_owner' },
    );
}

/** The role `client` goes with a client of this organization, every other role with none. @throws invalid_input naming clientId */
export async function requireFittingClient(ctx: Context, tx: Tx, role: Role, clientId: string | null): Promise<void> {
  const refuse = (message: string) =>
    new AppError('invalid_input', 'Check clientId and send it again.', { fields: [{ path: 'clientId', message }] });
  if (role !== 'client') {
    if (clientId !== null) throw refuse('Only the role client belongs to a client. Leave it out.');
    return;
  }
  if (clientId === null) throw refuse('Choose whose figures this person sees.');
  const [client] = await tx.sql
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.id, clientId), eq(clients.organizationId, ctx.organizationId), isNull(clients.archivedAt)));
  if (!client) throw refuse('There is no such client, or it is archived.');
}

/** An invitation never outlives its sender's right to send it: those that go beyond the role they hold now (null = none) are taken back. */
export async function takeBackInvitations(ctx: Context, tx: Tx, sender: string, role: Role | null): Promise<void> {
  const givable = role === null ? [] : rolesGivenBy(role);
  const revoked = await tx.sql
    .update(invitations)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        eq(invitations.organizationId, ctx.organizationId),
        eq(invitations.invitedBy, sender),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        givable.length === 0 ? undefined : notInArray(invitations.role, givable),
      ),
    )
    .returning({ id: invitations.id });
  for (const { id } of revoked) await tx.audit('invitation.revoke', id, { because: 'sender' });
}
