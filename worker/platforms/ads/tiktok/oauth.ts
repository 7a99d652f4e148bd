import { PlatformError } from '../../platform-error.ts';
import type { Outside } from '../../http/send.ts';
import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';
import { tiktokAccounts } from './accounts.ts';
import { ask, type Row } from './client.ts';

const TIMEOUT_MS = 15_000;

/**
 * Sign-in of an advertiser. What the answer carries is kept, for two shapes are described: a token that does not end, and one of a day
 * with a refresh token. There is no PKCE, and what the app may do is set at the app.
 */
export const tiktokOAuth: ConnectOAuth = {
  authorizeUrl(app, { redirectUri, state }) {
    return `https://business-api.tiktok.com/portal/auth?${new URLSearchParams({ app_id: app.id, state, redirect_uri: redirectUri })}`;
  },

  async exchange(outside, app, { code }) {
    const token = await open(outside, 'oauth2/access_token/', { app_id: app.id, secret: app.secret, auth_code: code });
    return toGrant(outside, app, token);
  },

  async renew(outside, app, { refreshToken, externalId }) {
    // A token without one does not end by itself: when it has, only consent brings another.
    if (refreshToken === null)
      throw new PlatformError('refused', 'There is nothing to renew this access with.', { platform: 'tiktok', code: 'no_refresh_token' });
    const token = await open(outside, 'tt_user/oauth2/refresh_token/', {
      client_id: app.id,
      client_secret: app.secret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    // Who it is has not changed, and nobody asks for the accounts again.
    return { ...readGrant(token), externalUserId: externalId, displayName: externalId };
  },

  async revoke(outside, app, accessToken) {
    await open(outside, 'oauth2/revoke_token/', { app_id: app.id, secret: app.secret, access_token: accessToken });
  },
};

/** These calls carry their own proof. */
const open = (outside: Outside, path: `${string}/`, params: Row): Promise<Row> =>
  ask({ outside, accessToken: '', timeoutMs: TIMEOUT_MS }, 'POST', path, params);

/**
 * Nobody is named in the answer, only accounts: the connection is known by the smallest of their ids, so that who connects the same ones
 * again finds what was connected before.
 */
async function toGrant(outside: Outside, app: AppCredentials, token: Row): Promise<TokenGrant> {
  const grant = readGrant(token);
  const accounts = await tiktokAccounts.list({
    outside,
    accessToken: grant.accessToken,
    timeoutMs: TIMEOUT_MS,
    appId: app.id,
    appSecret: app.secret,
  });
  const [first, ...others] = accounts.toSorted(
    (a, b) => a.externalId.length - b.externalId.length || (a.externalId < b.externalId ? -1 : 1),
  );
  if (!first) throw new PlatformError('refused', 'No ad account was chosen.', { platform: 'tiktok', code: 'no_account' });
  return {
    ...grant,
    externalUserId: first.externalId,
    displayName: others.length === 0 ? first.name : `${first.name} +${others.length}`,
  };
}

function readGrant(token: Row): Omit<TokenGrant, 'externalUserId' | 'displayName'> {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = token;
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'tiktok' });
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
    expiresAt: typeof seconds === 'number' && seconds > 0 ? new Date(Date.now() + seconds * 1_000) : null,
    // Permissions are numbers here, in a list or as text with commas.
    scopes: (Array.isArray(scope) ? scope : String(scope ?? '').split(',')).map(String).filter((one) => one !== ''),
  };
}
