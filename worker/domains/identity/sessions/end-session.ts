import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { holdPerson } from '../../../kernel/hold-person.ts';
import { dropAskedEmail } from '../account/drop-asked-email.ts';
import { endSessions } from './end-sessions.ts';

/** Signs out one of the person's own sessions. @throws not_found for somebody else's, and for one that has ended */
export async function endSession(ctx: Context, id: string): Promise<Record<string, never>> {
  const { userId } = ctx.person();
  await ctx.transaction(async (tx) => {
    await holdPerson(tx.sql, userId);
    const [ended] = await tx.sql
      .update(sessions)
      .set({ revokedAt: ctx.now(), revokedReason: 'ended_by_person' })
      .where(and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (!ended) throw notFound('session');
    await dropAskedEmail(ctx.ports, tx.sql, userId, (sessionId) => sessionId === id);
    await tx.audit('identity.end_session', id);
  });
  return {};
}

/** Signs the person out everywhere but here. */
export async function endOtherSessions(ctx: Context): Promise<{ ended: number }> {
  const { userId, sessionId } = ctx.person();
  const ended = await ctx.transaction(async (tx) => {
    await holdPerson(tx.sql, userId);
    const count = await endSessions(ctx.ports, tx.sql, userId, { reason: 'ended_by_person', except: sessionId });
    await tx.audit('identity.end_other_sessions', userId, { ended: count });
    return count;
  });
  return { ended };
}
