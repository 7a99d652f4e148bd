import { and, desc, eq, type SQL } from 'drizzle-orm';
import { clients, invitations, users } from '#schema/index.ts';
import type { Invitation } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';

type Row = typeof invitations.$inferSelect;

function stateOf(row: Pick<Row, 'acceptedAt' | 'revokedAt' | 'expiresAt'>, now: Date): Invitation['state'] {
  if (row.acceptedAt) return 'accepted';
  if (row.revokedAt) return 'revoked';
  return row.expiresAt <= now ? 'expired' : 'open';
}

/** Newest first; `only` narrows it. */
export async function readInvitations(ctx: Context, only?: SQL): Promise<Invitation[]> {
  const rows = await ctx.read((q) =>
    q
      .select({ row: invitations, invitedBy: users.name, client: clients })
      .from(invitations)
      .innerJoin(users, eq(users.id, invitations.invitedBy))
      .leftJoin(clients, and(eq(clients.id, invitations.clientId), eq(clients.organizationId, invitations.organizationId)))
      .where(and(eq(invitations.organizationId, ctx.organizationId), only))
      .orderBy(desc(invitations.createdAt), desc(invitations.id))
      .limit(500),
  );
  return rows.map(({ row, invitedBy, client }) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    client: client && { id: client.id, name: client.name },
    state: stateOf(row, ctx.now()),
    invitedBy,
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}
