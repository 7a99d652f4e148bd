import { readAgain } from '../../http/read-again.ts';
import { send, type Outside } from '../../http/send.ts';
import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';
import { PlatformError } from '../../platform-error.ts';
import { snapCall } from './client.ts';
import { isJson, textOf } from './kinds.ts';
import { unreadable } from './map-error.ts';

const LOGIN = 'https://accounts.snapchat.com/login/oauth2';
/** Ads, and the public profiles that ads speak for. */
const SCOPES = ['snapchat-marketing-api', 'snapchat-profile-api'];
const TIMEOUT_MS = 15_000;

type Tokens = Pick<TokenGrant, 'accessToken' | 'refreshToken' | 'expiresAt' | 'scopes'>;

/** Authorization code without PKCE; an hour of access, and a refresh token that goes on. */
export const snapchatOAuth: ConnectOAuth = {
  authorizeUrl: (app, { redirectUri, state }) =>
    `${LOGIN}/authorize?${new URLSearchParams({ client_id: app.id, redirect_uri: redirectUri, response_type: 'code', scope: SCOPES.join(' '), state })}`,

  async exchange(outside, app, { code, redirectUri }) {
    const tokens = await tokenCall(outside, app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    // The code is spent by now: a passing failure here must not send the person back to the consent page.
    const { me } = await readAgain(() =>
      snapCall({ outside, accessToken: tokens.accessToken, timeoutMs: TIMEOUT_MS }, { method: 'GET', path: 'me' }),
    );
    const id = isJson(me) ? textOf(me['id']) : null;
    if (!isJson(me) || id === null) throw unreadable('The platform does not say who granted this.', me);
    return { ...tokens, externalUserId: id, displayName: textOf(me['display_name']) ?? textOf(me['email']) ?? id };
  },

  /** One call and no more: a second one that fails would lose a refresh token that was just exchanged for another. */
  async renew(outside, app, { refreshToken, externalId }) {
    if (refreshToken === null)
      throw new PlatformError('auth', 'There is no refresh token; Snapchat has to be connected again.', { platform: 'snapchat' });
    const tokens = await tokenCall(outside, app, { grant_type: 'refresh_token', refresh_token: refreshToken });
    return { ...tokens, externalUserId: externalId, displayName: externalId };
  },

  /** Access is taken away by the person, under Connected Apps; the platform documents no call for it. Forgotten tokens end within the hour. */
  revoke: () => Promise.resolve(),
};

async function tokenCall(outside: Outside, app: AppCredentials, fields: Record<string, string>): Promise<Tokens> {
  const { status, json } = await send(outside, 'snapchat', `${LOGIN}/access_token`, {
    method: 'POST',
    timeoutMs: TIMEOUT_MS,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: app.id, client_secret: app.secret, ...fields }).toString(),
  });
  const answer = isJson(json) ? json : {};
  if (status >= 400) throw refusedToken(status, textOf(answer['error']), fields['grant_type'] === 'refresh_token');
  const accessToken = textOf(answer['access_token']);
  if (accessToken === null)
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'snapchat', httpStatus: status });
  const seconds = answer['expires_in'];
  return {
    accessToken,
    refreshToken: textOf(answer['refresh_token']),
    // An hour now, half of one in older texts: what the answer says counts.
    expiresAt: typeof seconds === 'number' ? new Date(Date.now() + seconds * 1000) : null,
    scopes: textOf(answer['scope'])?.split(/[ +]+/) ?? [],
  };
}

/** By the words of RFC 6749: a refresh token that is no longer good ends the connection, a fault of our own app's does not. */
function refusedToken(status: number, code: string | null, isRenewal: boolean): PlatformError {
  const isOver = status < 500 && code !== null;
  const failure =
    status === 429 ? 'throttled' : !isOver ? 'unknown' : !isRenewal ? 'refused' : code === 'invalid_grant' ? 'auth' : 'unknown';
  return new PlatformError(failure, 'Snapchat did not accept the authorization.', {
    platform: 'snapchat',
    httpStatus: status,
    ...(code === null ? {} : { code }),
  });
}
