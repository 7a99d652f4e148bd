import { and, eq, isNull } from 'drizzle-orm';
import { memberships, sessions, users } from '#schema/index.ts';
import type { AccessClaims } from './access-token.ts';
import { createContext, type Context, type Ports } from './context.ts';
import { ROLE_PERMISSIONS } from './permissions.ts';

/**
 * The member a session belongs to, while session, person and membership all stand; null once one of them has ended. Looked up each
 * time, so that a sign-out, a disabled person or a removed member takes effect at once.
 */
export async function standingMember(ports: Ports, { userId, sessionId, organizationId }: AccessClaims): Promise<Context | null> {
  const [row] = await ports.database.within({ organizationId, userId }).read((q) =>
    q
      .select({ role: memberships.role })
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAt)))
      .innerJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.organizationId, sessions.organizationId)))
      .where(
        and(
          eq(sessions.id, sessionId),
          eq(sessions.userId, userId),
          eq(sessions.organizationId, organizationId),
          isNull(sessions.revokedAt),
        ),
      ),
  );
  if (!row) return null;
  return createContext(ports, organizationId, { kind: 'user', userId, sessionId, role: row.role, permissions: ROLE_PERMISSIONS[row.role] });
}
