import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#schema/index.ts';
import { createContext, type Context, type Tx } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';

/** The caller inside an organization their session does not stand in yet. */
export function contextIn(ctx: Context, organizationId: string): Context {
  return createContext(ctx.ports, organizationId, ctx.person());
}

/** Where the caller's session works now; null = in no organization. @throws conflict on a visit to a customer, which is left first */
export async function whereSessionWorks(ctx: Context): Promise<string | null> {
  const { userId, sessionId } = ctx.person();
  const [session] = await ctx.ports.database.within({ userId }).read((q) =>
    q
      .select({ organizationId: sessions.organizationId, supportVisitId: sessions.supportVisitId })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt))),
  );
  if (!session) throw moved();
  if (session.supportVisitId !== null)
    throw new AppError('conflict', 'You are on a visit to a customer. End the visit first; then do this again.', { reason: 'on_a_visit' });
  return session.organizationId;
}

/** Inside the transaction of the organization it goes to: the session works there from now on, if it still works where it did. */
export async function moveSession(ctx: Context, tx: Tx, from: string | null): Promise<void> {
  const { userId, sessionId } = ctx.person();
  const [won] = await tx.sql
    .update(sessions)
    .set({ organizationId: ctx.organizationId })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        from === null ? isNull(sessions.organizationId) : eq(sessions.organizationId, from),
      ),
    )
    .returning({ id: sessions.id });
  if (!won) throw moved();
  // Not where from: that is another organization's, and the person's own affair.
  await tx.audit('organization.enter', userId);
  if (from !== null && from !== ctx.organizationId) await tx.auditIn(from, 'organization.exit', userId);
}

const moved = () =>
  new AppError(
    'conflict',
    'This session went to another organization, or ended, a moment ago. Nothing was changed; look where you are and try again.',
    { reason: 'session_moved' },
  );
