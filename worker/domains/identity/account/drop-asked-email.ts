import { and, eq, isNull } from 'drizzle-orm';
import { oneTimeTokens } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import type { SqlTransaction } from '../../../kernel/database.ts';
import { payloadPlace } from '../links/one-time-tokens.ts';
import type { NewEmail } from './change-email.ts';

/**
 * A wish for another address ends with the session it was asked in: who throws a stranger out must not find the account under the
 * stranger's address a day later.
 */
export async function dropAskedEmail(
  ports: Ports,
  tx: SqlTransaction,
  userId: string,
  hasEnded: (sessionId: string) => boolean,
): Promise<void> {
  const open = and(eq(oneTimeTokens.userId, userId), eq(oneTimeTokens.purpose, 'change_email'), isNull(oneTimeTokens.usedAt));
  const [asked] = await tx.select({ hash: oneTimeTokens.hash, payload: oneTimeTokens.payload }).from(oneTimeTokens).where(open);
  if (!asked?.payload) return;
  const { sessionId } = JSON.parse(await ports.keyRing.unseal(payloadPlace(asked.hash), asked.payload)) as NewEmail;
  if (hasEnded(sessionId)) await tx.update(oneTimeTokens).set({ usedAt: ports.now() }).where(open);
}
