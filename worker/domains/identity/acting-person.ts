import { desc, eq, sql } from 'drizzle-orm';
import { memberships, sessions } from '#schema/index.ts';
import { createContext, NO_ORGANIZATION, type Context, type Ports } from '../../kernel/context.ts';

/**
 * Somebody who just proved to be this person, before or without a session: what they do stands in the audit log of the organization they
 * worked in last, or else of the oldest they belong to.
 */
export async function actingPerson(ports: Ports, userId: string): Promise<Context> {
  const lastSeen = sql`(select max(${sessions.lastSeenAt}) from ${sessions} where ${sessions.userId} = ${userId} and ${sessions.organizationId} = ${memberships.organizationId} and ${sessions.supportVisitId} is null)`;
  const [membership] = await ports.database.within({ userId }).read((q) =>
    q
      .select({ organizationId: memberships.organizationId })
      .from(memberships)
      .where(eq(memberships.userId, userId))
      .orderBy(sql`${desc(lastSeen)} nulls last`, memberships.createdAt)
      .limit(1),
  );
  return createContext(ports, membership?.organizationId ?? NO_ORGANIZATION, {
    kind: 'user',
    userId,
    sessionId: '',
    role: null,
    permissions: [],
    clientId: null,
    provenAt: ports.now(),
  });
}
