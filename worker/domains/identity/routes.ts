import * as contracts from '#shared/contracts/identity.ts';
import type { SignedIn } from '#shared/contracts/identity.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { NO_ORGANIZATION } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { authorizeExtension } from './extension/authorize-extension.ts';
import { confirmSignUp } from './sign-up/confirm-sign-up.ts';
import { exchangeCode } from './extension/exchange-code.ts';
import { loadMe } from './load-me.ts';
import { readRefreshCookie, refreshCookie } from './sessions/refresh-cookie.ts';
import { refreshSession } from './sessions/refresh-session.ts';
import type { FirstFactorDone } from './sign-in/finish-first-factor.ts';
import { signIn } from './sign-in/sign-in.ts';
import { signOut } from './sessions/sign-out.ts';
import { withCookie, type Answering } from './sessions/with-cookie.ts';
import { signUp } from './sign-up/sign-up.ts';

const orChallenge = (done: FirstFactorDone, parts: Answering): SignedIn => ('secondFactor' in done ? done : withCookie(done, parts));
/** A cookie counts only when our own pages send it. */
function ownPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(request.url).origin;
}

export const routes = defineRoutes((bind) => {
  bind.public(contracts.signUp, (ports, { body }) => signUp(ports, body), 'sign-up');
  bind.public(contracts.confirmSignUp, async (ports, parts) => withCookie(await confirmSignUp(ports, parts.body), parts), 'sign-in');
  bind.public(contracts.signIn, async (ports, parts) => orChallenge(await signIn(ports, parts.body), parts), 'sign-in');
  bind.public(
    contracts.refresh,
    async (ports, parts) => {
      const given = parts.body.refreshToken;
      const token = given ?? (ownPage(parts.request) ? readRefreshCookie(parts.request) : null);
      if (!token) throw new AppError('not_signed_in', 'Sign in to continue.');
      const tokens = await refreshSession(ports, { refreshToken: token, retryId: parts.body.retryId });
      return given ? tokens : withCookie(tokens, parts);
    },
    'refresh',
  );
  bind.public(contracts.signOut, async (ports, parts) => {
    parts.setHeader('set-cookie', refreshCookie(parts.request, null));
    return signOut(ports, parts.body.refreshToken ?? readRefreshCookie(parts.request));
  });
  bind.person(contracts.getMe, (ctx) => {
    const { userId, sessionId } = ctx.person();
    return loadMe(ctx.ports, { userId, sessionId, organizationId: ctx.organizationId === NO_ORGANIZATION ? null : ctx.organizationId });
  });
  bind.member(contracts.authorize, (ctx, { body }) => authorizeExtension(ctx, body));
  bind.public(contracts.exchangeCode, (ports, { body }) => exchangeCode(ports, body), 'oauth-token');
});
