import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { confirmSignUp as contract, Tokens } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { useLink } from '../links/one-time-tokens.ts';
import { loadMe } from '../load-me.ts';
import { openSession } from '../sessions/open-session.ts';
import { foundingContext, openAccount } from './open-account.ts';
import type { PendingSignUp } from './sign-up.ts';

/** The account, its organization and the first session, all at once, by the link of the mail. */
export async function confirmSignUp(ports: Ports, { token }: BodyOf<typeof contract>): Promise<Tokens & { refreshToken: string }> {
  const ctx = foundingContext(ports);
  const { organizationId } = ctx;
  const { userId } = ctx.person();
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    const pending = (await useLink(ports, tx.sql, 'sign_up', token)).payload as PendingSignUp;
    const user = await openAccount(ctx, tx, pending);
    if (!user) throw new AppError('conflict', 'This address has an account already. Sign in, or ask for a new password.');
    return openSession(ports, tx.sql, { userId, organizationId, client: 'web', method: 'password' });
  });
  return { ...issued, me: await loadMe(ports, { userId, organizationId, sessionId }) };
}
