import * as accountContracts from '#shared/contracts/account.ts';
import * as contracts from '#shared/contracts/identity.ts';
import type { SignedIn } from '#shared/contracts/identity.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { browserSecret, readBrowserSecret } from '../../kernel/browser-cookie.ts';
import { NO_ORGANIZATION } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { changeEmail } from './account/change-email.ts';
import { changePassword } from './account/change-password.ts';
import { confirmNewEmail } from './account/confirm-new-email.ts';
import { loadAccount } from './account/load-account.ts';
import { resetPassword } from './account/reset-password.ts';
import { updateAccount } from './account/update-account.ts';
import { authorizeExtension } from './extension/authorize-extension.ts';
import { exchangeCode } from './extension/exchange-code.ts';
import { finishGoogle } from './google/finish-google.ts';
import { startGoogle } from './google/start-google.ts';
import { unlinkGoogle } from './google/unlink-google.ts';
import { wishForLink } from './links/wish-for-link.ts';
import { loadMe } from './load-me.ts';
import { prove } from './proof/prove.ts';
import { sendProof } from './proof/send-proof.ts';
import { secondFactor } from './second-factor/challenge.ts';
import { confirmSecondFactor } from './second-factor/confirm-second-factor.ts';
import { newRecoveryCodes } from './second-factor/new-recovery-codes.ts';
import { removeSecondFactor } from './second-factor/remove-second-factor.ts';
import { startSecondFactor } from './second-factor/start-second-factor.ts';
import { endOtherSessions, endSession } from './sessions/end-session.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { readRefreshCookie, refreshCookie } from './sessions/refresh-cookie.ts';
import { refreshSession } from './sessions/refresh-session.ts';
import { signOut } from './sessions/sign-out.ts';
import { withCookie, type Answering } from './sessions/with-cookie.ts';
import type { FirstFactorDone } from './sign-in/finish-first-factor.ts';
import { signIn } from './sign-in/sign-in.ts';
import { useMagicLink } from './sign-in/use-magic-link.ts';
import { confirmSignUp } from './sign-up/confirm-sign-up.ts';
import { SIGN_UP_COOKIE, signUp } from './sign-up/sign-up.ts';

const orChallenge = (done: FirstFactorDone, parts: Answering): SignedIn => ('secondFactor' in done ? done : withCookie(done, parts));
/** A cookie counts only when our own pages send it. */
function ownPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(request.url).origin;
}

export const routes = defineRoutes((bind) => {
  bind.public(
    contracts.signUp,
    async (ports, { body, request, setHeader }) => {
      const { secret, cookie } = browserSecret(request, SIGN_UP_COOKIE);
      const done = await signUp(ports, body, secret);
      setHeader('set-cookie', cookie);
      return done;
    },
    'sign-up',
  );
  bind.public(
    contracts.confirmSignUp,
    async (ports, parts) => {
      const browser = ownPage(parts.request) ? readBrowserSecret(parts.request, SIGN_UP_COOKIE) : null;
      return withCookie(await confirmSignUp(ports, parts.body, browser), parts);
    },
    'sign-in',
  );
  bind.public(contracts.signIn, async (ports, parts) => orChallenge(await signIn(ports, parts.body), parts), 'sign-in');
  bind.public(contracts.secondFactor, async (ports, parts) => withCookie(await secondFactor(ports, parts.body), parts), 'second-factor');
  bind.public(contracts.sendMagicLink, (ports, { body }) => wishForLink(ports, 'magic_link', body.email), 'magic-link');
  bind.public(contracts.useMagicLink, async (ports, parts) => orChallenge(await useMagicLink(ports, parts.body), parts), 'sign-in');
  bind.public(contracts.sendPasswordReset, (ports, { body }) => wishForLink(ports, 'reset_password', body.email), 'password-reset');
  bind.public(contracts.resetPassword, (ports, { body }) => resetPassword(ports, body), 'password-reset');
  bind.public(contracts.confirmNewEmail, (ports, { body }) => confirmNewEmail(ports, body), 'magic-link');
  bind.public(
    contracts.startGoogle,
    async (ports, { body, request, setHeader }) => {
      const { url, cookie } = await startGoogle(ports, body.returnTo, request, { beginning: body.beginning });
      setHeader('set-cookie', cookie);
      return { url };
    },
    'sign-in',
  );
  // Where Google sends the browser, which brings no session: state and cookie prove that it began here.
  bind.raw('GET', '/v1/auth/google/callback', { kind: 'public' }, async ({ ports, request }) => {
    const { location, refreshToken } = await finishGoogle(ports, request);
    const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    if (refreshToken !== null) headers.set('set-cookie', refreshCookie(request, refreshToken));
    return new Response(null, { status: 302, headers });
  });
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
    return signOut(ports, parts.body.refreshToken ?? (ownPage(parts.request) ? readRefreshCookie(parts.request) : null));
  });
  bind.person(contracts.getMe, (ctx) => {
    const { userId, sessionId } = ctx.person();
    return loadMe(ctx.ports, { userId, sessionId, organizationId: ctx.organizationId === NO_ORGANIZATION ? null : ctx.organizationId });
  });
  bind.person(accountContracts.getAccount, (ctx) => loadAccount(ctx));
  bind.person(accountContracts.updateAccount, (ctx, { body }) => updateAccount(ctx, body));
  bind.person(accountContracts.changePassword, (ctx, { body }) => changePassword(ctx, body));
  bind.person(accountContracts.changeEmail, (ctx, { body }) => changeEmail(ctx, body));
  bind.person(accountContracts.linkGoogle, async (ctx, { body, request, setHeader }) => {
    const { userId, sessionId } = ctx.person();
    const { url, cookie } = await startGoogle(ctx.ports, body.returnTo, request, { link: { userId, sessionId } });
    setHeader('set-cookie', cookie);
    return { url };
  });
  bind.person(accountContracts.unlinkGoogle, (ctx) => unlinkGoogle(ctx));
  bind.person(accountContracts.listSessions, (ctx) => listSessions(ctx));
  bind.person(accountContracts.endSession, (ctx, { params }) => endSession(ctx, params.id));
  bind.person(accountContracts.endOtherSessions, (ctx) => endOtherSessions(ctx));
  bind.person(accountContracts.prove, (ctx, { body }) => prove(ctx, body), 'prove');
  bind.person(accountContracts.sendProof, (ctx) => sendProof(ctx), 'prove');
  bind.person(accountContracts.startSecondFactor, (ctx) => startSecondFactor(ctx));
  bind.person(accountContracts.confirmSecondFactor, (ctx, { body }) => confirmSecondFactor(ctx, body), 'second-factor');
  bind.person(accountContracts.newRecoveryCodes, (ctx) => newRecoveryCodes(ctx));
  bind.person(accountContracts.removeSecondFactor, (ctx) => removeSecondFactor(ctx));
  bind.member(contracts.authorize, (ctx, { body }) => authorizeExtension(ctx, body));
  bind.public(contracts.exchangeCode, (ports, { body }) => exchangeCode(ports, body), 'oauth-token');
});
