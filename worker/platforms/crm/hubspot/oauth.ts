import { send, type Outside } from '../../http/send.ts';
import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';
import { PlatformError } from '../../platform-error.ts';
import { HUBSPOT_API, HUBSPOT_OAUTH_VERSION } from './version.ts';

const SCOPES = ['oauth', 'crm.objects.contacts.read', 'crm.objects.deals.read'];
const TIMEOUT_MS = 15_000;

/** Authorization code; half an hour of access, a refresh token that stays. */
export const hubspotOAuth: ConnectOAuth = {
  authorizeUrl: (app, { redirectUri, state }) =>
    `https://app.hubspot.com/oauth/authorize?${new URLSearchParams({ client_id: app.id, redirect_uri: redirectUri, scope: SCOPES.join(' '), state })}`,
  exchange: (outside, app, { code, redirectUri }) =>
    grant(outside, app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  async renew(outside, app, { refreshToken }) {
    if (refreshToken === null)
      throw new PlatformError('auth', 'This portal gave no refresh token; it has to be connected again.', { platform: 'hubspot' });
    return grant(outside, app, { grant_type: 'refresh_token', refresh_token: refreshToken });
  },
  /** HubSpot ends an app's access when the app is uninstalled in the portal; there is no call for a single access token. */
  async revoke() {
    return undefined;
  },
};

async function grant(outside: Outside, app: AppCredentials, fields: Record<string, string>): Promise<TokenGrant> {
  const answer = await send(outside, 'hubspot', `${HUBSPOT_API}/oauth/${HUBSPOT_OAUTH_VERSION}/token`, {
    method: 'POST',
    timeoutMs: TIMEOUT_MS,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: app.id, client_secret: app.secret, ...fields }).toString(),
  });
  const {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: seconds,
    hub_id: portal,
    scopes,
  } = (answer.json ?? {}) as { access_token?: string; refresh_token?: string; expires_in?: number; hub_id?: number; scopes?: string[] };
  if (answer.status >= 400 && answer.status < 500) {
    throw new PlatformError(
      answer.status === 429 ? 'throttled' : fields['grant_type'] === 'refresh_token' ? 'auth' : 'refused',
      'HubSpot did not accept the authorization.',
      { platform: 'hubspot', httpStatus: answer.status },
    );
  }
  if (answer.status !== 200 || typeof accessToken !== 'string' || portal === undefined)
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'hubspot', httpStatus: answer.status });
  return {
    accessToken,
    refreshToken: refreshToken ?? null,
    externalUserId: String(portal),
    displayName: `HubSpot ${portal}`,
    scopes: scopes ?? [],
    expiresAt: seconds === undefined ? null : new Date(Date.now() + seconds * 1000),
  };
}
