import { eq } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { forgetGuesses } from '../guessing/count-guess.ts';
import { endLinks } from '../links/one-time-tokens.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { User } from './own-user.ts';

/**
 * A new password, in the caller's transaction: open links die, sessions end but `except`, guesses at the old one are forgotten, and its
 * owner is told.
 */
export async function setPassword(
  ctx: Context,
  tx: Tx,
  user: User,
  { passwordHash, what, except }: { passwordHash: string; what: 'password_changed' | 'password_reset'; except?: string },
): Promise<void> {
  await tx.sql.update(users).set({ passwordHash }).where(eq(users.id, user.id));
  await forgetGuesses(tx.sql, { kind: 'password', emailKey: user.emailKey });
  await endLinks(ctx.ports, tx.sql, user.id);
  const ended = await endSessions(ctx.ports, tx.sql, user.id, { reason: what, ...(except === undefined ? {} : { except }) });
  await tx.audit(`identity.${what}`, user.id, { sessionsEnded: ended });
  await queueSecurityNotice(ctx, tx, user, what);
}
