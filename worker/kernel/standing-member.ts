import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { ROLE_PERMISSIONS, type Standing } from '#shared/rules/permissions.ts';
import { sessions } from '#schema/index.ts';
import type { AccessClaims, PresentedToken } from './access-token.ts';
import { createContext, NO_ORGANIZATION, type Context, type Ports } from './context.ts';
import { AppError } from './errors.ts';
import { holdPerson } from './hold-person.ts';

/** A session's last sign of life is written at most this often. */
const SEEN_EVERY_MS = 5 * 60_000;

/** A session that stands, and what its person may do where it works. */
export interface StandingSession {
  userId: string;
  sessionId: string;
  isStaff: boolean;
  provenAt: Date;
  lastSeenAt: Date;
  /** Null = not by a token. */
  tokenEndsAt: Date | null;
  /** Null = in no organization, or in it no longer. */
  membership: { organizationId: string; role: Standing; clientId: string | null; supportUntil: Date | null } | null;
}

/**
 * The session behind a token, while session and person stand; null once one of them has ended. Looked up each time, in one statement, so
 * that a sign-out, a disabled person, a removed member or a changed role takes effect at once.
 */
export async function standingSession(ports: Ports, claims: AccessClaims | PresentedToken): Promise<StandingSession | null> {
  const { userId, sessionId, organizationId } = claims;
  const now = ports.now();
  const { rows } = await ports.database.within({}).read((q) =>
    q.execute<{
      organization_id: string | null;
      proven_at: string;
      last_seen_at: string;
      is_staff: boolean;
      role: Standing | null;
      client_id: string | null;
      support_until: string | null;
    }>(sql`select * from standing_session(${sessionId}, ${userId}, ${now.toISOString()})`),
  );
  const [row] = rows;
  const lastSeenAt = row && new Date(row.last_seen_at);
  if (lastSeenAt && now.getTime() - lastSeenAt.getTime() > SEEN_EVERY_MS) ports.waitUntil(noteSeen(ports, sessionId, now));
  // A session that went to another organization since this token was given is not what the token says: a fresh token is.
  if (!row || row.organization_id !== organizationId) return null;
  const supportUntil = row.support_until === null ? null : new Date(row.support_until);
  const role = row.role ?? (supportUntil ? 'support' : null);
  return {
    userId,
    sessionId,
    isStaff: row.is_staff,
    provenAt: new Date(row.proven_at),
    lastSeenAt: lastSeenAt as Date,
    tokenEndsAt: 'endsAt' in claims ? claims.endsAt : null,
    membership: organizationId !== null && role ? { organizationId, role, clientId: row.client_id, supportUntil } : null,
  };
}

/** After the answer, and by one of any number of calls at once. A failure costs only a line in the list of sessions. */
async function noteSeen(ports: Ports, sessionId: string, now: Date): Promise<void> {
  await ports.database
    .within({})
    .read((q) =>
      q
        .update(sessions)
        .set({ lastSeenAt: now })
        .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, new Date(now.getTime() - SEEN_EVERY_MS)))),
    )
    .catch((error: unknown) => ports.log.error('session.not_noted', error));
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
    tokenEndsAt: session.tokenEndsAt,
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
    tokenEndsAt: session.tokenEndsAt,
  });
}

/** The member a session belongs to, while everything stands. */
export async function standingMember(ports: Ports, claims: AccessClaims): Promise<Context | null> {
  const session = await standingSession(ports, claims);
  return session && memberContext(ports, session);
}

/**
 * For what asks for a proof: each transaction begins with one more look at the session, while its person is held. A call that was judged
 * before somebody ended the session, and is slow, changes nothing after that.
 */
export function whileSessionStands(ctx: Context): Context {
  const { userId, sessionId } = ctx.person();
  return {
    ...ctx,
    transaction: (work) =>
      ctx.transaction(async (tx) => {
        await holdPerson(tx.sql, userId);
        const [stands] = await tx.sql
          .select({ id: sessions.id })
          .from(sessions)
          .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)));
        if (!stands) throw new AppError('not_signed_in', 'Your session has ended. Sign in again; nothing you typed is lost.');
        return work(tx);
      }),
  };
}
