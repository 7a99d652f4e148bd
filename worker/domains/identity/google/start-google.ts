import { signInStates } from '#schema/index.ts';
import { boundState, browserSecret, isOwnPath, type BrowserCookie } from '../../../kernel/browser-cookie.ts';
import { randomSecret, sha256Base64Url, sha256Hex } from '../../../kernel/bytes.ts';
import { NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import { outsideUrl } from '../../../kernel/create-ports.ts';
import { AppError } from '../../../kernel/errors.ts';
import { GOOGLE, googleApp } from './google-api.ts';

const STATE_MINUTES = 10;
export const SIGN_IN_COOKIE: BrowserCookie = { name: 'inlay_sign_in', path: '/v1/auth/google', minutes: STATE_MINUTES };

/** What an account begins with that may come of a sign-in. */
export type Beginning = NonNullable<(typeof signInStates.$inferSelect)['beginning']>;

export const verifierPlace = (stateHash: string) => ({
  organizationId: NO_ORGANIZATION,
  table: 'sign_in_states',
  column: 'code_verifier',
  row: stateHash,
});
/** Back to the origin it began on: our cookies live there. */
export const callbackUrl = ({ settings }: Ports, request: Request): string => {
  const { origin } = new URL(request.url);
  return `${origin === new URL(settings.APP_ORIGIN).origin ? origin : settings.API_ORIGIN}/v1/auth/google/callback`;
};

/**
 * Google's consent page. State, nonce and PKCE verifier work once, within ten minutes, in the browser that asked. `link` = a signed-in
 * person links Google to their account, in the session that asks.
 */
export async function startGoogle(
  ports: Ports,
  returnTo: string,
  request: Request,
  { link, beginning }: { link?: { userId: string; sessionId: string }; beginning?: Beginning | undefined } = {},
): Promise<{ url: string; cookie: string }> {
  const app = googleApp(ports);
  if (!isOwnPath(returnTo))
    throw new AppError('invalid_input', 'The way back must be a page of this app.', {
      fields: [{ path: 'returnTo', message: 'Give a path such as /settings/account.' }],
    });
  const { secret, cookie } = browserSecret(request, SIGN_IN_COOKIE);
  const [state, nonce, codeVerifier] = [randomSecret(), randomSecret(), randomSecret(48)];
  const stateHash = await sha256Hex(boundState(state, secret));
  const row = {
    stateHash,
    provider: 'google' as const,
    nonceHash: await sha256Hex(nonce),
    codeVerifier: await ports.keyRing.seal(verifierPlace(stateHash), codeVerifier),
    returnTo,
    ...link,
    beginning: beginning ?? null,
    expiresAt: new Date(ports.now().getTime() + STATE_MINUTES * 60_000),
  };
  await ports.database.within({}).read((q) => q.insert(signInStates).values(row));
  const url = new URL(GOOGLE.authorization_endpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: app.id,
    redirect_uri: callbackUrl(ports, request),
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await sha256Base64Url(codeVerifier),
    code_challenge_method: 'S256',
    prompt: 'select_account',
  }).toString();
  return { url: outsideUrl(ports.settings.OUTSIDE_ORIGIN, url.href), cookie };
}
