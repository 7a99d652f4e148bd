import { and, eq, isNull } from 'drizzle-orm';
import { externalIdentities, sessions, users } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import { actingPerson } from '../acting-person.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import type { GoogleIdentity } from './google-api.ts';

/** `session_ended` = who asked was signed out meanwhile; `google_taken` = another account has it; `google_already` = this account has another. */
export type LinkRefusal = 'session_ended' | 'google_taken' | 'google_already';

/** Links a Google account to the person who asked, while the session they asked in stands. @returns null once it is linked */
export async function linkIdentity(
  ports: Ports,
  { userId, sessionId }: { userId: string; sessionId: string },
  { subject, email }: GoogleIdentity,
): Promise<LinkRefusal | null> {
  const ctx = await actingPerson(ports, userId);
  return ctx.transaction(async (tx) => {
    const [user] = await tx.sql
      .select({ id: users.id, email: users.email, name: users.name, locale: users.locale })
      .from(users)
      .innerJoin(sessions, and(eq(sessions.userId, users.id), eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .where(and(eq(users.id, userId), isNull(users.disabledAt)))
      // Two links at once: the second waits, and then sees the first.
      .for('update');
    if (!user) return 'session_ended';
    const [has] = await tx.sql
      .select({ subject: externalIdentities.subject })
      .from(externalIdentities)
      .where(eq(externalIdentities.userId, userId));
    if (has) return has.subject === subject ? null : 'google_already';
    const [linked] = await tx.sql
      .insert(externalIdentities)
      .values({ provider: 'google', subject, userId, email })
      .onConflictDoNothing()
      .returning({ subject: externalIdentities.subject });
    if (!linked) return 'google_taken';
    await tx.audit('identity.google_linked', userId);
    await queueSecurityNotice(ctx, tx, user, 'google_linked');
    return null;
  });
}
