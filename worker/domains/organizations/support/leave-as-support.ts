import { and, eq, isNull } from 'drizzle-orm';
import { sessions, supportVisits } from '#schema/index.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { issueTokens, loadMe, SESSION_DAYS } from '../../identity/index.ts';
import { contextIn } from '../move-session.ts';
import { endVisits } from './end-visits.ts';

/** Ends the visit and goes back to the session it was begun from, where that one still stands. */
export async function leaveAsSupport(ctx: Context): Promise<Tokens & { refreshToken: string }> {
  const { userId, sessionId } = ctx.person();
  const { ports } = ctx;
  const [visit] = await ports.database.within({ userId }).read((q) =>
    q
      .select({ id: sessions.supportVisitId, organizationId: sessions.organizationId })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId))),
  );
  const { id, organizationId } = visit ?? { id: null, organizationId: null };
  if (id === null || organizationId === null) throw new AppError('conflict', 'You are on no visit. Nothing was changed.');
  const there = contextIn(ctx, organizationId);
  const home = await there.transaction(async (tx) => {
    const [ended] = await endVisits(there, tx, eq(supportVisits.id, id));
    if (ended) await tx.audit('support.leave', id);
    const homeId = ended?.homeSessionId ?? null;
    if (homeId === null) return null;
    const [session] = await tx.sql
      .select({ sessionId: sessions.id, userId: sessions.userId, organizationId: sessions.organizationId, createdAt: sessions.createdAt })
      .from(sessions)
      .where(and(eq(sessions.id, homeId), eq(sessions.userId, userId), isNull(sessions.revokedAt)));
    if (!session) return null;
    const { createdAt, ...who } = session;
    return { who, issued: await issueTokens(ports, tx.sql, who, new Date(createdAt.getTime() + SESSION_DAYS * 86_400_000)) };
  });
  if (!home) throw new AppError('not_signed_in', 'The visit has ended, and so has the session you came from. Sign in again.');
  return { ...home.issued, me: await loadMe(ports, home.who) };
}
