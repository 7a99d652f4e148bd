import { readAgain } from '../../http/read-again.ts';
import { send, type Outside } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';

const SCOPE = 'https://www.googleapis.com/auth/adwords';
/** Who it is: the ads API itself never says. */
const WHO = ['openid', 'email', 'profile'];
const TIMEOUT_MS = 15_000;

/** A refused request of the token endpoint, by its `error`. What is not here proves nothing. */
const REFUSALS: Readonly<Record<string, FailureClass>> = {
  invalid_grant: 'auth',
  invalid_token: 'auth',
  invalid_client: 'refused',
  invalid_request: 'refused',
  invalid_scope: 'refused',
  redirect_uri_mismatch: 'refused',
  unauthorized_client: 'refused',
  unsupported_grant_type: 'refused',
};

interface Tokens {
  access_token?: unknown;
  expires_in?: unknown;
  refresh_token?: unknown;
  scope?: unknown;
  id_token?: unknown;
}

/** Google's login for its Ads API: access for an hour, and a refresh token that stays until it is given back. */
export const googleAdsOAuth: ConnectOAuth = {
  authorizeUrl(app, { redirectUri, state, codeChallenge }) {
    const query = new URLSearchParams({
      client_id: app.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: [SCOPE, ...WHO].join(' '),
      access_type: 'offline',
      // A person who consented before is given no refresh token unless asked again.
      prompt: 'consent',
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
    return `https://accounts.google.com/o/oauth2/v2/auth?${query}`;
  },

  async exchange(outside, app, { code, redirectUri, codeVerifier }) {
    const tokens = await tokenCall(outside, app, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    });
    const grant = toGrant(tokens, null);
    if (!grant.scopes.includes(SCOPE))
      throw new PlatformError('refused', 'Access to ads was not given.', { platform: 'google-ads', code: 'scope_missing' });
    if (grant.refreshToken === null) throw new PlatformError('unknown', 'A consent without a refresh token.', { platform: 'google-ads' });
    return { ...grant, ...personOf(tokens.id_token) };
  },

  async renew(outside, app, { refreshToken, externalId }) {
    if (refreshToken === null)
      throw new PlatformError('auth', 'There is no refresh token.', { platform: 'google-ads', code: 'no_refresh_token' });
    // Asking again gives another access token and takes none away.
    const tokens = await readAgain(() => tokenCall(outside, app, { grant_type: 'refresh_token', refresh_token: refreshToken }));
    return { ...toGrant(tokens, refreshToken), externalUserId: externalId, displayName: externalId };
  },

  /** Either token ends the whole consent. */
  async revoke(outside, _app, accessToken) {
    const answer = await post(outside, 'revoke', { token: accessToken });
    if (answer.status !== 200) throw refusalOf(answer);
  },
};

async function tokenCall(outside: Outside, app: AppCredentials, fields: Record<string, string>): Promise<Tokens> {
  const answer = await post(outside, 'token', { client_id: app.id, client_secret: app.secret, ...fields });
  if (answer.status !== 200) throw refusalOf(answer);
  return (answer.json ?? {}) as Tokens;
}

const post = (outside: Outside, path: string, fields: Record<string, string>) =>
  send(outside, 'google-ads', `https://oauth2.googleapis.com/${path}`, {
    method: 'POST',
    timeoutMs: TIMEOUT_MS,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

function refusalOf({ status, json }: { status: number; json: unknown }): PlatformError {
  const said = (typeof json === 'object' && json !== null ? json : {}) as { error?: unknown; error_description?: unknown };
  const code = typeof said.error === 'string' ? said.error : null;
  const failure = status === 429 ? 'throttled' : status >= 500 || code === null ? 'unknown' : (REFUSALS[code] ?? 'unknown');
  const reason = typeof said.error_description === 'string' ? said.error_description : 'The login service gave no reason.';
  return new PlatformError(failure, reason, { platform: 'google-ads', httpStatus: status, ...(code === null ? {} : { code }) });
}

/** The refresh token stays as it is: a renewal sends none. */
function toGrant(tokens: Tokens, known: string | null): Omit<TokenGrant, 'externalUserId' | 'displayName'> {
  if (typeof tokens.access_token !== 'string' || typeof tokens.expires_in !== 'number')
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'google-ads' });
  return {
    accessToken: tokens.access_token,
    refreshToken: typeof tokens.refresh_token === 'string' ? tokens.refresh_token : known,
    expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
    scopes: typeof tokens.scope === 'string' ? tokens.scope.split(' ') : [],
  };
}

/** What the id token says. It came from Google itself over TLS, in answer to our secret, so its signature need not be asked. */
function personOf(idToken: unknown): Pick<TokenGrant, 'externalUserId' | 'displayName'> {
  const payload = typeof idToken === 'string' ? idToken.split('.')[1] : undefined;
  const claims = payload === undefined ? null : readClaims(payload);
  if (typeof claims?.sub !== 'string')
    throw new PlatformError('unknown', 'A consent that does not say whose it is.', { platform: 'google-ads' });
  const name = typeof claims.email === 'string' ? claims.email : claims.name;
  return { externalUserId: claims.sub, displayName: typeof name === 'string' ? name : claims.sub };
}

function readClaims(payload: string): { sub?: unknown; email?: unknown; name?: unknown } | null {
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
  } catch {
    return null; // an id token that cannot be read says nothing
  }
}
