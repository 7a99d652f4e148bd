import { and, eq, gt, isNull } from 'drizzle-orm';
import { clients, memberships, organizations, sessions, supportVisits, users } from '#schema/index.ts';
import type { Me } from '#shared/contracts/identity.ts';
import type { Ports } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { presentMe } from './present-me.ts';

/** Who this is where they work; the person must be enabled. In an organization they are no member of any more they work nowhere. */
export async function loadMe(
  ports: Ports,
  { userId, organizationId, sessionId }: { userId: string; organizationId: string | null; sessionId?: string },
): Promise<Me> {
  const [row] = await ports.database.within({ userId, ...(organizationId === null ? {} : { organizationId }) }).read((q) =>
    q
      .select({ user: users, organization: organizations, membership: memberships, client: clients, visit: supportVisits })
      .from(users)
      .leftJoin(organizations, eq(organizations.id, organizationId ?? ''))
      .leftJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.organizationId, organizations.id)))
      .leftJoin(clients, and(eq(clients.id, memberships.clientId), eq(clients.organizationId, memberships.organizationId)))
      .leftJoin(sessions, and(eq(sessions.id, sessionId ?? ''), eq(sessions.userId, users.id)))
      .leftJoin(
        supportVisits,
        and(eq(supportVisits.id, sessions.supportVisitId), isNull(supportVisits.endedAt), gt(supportVisits.expiresAt, ports.now())),
      )
      .where(and(eq(users.id, userId), isNull(users.disabledAt))),
  );
  if (!row) throw notFound('account');
  return presentMe(row);
}
