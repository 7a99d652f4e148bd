import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';
import { send, type Outside } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import { readLi } from './read.ts';

const WWW = 'https://www.linkedin.com/oauth/v2';
const TIMEOUT_MS = 15_000;
const SCOPES = [
  'r_ads',
  'rw_ads',
  'r_ads_reporting',
  'r_basicprofile',
  'r_organization_admin',
  'r_organization_social',
  'w_organization_social',
  'rw_conversions',
];

/**
 * Authorization code, no PKCE; access of 60 days. Approved apps get a refresh token whose year is counted from the consent: when it is
 * over the person signs in again, as with an app that gets none.
 */
export const linkedinOAuth: ConnectOAuth = {
  authorizeUrl: (app, { redirectUri, state }) =>
    `${WWW}/authorization?${new URLSearchParams({ response_type: 'code', client_id: app.id, redirect_uri: redirectUri, state, scope: SCOPES.join(' ') })}`,
  exchange: (outside, app, { code, redirectUri }) =>
    grant(outside, app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  async renew(outside, app, { refreshToken }) {
    if (refreshToken === null)
      throw new PlatformError('auth', 'LinkedIn gave no refresh token; it has to be connected again.', { platform: 'linkedin' });
    return grant(outside, app, { grant_type: 'refresh_token', refresh_token: refreshToken });
  },
  async revoke(outside, app, accessToken) {
    await tokenCall(outside, app, 'revoke', { token: accessToken });
  },
};

async function grant(outside: Outside, app: AppCredentials, fields: Record<string, string>): Promise<TokenGrant> {
  const json = await tokenCall(outside, app, 'accessToken', fields);
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = (json ?? {}) as Record<string, unknown>;
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'linkedin', httpStatus: 200 });
  // The code is spent by now: a passing failure here must not send the person back to the consent page.
  const me = await readLi({ outside, accessToken, timeoutMs: TIMEOUT_MS }, 'me');
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : null,
    externalUserId: String(me['id']),
    displayName:
      [me['localizedFirstName'], me['localizedLastName']].filter((part) => typeof part === 'string').join(' ') || String(me['id']),
    scopes: typeof scope === 'string' ? scope.split(/[ ,]+/).filter((one) => one !== '') : [],
    expiresAt: typeof seconds === 'number' ? new Date(Date.now() + seconds * 1000) : null,
  };
}

/** Errors are OAuth's here, not the REST gateway's. */
async function tokenCall(
  outside: Outside,
  app: AppCredentials,
  path: 'accessToken' | 'revoke',
  fields: Record<string, string>,
): Promise<unknown> {
  const answer = await send(outside, 'linkedin', `${WWW}/${path}`, {
    method: 'POST',
    timeoutMs: TIMEOUT_MS,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, client_id: app.id, client_secret: app.secret }).toString(),
  });
  if (answer.status === 200) return answer.json;
  const { error } = (answer.json ?? {}) as { error?: unknown };
  const isNo = typeof error === 'string' && answer.status >= 400 && answer.status < 500;
  const failure = answer.status === 429 ? 'throttled' : !isNo ? 'unknown' : error === 'invalid_grant' ? 'auth' : 'refused';
  throw new PlatformError(failure, 'LinkedIn did not accept the authorization.', {
    platform: 'linkedin',
    httpStatus: answer.status,
    ...(typeof error === 'string' ? { code: error } : {}),
  });
}
