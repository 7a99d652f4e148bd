import { and, eq, isNull, sql } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { confirmNewEmail as contract } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { actingPerson } from '../acting-person.ts';
import { emailKey } from '../email-key.ts';
import { endLinks, linkIsGone, ownerOfLink, useLink } from '../links/one-time-tokens.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { NewEmail } from './change-email.ts';
import { ownUser } from './own-user.ts';

/**
 * Takes the new address by the link sent to it. Sessions end but the one that asked; links mailed to the old address die, and it is told.
 * @throws expired also when the address was changed another way since, conflict when it has an account by now
 */
export async function confirmNewEmail(ports: Ports, { token }: BodyOf<typeof contract>): Promise<Record<string, never>> {
  const user = await ownUser(ports, await ownerOfLink(ports, 'change_email', token));
  const ctx = await actingPerson(ports, user.id);
  await ctx.transaction(async (tx) => {
    const { email, instead, sessionId } = (await useLink(ports, tx.sql, 'change_email', token)).payload as NewEmail;
    // Of two accounts that take one address at once the second waits here, and then sees the first.
    await tx.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${emailKey(email)}, 0))`);
    const [taken] = await tx.sql
      .select({ id: users.id })
      .from(users)
      .where(eq(users.emailKey, emailKey(email)));
    if (taken)
      throw new AppError('conflict', 'This address has an account already. Your own keeps the address it has.', {
        reason: 'address_has_account',
      });
    const [changed] = await tx.sql
      .update(users)
      .set({ email, emailKey: emailKey(email) })
      .where(and(eq(users.id, user.id), eq(users.emailKey, instead), isNull(users.disabledAt)))
      .returning({ id: users.id });
    if (!changed) throw linkIsGone();
    await endLinks(ports, tx.sql, user.id);
    await endSessions(ports, tx.sql, user.id, { reason: 'email_changed', except: sessionId });
    await tx.audit('identity.email_changed', user.id);
    await queueSecurityNotice(ctx, tx, user, 'email_changed');
  });
  return {};
}
