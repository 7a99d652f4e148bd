import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { memberships, sessions } from '#schema/index.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import { createContext, NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import { deviceName } from '../device-name.ts';
import { loadMe } from '../load-me.ts';
import { queueSecurityNotice, type Addressee } from '../security-notice.ts';
import { openSession, type SessionStart } from '../sessions/open-session.ts';

/** How many earlier sessions a device or a place is looked for in. */
const REMEMBERED = 100;

/** A web session where the person worked last, or in the oldest organization they belong to. A device or a place never seen before is told by mail. */
export async function startSession(
  ports: Ports,
  user: Addressee,
  method: SessionStart['method'],
): Promise<Tokens & { refreshToken: string }> {
  const [organizationId, isNew] = await Promise.all([lastOrganization(ports, user.id), isNewHere(ports, user.id)]);
  const ctx = createContext(ports, organizationId ?? NO_ORGANIZATION, {
    kind: 'user',
    userId: user.id,
    sessionId: '',
    role: null,
    permissions: [],
    clientId: null,
    provenAt: ports.now(),
  });
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    const opened = await openSession(ports, tx.sql, { userId: user.id, organizationId, client: 'web', method });
    await tx.audit('identity.sign_in', user.id, { method, session: opened.sessionId });
    if (isNew) await queueSecurityNotice(ctx, tx, user, 'new_sign_in');
    return opened;
  });
  return { ...issued, me: await loadMe(ports, { userId: user.id, organizationId, sessionId }) };
}

async function lastOrganization(ports: Ports, userId: string): Promise<string | null> {
  const lastSeen = sql`(select max(${sessions.lastSeenAt}) from ${sessions} where ${sessions.userId} = ${userId} and ${sessions.organizationId} = ${memberships.organizationId} and ${sessions.supportVisitId} is null)`;
  const [membership] = await ports.database.within({ userId }).read((q) =>
    q
      .select({ organizationId: memberships.organizationId })
      .from(memberships)
      .where(eq(memberships.userId, userId))
      .orderBy(sql`${lastSeen} desc nulls last`, memberships.createdAt)
      .limit(1),
  );
  return membership?.organizationId ?? null;
}

/** The very first session is nobody's surprise; a place that Cloudflare does not know is no new place. */
async function isNewHere(ports: Ports, userId: string): Promise<boolean> {
  const earlier = await ports.database.within({ userId }).read((q) =>
    q
      .select({ userAgent: sessions.userAgent, place: sessions.place })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.supportVisitId)))
      .orderBy(desc(sessions.createdAt))
      .limit(REMEMBERED),
  );
  if (earlier.length === 0) return false;
  const { userAgent = null, place = null } = ports.caller ?? {};
  const device = deviceName(userAgent);
  return !earlier.some((one) => deviceName(one.userAgent) === device) || (place !== null && !earlier.some((one) => one.place === place));
}
