import { send, type Outside } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';
import { graph, GRAPH_ORIGIN } from './client.ts';
import { mapError } from './map-error.ts';
import { readGraph } from './read.ts';
import { GRAPH_VERSION } from './version.ts';

const SCOPES = [
  'ads_management',
  'ads_read',
  'business_management',
  'leads_retrieval',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_manage_ads',
];
const TIMEOUT_MS = 15_000;

/** Facebook Login: code, then a token of about 60 days. There is no refresh token: a living token is exchanged for a longer one. */
export const metaOAuth: ConnectOAuth = {
  authorizeUrl(app, { redirectUri, state, codeChallenge }) {
    const query = new URLSearchParams({
      client_id: app.id,
      redirect_uri: redirectUri,
      state,
      response_type: 'code',
      scope: SCOPES.join(','),
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
    return `https://www.facebook.com/${GRAPH_VERSION}/dialog/oauth?${query}`;
  },
  async exchange(outside, app, { code, redirectUri, codeVerifier }) {
    const short = await tokenCall(outside, app, { redirect_uri: redirectUri, code, code_verifier: codeVerifier });
    return longGrant(outside, app, short);
  },
  renew: (outside, app, { accessToken }) => longGrant(outside, app, accessToken),
  async revoke(outside, app, accessToken) {
    await graph({ outside, accessToken, timeoutMs: TIMEOUT_MS, appSecret: app.secret }, 'DELETE', 'me/permissions');
  },
};

async function longGrant(outside: Outside, app: AppCredentials, token: string): Promise<TokenGrant> {
  const accessToken = await tokenCall(outside, app, { grant_type: 'fb_exchange_token', fb_exchange_token: token });
  const session = { outside, accessToken, timeoutMs: TIMEOUT_MS, appSecret: app.secret };
  const [me, debug] = await Promise.all([
    // The code is spent by now: a passing failure here must not send the person back to the consent page.
    readGraph(session, 'me', { fields: 'id,name' }),
    readGraph({ outside, accessToken: `${app.id}|${app.secret}`, timeoutMs: TIMEOUT_MS }, 'debug_token', { input_token: accessToken }),
  ]);
  const { expires_at: expires, scopes } = debug['data'] as { expires_at?: number; scopes?: string[] };
  return {
    accessToken,
    refreshToken: null,
    externalUserId: String(me['id']),
    displayName: String(me['name']),
    scopes: scopes ?? [],
    // 0 stands for a token that does not end by itself.
    expiresAt: expires ? new Date(expires * 1000) : null,
  };
}

async function tokenCall(outside: Outside, app: AppCredentials, fields: Record<string, string>): Promise<string> {
  const query = new URLSearchParams({ client_id: app.id, client_secret: app.secret, ...fields });
  const answer = await send(outside, 'meta', `${GRAPH_ORIGIN}/oauth/access_token?${query}`, { method: 'GET', timeoutMs: TIMEOUT_MS });
  if (answer.status !== 200) throw mapError(answer);
  const { access_token: token } = (answer.json ?? {}) as { access_token?: unknown };
  if (typeof token !== 'string')
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'meta', httpStatus: answer.status });
  return token;
}
