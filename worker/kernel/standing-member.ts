import { and, eq, isNull } from 'drizzle-orm';
import { ROLE_PERMISSIONS, type Standing } from '#shared/rules/permissions.ts';
import { clients, memberships, organizations, sessions, supportGrants, supportVisits, users } from '#schema/index.ts';
import type { AccessClaims } from './access-token.ts';
import { createContext, NO_ORGANIZATION, type Context, type Ports } from './context.ts';

/** A session that stands, and what its person may do where it works. */
export interface StandingSession {
  userId: string;
  sessionId: string;
  isStaff: boolean;
  provenAt: Date;
  lastSeenAt: Date;
  /** Null = in no organization, or in it no longer. */
  membership: { organizationId: string; role: Standing; clientId: string | null; supportUntil: Date | null } | null;
}

/**
 * The session behind a token, while session and person stand; null once one of them has ended. Looked up each time, in one statement, so
 * that a sign-out, a disabled person, a removed member or a changed role takes effect at once.
 */
export async function standingSession(ports: Ports, { userId, sessionId, organizationId }: AccessClaims): Promise<StandingSession | null> {
  const now = ports.now();
  const [row] = await ports.database.within({ userId, ...(organizationId === null ? {} : { organizationId }) }).read((q) =>
    q
      .select({
        organizationId: sessions.organizationId,
        provenAt: sessions.provenAt,
        lastSeenAt: sessions.lastSeenAt,
        isStaff: users.isStaff,
        role: memberships.role,
        clientId: memberships.clientId,
        clientArchived: clients.archivedAt,
        organization: organizations.id,
        visitEnds: supportVisits.expiresAt,
        visitEnded: supportVisits.endedAt,
        grantRevoked: supportGrants.revokedAt,
      })
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAt)))
      .leftJoin(organizations, eq(organizations.id, sessions.organizationId))
      .leftJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.organizationId, sessions.organizationId)))
      .leftJoin(clients, and(eq(clients.id, memberships.clientId), eq(clients.organizationId, memberships.organizationId)))
      .leftJoin(supportVisits, and(eq(supportVisits.id, sessions.supportVisitId), eq(supportVisits.userId, sessions.userId)))
      .leftJoin(supportGrants, eq(supportGrants.id, supportVisits.grantId))
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt))),
  );
  // A session that went to another organization since this token was given is not what the token says: a fresh token is.
  if (!row || row.organizationId !== organizationId) return null;
  const visit =
    row.isStaff && row.visitEnds && row.visitEnds > now && !row.visitEnded && !row.grantRevoked
      ? { role: 'support' as const, clientId: null, supportUntil: row.visitEnds }
      : null;
  // An archived client's logins lead nowhere.
  const member = row.role && !row.clientArchived ? { role: row.role, clientId: row.clientId, supportUntil: null } : visit;
  return {
    userId,
    sessionId,
    isStaff: row.isStaff,
    provenAt: row.provenAt,
    lastSeenAt: row.lastSeenAt,
    membership: organizationId !== null && row.organization !== null && member ? { organizationId, ...member } : null,
  };
}

/** The context of a person as a member of the organization they work in; null when they are none there. */
export function memberContext(ports: Ports, session: StandingSession): Context | null {
  const { membership } = session;
  if (!membership || (membership.role === 'client' && membership.clientId === null)) return null;
  return createContext(ports, membership.organizationId, {
    kind: 'user',
    userId: session.userId,
    sessionId: session.sessionId,
    role: membership.role,
    permissions: ROLE_PERMISSIONS[membership.role],
    clientId: membership.clientId,
    provenAt: session.provenAt,
  });
}

/** The context of a person as such: behind the walls of no organization. What they do is in the audit log of where they work. */
export function personContext(ports: Ports, session: StandingSession): Context {
  return createContext(ports, session.membership?.organizationId ?? NO_ORGANIZATION, {
    kind: 'user',
    userId: session.userId,
    sessionId: session.sessionId,
    role: null,
    permissions: [],
    clientId: null,
    provenAt: session.provenAt,
  });
}

/** The member a session belongs to, while everything stands. */
export async function standingMember(ports: Ports, claims: AccessClaims): Promise<Context | null> {
  const session = await standingSession(ports, claims);
  return session && memberContext(ports, session);
}
