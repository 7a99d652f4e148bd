import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { confirmSignUp as contract, Tokens } from '#shared/contracts/identity.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { readLink, useLink } from '../links/one-time-tokens.ts';
import { loadMe } from '../load-me.ts';
import { hashPassword } from '../password/password.ts';
import { refuseWeakPassword } from '../password/refuse-weak-password.ts';
import { openSession } from '../sessions/open-session.ts';
import { foundingContext, openAccount } from './open-account.ts';
import type { PendingSignUp } from './sign-up.ts';

/**
 * The account, its organization and the first session, all at once, by the link of the mail.
 * @param browser the secret of the browser the link is used in; null = it has none
 */
export async function confirmSignUp(
  ports: Ports,
  { token, password }: BodyOf<typeof contract>,
  browser: string | null,
): Promise<Tokens & { refreshToken: string }> {
  const passwordHash = await ownPassword(ports, token, password, browser);
  const ctx = foundingContext(ports);
  const { organizationId } = ctx;
  const { userId } = ctx.person();
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    const pending = (await useLink(ports, tx.sql, 'sign_up', token)).payload as PendingSignUp;
    const user = await openAccount(ctx, tx, { ...pending, passwordHash });
    if (!user)
      throw new AppError('conflict', 'This address has an account already. Sign in, or ask for a new password.', {
        reason: 'address_has_account',
      });
    return openSession(ports, tx.sql, { userId, organizationId, client: 'web', method: 'password' });
  });
  return { ...issued, me: await loadMe(ports, { userId, organizationId, sessionId }) };
}

/**
 * The hash of a password that the mailbox's owner chose. Anybody can ask for an account under another's address; only in the browser that
 * asked is whoever presses the link known to be who typed the password then. The link is not used up here.
 * @throws invalid_input naming `password` when another one is needed, or the one given is weak
 */
async function ownPassword(ports: Ports, token: string, password: string | undefined, browser: string | null): Promise<string> {
  const pending = (await readLink(ports, 'sign_up', token)).payload as PendingSignUp;
  if (password !== undefined) {
    await refuseWeakPassword(ports, password, pending);
    return hashPassword(password);
  }
  if (browser !== null && (await sha256Hex(browser)) === pending.browserHash) return pending.passwordHash;
  const message = 'Choose a password: this link was asked for in another browser.';
  throw new AppError('invalid_input', `${message} The link stays good.`, { fields: [{ path: 'password', message }] });
}
