import { and, desc, eq, isNull } from 'drizzle-orm';
import { sessions } from '#schema/index.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import { NO_ORGANIZATION, type Context, type Ports, type Tx } from '../../../kernel/context.ts';
import { actingPerson } from '../acting-person.ts';
import { deviceName } from '../device-name.ts';
import { loadMe } from '../load-me.ts';
import { queueSecurityNotice, type Addressee } from '../security-notice.ts';
import { openSession, type SessionStart } from '../sessions/open-session.ts';

/** How many earlier sessions a device or a place is looked for in. */
const REMEMBERED = 100;

/**
 * A web session where the person worked last, or in the oldest organization they belong to. A device or a place never seen before is told
 * by mail. `also` is done in the same transaction, or nothing is.
 */
export async function startSession(
  ports: Ports,
  user: Addressee,
  method: SessionStart['method'],
  also?: (ctx: Context, tx: Tx) => Promise<void>,
): Promise<Tokens & { refreshToken: string }> {
  const [ctx, isNew] = await Promise.all([actingPerson(ports, user.id), isNewHere(ports, user.id)]);
  const organizationId = ctx.organizationId === NO_ORGANIZATION ? null : ctx.organizationId;
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    await also?.(ctx, tx);
    const opened = await openSession(ports, tx.sql, { userId: user.id, organizationId, client: 'web', method });
    await tx.audit('identity.sign_in', user.id, { method, session: opened.sessionId });
    if (isNew) await queueSecurityNotice(ctx, tx, user, 'new_sign_in');
    return opened;
  });
  return { ...issued, me: await loadMe(ports, { userId: user.id, organizationId, sessionId }) };
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
