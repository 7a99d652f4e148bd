import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import { html, page, safe } from '../https/page.ts';
import { HubspotError } from './errors.ts';
import { APP_ID, CLIENT_ID, CLIENT_SECRET, DEMO_PORTAL, type Grant, type HubspotStore } from './store.ts';

const LIFE_S = 1800;
const V1_ENDS = Date.parse('2027-02-16T00:00:00Z');

/** GET /oauth/authorize: choose an account, then back to the app with a code. */
export function authorize(store: HubspotStore, url: URL): Response {
  const query = url.searchParams;
  const redirect = query.get('redirect_uri');
  if (query.get('client_id') !== CLIENT_ID || !redirect || !isRegisteredRedirect('hubspot', redirect)) {
    return html(
      page({
        title: 'Cannot connect',
        body: '<main class="card"><h1>Authorization failed</h1><p>Unknown client id or redirect address.</p></main>',
      }),
      400,
    );
  }
  const scope = query.get('scope') ?? '';
  const portal = query.get('portal');
  if (portal === null) {
    const buttons = [...new Set([DEMO_PORTAL, ...store.portals.keys()])]
      .map((id) => {
        const next = new URLSearchParams(query);
        next.set('portal', String(id));
        return `<p><a class="button" data-sandbox="approve" data-portal="${id}" href="?${safe(next.toString())}">Connect account ${id}</a></p>`;
      })
      .join('');
    const items = scope
      .split(/[ +]/)
      .filter(Boolean)
      .map((name) => `<li>${safe(name)}</li>`)
      .join('');
    return html(
      page({
        title: 'Connect an app',
        body: `<main class="card"><h1>Connect this app to your account</h1><p>The app asks for:</p><ul>${items}</ul>${buttons}</main>`,
      }),
    );
  }
  const code = `code-${store.core.nextId('66')}`;
  store.codes.push({ code, portalId: Number(portal), scope, redirectUri: redirect });
  store.portal(Number(portal));
  store.core.touch();
  const back = new URL(redirect);
  back.searchParams.set('code', code);
  if (query.get('state') !== null) back.searchParams.set('state', query.get('state') as string);
  return new Response(null, { status: 302, headers: { location: back.toString() } });
}

/** POST /oauth/v1/token and /oauth/2026-03/token: form in, tokens out; the refresh token never changes. */
export function token(store: HubspotStore, path: string, form: URLSearchParams): Record<string, unknown> {
  if (path.startsWith('/oauth/v1/') && store.core.now() >= V1_ENDS)
    throw new HubspotError(410, 'VALIDATION_ERROR', 'This version of the OAuth API has been retired');
  const refuse = (status: string, message: string): HubspotError => new HubspotError(400, 'VALIDATION_ERROR', message, { status });
  if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET)
    throw refuse('BAD_CLIENT_ID', 'missing or unknown client id');
  if (form.get('grant_type') === 'authorization_code') {
    const index = store.codes.findIndex(({ code }) => code === form.get('code'));
    const known = store.codes[index];
    if (!known) throw refuse('BAD_AUTH_CODE', 'missing or unknown auth code');
    if (known.redirectUri !== form.get('redirect_uri'))
      throw refuse('BAD_REDIRECT_URI', 'redirect_uri does not match the one of the authorization');
    store.codes.splice(index, 1);
    return issue(store, { refreshToken: `na1-refresh-${store.core.nextId()}`, portalId: known.portalId, scope: known.scope, userId: 5150 });
  }
  if (form.get('grant_type') !== 'refresh_token') throw refuse('BAD_GRANT_TYPE', 'missing or unknown grant type');
  const grant = store.grants.find(({ refreshToken }) => refreshToken === form.get('refresh_token'));
  if (!grant) throw refuse('BAD_REFRESH_TOKEN', 'missing or unknown refresh token');
  return issue(store, grant);
}

function issue(store: HubspotStore, from: Pick<Grant, 'refreshToken' | 'portalId' | 'scope' | 'userId'>): Record<string, unknown> {
  const grant: Grant = {
    refreshToken: from.refreshToken,
    portalId: from.portalId,
    scope: from.scope,
    userId: from.userId,
    accessToken: `na1-access-${store.core.nextId()}`,
    expiresAt: store.core.now() + LIFE_S * 1000,
  };
  store.grants.push(grant);
  if (store.grants.length > 500) store.grants.shift();
  store.core.touch();
  return {
    token_type: 'bearer',
    access_token: grant.accessToken,
    refresh_token: grant.refreshToken,
    expires_in: LIFE_S,
    hub_id: grant.portalId,
    user_id: grant.userId,
    scopes: grant.scope.split(/[ +]/).filter(Boolean),
  };
}

/** GET /oauth/…/access-tokens/{token} */
export function tokenInfo(store: HubspotStore, accessToken: string): Record<string, unknown> {
  const grant = store.grants.find((one) => one.accessToken === accessToken);
  if (!grant) throw new HubspotError(404, 'OBJECT_NOT_FOUND', 'access token not found');
  return {
    token: grant.accessToken,
    hub_id: grant.portalId,
    user_id: grant.userId,
    user: 'user-1@example.com',
    hub_domain: `portal-${grant.portalId}.example.com`,
    app_id: APP_ID,
    scopes: grant.scope.split(/[ +]/).filter(Boolean),
    expires_in: Math.max(0, Math.floor((grant.expiresAt - store.core.now()) / 1000)),
    token_type: 'access',
  };
}

export function grantOf(store: HubspotStore, authorization: string | null): Grant {
  const bearer = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  const grant = store.grants.find(({ accessToken }) => accessToken === bearer);
  if (!grant) throw new HubspotError(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
  if (grant.expiresAt <= store.core.now())
    throw new HubspotError(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
  return grant;
}
