import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { clients, memberships, sessions, users } from '#schema/index.ts';
import type { Member } from '#shared/contracts/members.ts';
import type { Context } from '../../../kernel/context.ts';

/** Everybody who belongs here, oldest first. */
export async function listMembers(ctx: Context): Promise<{ members: Member[] }> {
  return { members: await readMembers(ctx) };
}

/** `only` narrows it. A visit of support is no sight of a member. */
export async function readMembers(ctx: Context, only?: SQL): Promise<Member[]> {
  const lastSeen = sql<
    string | null
  >`(select to_char(max(${sessions.lastSeenAt}) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ${sessions}
    where ${sessions.userId} = ${memberships.userId} and ${sessions.organizationId} = ${memberships.organizationId} and ${sessions.supportVisitId} is null)`;
  const rows = await ctx.read((q) =>
    q
      .select({ membership: memberships, name: users.name, email: users.email, totp: users.totpEnabledAt, client: clients, lastSeen })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .leftJoin(clients, and(eq(clients.id, memberships.clientId), eq(clients.organizationId, memberships.organizationId)))
      .where(and(eq(memberships.organizationId, ctx.organizationId), only))
      .orderBy(asc(memberships.createdAt), asc(memberships.userId)),
  );
  return rows.map(({ membership, name, email, totp, client, lastSeen: seen }) => ({
    userId: membership.userId,
    name,
    email,
    role: membership.role,
    client: client && { id: client.id, name: client.name },
    hasSecondFactor: totp !== null,
    joinedAt: membership.createdAt.toISOString(),
    lastSeenAt: seen,
  }));
}
