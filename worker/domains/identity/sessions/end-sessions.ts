import { and, eq, isNull, ne } from 'drizzle-orm';
import { authorizationCodes, sessions, signInChallenges } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import type { SqlTransaction } from '../../../kernel/database.ts';
import { dropAskedEmail } from '../account/drop-asked-email.ts';

/**
 * Ends a person's sessions at once, but `except`, and what would open another: codes of the extension, sign-ins half done, an address asked
 * for in a session that ends. The caller holds the person.
 * @returns how many sessions ended
 */
export async function endSessions(
  ports: Ports,
  tx: SqlTransaction,
  userId: string,
  { reason, except }: { reason: string; except?: string },
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: ports.now(), revokedReason: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), except === undefined ? undefined : ne(sessions.id, except)))
    .returning({ id: sessions.id });
  await tx
    .update(authorizationCodes)
    .set({ usedAt: ports.now() })
    .where(and(eq(authorizationCodes.userId, userId), isNull(authorizationCodes.usedAt)));
  await tx
    .update(signInChallenges)
    .set({ usedAt: ports.now() })
    .where(and(eq(signInChallenges.userId, userId), isNull(signInChallenges.usedAt)));
  await dropAskedEmail(ports, tx, userId, (sessionId) => sessionId !== except);
  return ended.length;
}
