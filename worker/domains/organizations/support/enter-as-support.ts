import { and, eq, gt, isNull } from 'drizzle-orm';
import { memberships, sessions, supportGrants, supportVisits, users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import type { enterAsSupport as contract } from '#shared/contracts/support.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { issueTokens, loadMe } from '../../identity/index.ts';
import { queueMail } from '../../mail/index.ts';
import { contextIn, whereSessionWorks } from '../move-session.ts';

const LONGEST_MS = 3_600_000;

/**
 * A visit: a session of its own that ends within the hour, with the grant, or with the first look at a grant that was taken back. Who came
 * and why stands in the customer's audit log, and its owners are told by mail.
 */
export async function enterAsSupport(
  ctx: Context,
  grantId: string,
  { organizationId, reason }: BodyOf<typeof contract>,
): Promise<Tokens & { refreshToken: string }> {
  const { userId, sessionId: homeSessionId, provenAt } = ctx.person();
  const { ports } = ctx;
  await whereSessionWorks(ctx);
  const there = contextIn(ctx, organizationId);
  const visitId = ctx.newId('vis');
  const now = ctx.now();
  const { sessionId, issued } = await there.transaction(async (tx) => {
    const [grant] = await tx.sql
      .select()
      .from(supportGrants)
      .where(
        and(
          eq(supportGrants.id, grantId),
          eq(supportGrants.organizationId, there.organizationId),
          isNull(supportGrants.revokedAt),
          gt(supportGrants.expiresAt, now),
        ),
      )
      // Whoever takes the grant back waits for this visit to be written, and then ends it.
      .for('share');
    if (!grant) throw notFound('support access');
    const [member] = await tx.sql
      .select({ role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.organizationId, there.organizationId), eq(memberships.userId, userId)));
    if (member)
      throw new AppError('conflict', 'You are a member of this organization. Switch to it instead.', { reason: 'own_organization' });
    const expiresAt = new Date(Math.min(now.getTime() + LONGEST_MS, grant.expiresAt.getTime()));
    await tx.sql
      .insert(supportVisits)
      .values({ id: visitId, organizationId: there.organizationId, grantId, userId, reason, expiresAt, homeSessionId, createdAt: now });
    const visit = { sessionId: ctx.newId('ses'), userId, organizationId: there.organizationId };
    await tx.sql.insert(sessions).values({
      id: visit.sessionId,
      userId,
      organizationId: there.organizationId,
      client: 'web',
      method: 'support',
      userAgent: ports.caller?.userAgent?.slice(0, 300) ?? null,
      place: ports.caller?.place ?? null,
      provenAt,
      lastSeenAt: now,
      createdAt: now,
      supportVisitId: visitId,
    });
    const owners = await tx.sql
      .select({ id: users.id, email: users.email, name: users.name, locale: users.locale })
      .from(memberships)
      .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
      .where(and(eq(memberships.organizationId, there.organizationId), eq(memberships.role, 'owner')));
    // Not from which device or place: that is the staff member's own.
    for (const { id, email, name, locale } of owners)
      await queueMail(there, tx, {
        template: 'security_notice',
        to: email,
        locale,
        userId: id,
        data: {
          name,
          what: 'support_let_in',
          at: now.toISOString(),
          place: null,
          device: null,
          link: new URL('/settings/support', ports.settings.APP_ORIGIN).href,
        },
      });
    await tx.audit('support.enter', visitId, { reason, grant: grantId, until: expiresAt.toISOString() });
    return { sessionId: visit.sessionId, issued: await issueTokens(ports, tx.sql, visit, expiresAt) };
  });
  return { ...issued, me: await loadMe(ports, { userId, organizationId, sessionId }) };
}
