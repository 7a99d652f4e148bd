import { createHmac } from 'node:crypto';
import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import { html, page, safe } from '../https/page.ts';
import { CLIENT_ID, CLIENT_SECRET, type AccessGrant, type Shop, type ShopifyStore } from './store.ts';

const HOUR_S = 3600;
/** Offline tokens that never expire are refused from here on for every app; new public apps are refused already. */
const ALL_EXPIRE_FROM = Date.parse('2027-01-01T00:00:00Z');
const json = (body: unknown, status = 200): Response => Response.json(body, { status });

/** Query hmac of the OAuth redirect: sorted `k=v` joined by `&`, hex HMAC-SHA256. */
export function queryHmac(params: URLSearchParams): string {
  const message = [...params.entries()]
    .filter(([name]) => name !== 'hmac')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHmac('sha256', CLIENT_SECRET).update(message).digest('hex');
}

/** GET /admin/oauth/authorize: a consent page; `decision=install` answers with the redirect. */
export function authorize(store: ShopifyStore, shop: Shop, url: URL): Response {
  const query = url.searchParams;
  const redirect = query.get('redirect_uri');
  if (query.get('client_id') !== CLIENT_ID || !redirect || !isRegisteredRedirect('shopify', redirect)) {
    return html(
      page({
        title: 'App not found',
        body: '<main class="card"><h1>This app cannot be installed</h1><p>Unknown client id or redirect address.</p></main>',
      }),
      400,
    );
  }
  const scope = query.get('scope') ?? '';
  if (query.get('decision') === null) {
    const next = new URLSearchParams(query);
    next.set('decision', 'install');
    const items = scope
      .split(',')
      .filter(Boolean)
      .map((name) => `<li>${safe(name)}</li>`)
      .join('');
    return html(
      page({
        title: `Install app · ${shop.name}`,
        body: `<main class="card"><p class="quiet">${safe(shop.domain)}</p><h1>Install this app?</h1><p>The app asks for:</p><ul>${items}</ul>
<p><a class="button" id="approve" data-sandbox="approve" href="?${safe(next.toString())}">Install</a></p></main>`,
      }),
    );
  }
  const code = store.core.nextId('77');
  shop.codes.push({ code, scope });
  store.core.touch();
  const back = new URL(redirect);
  const answer = new URLSearchParams({
    code,
    host: Buffer.from(`admin.shopify.com/store/${shop.domain.replace('.myshopify.com', '')}`).toString('base64url'),
    shop: shop.domain,
    state: query.get('state') ?? '',
    timestamp: String(Math.floor(store.core.now() / 1000)),
  });
  answer.set('hmac', queryHmac(answer));
  for (const [name, value] of answer) back.searchParams.set(name, value);
  return new Response(null, { status: 302, headers: { location: back.toString() } });
}

/** POST /admin/oauth/access_token: code exchange and refresh, JSON or form. */
export function accessToken(store: ShopifyStore, shop: Shop, body: Record<string, unknown>): Response {
  if (body['client_id'] !== CLIENT_ID || body['client_secret'] !== CLIENT_SECRET)
    return json({ error: 'application_cannot_be_found' }, 401);
  if (body['grant_type'] === 'refresh_token') return refresh(store, shop, String(body['refresh_token'] ?? ''));
  const index = shop.codes.findIndex(({ code }) => code === String(body['code'] ?? ''));
  const known = shop.codes[index];
  if (!known) return json({ error: 'invalid_request', error_description: 'The authorization code was not found or was already used' }, 400);
  if (String(body['expiring'] ?? '') !== '1') {
    const when = store.core.now() >= ALL_EXPIRE_FROM ? 'any app' : 'a public app made after 1 April 2026';
    return json(
      { error: 'invalid_request', error_description: `Non-expiring offline tokens are not issued to ${when}; send expiring=1` },
      400,
    );
  }
  shop.codes.splice(index, 1);
  const grant = issue(store, known.scope, null);
  shop.grants.push(grant);
  return json(answerFor(store, grant));
}

function refresh(store: ShopifyStore, shop: Shop, token: string): Response {
  const grant = shop.grants.find((candidate) => candidate.refreshToken === token);
  if (!grant) return json({ error: 'invalid_grant', error_description: 'The refresh token is not valid' }, 400);
  endPrevious(shop, grant);
  // A lost answer may be repeated: the pair that answer carried is dropped, the token that asked for it stays good until the new pair is used.
  shop.grants = shop.grants.filter((candidate) => candidate.previousRefreshToken !== token);
  const next = issue(store, grant.scope, token);
  shop.grants.push(next);
  return json(answerFor(store, next));
}

/** The grant a call was made with, or null when it is unknown or older than an hour. */
export function grantFor(store: ShopifyStore, shop: Shop, token: string | null): AccessGrant | null {
  const grant = shop.grants.find((candidate) => candidate.accessToken === token);
  if (!grant || grant.expiresAt <= store.core.now()) return null;
  endPrevious(shop, grant);
  return grant;
}

/** First use of a refreshed pair ends the one before it. */
function endPrevious(shop: Shop, grant: AccessGrant): void {
  if (grant.previousRefreshToken === null) return;
  const old = grant.previousRefreshToken;
  shop.grants = shop.grants.filter((candidate) => candidate.refreshToken !== old);
  grant.previousRefreshToken = null;
}

function issue(store: ShopifyStore, scope: string, previousRefreshToken: string | null): AccessGrant {
  store.core.touch();
  return {
    accessToken: `shpat_sandbox${store.core.nextId()}`,
    refreshToken: `shprt_sandbox${store.core.nextId()}`,
    scope,
    expiresAt: store.core.now() + HOUR_S * 1000,
    previousRefreshToken,
  };
}

const answerFor = (store: ShopifyStore, grant: AccessGrant): object => ({
  access_token: grant.accessToken,
  scope: grant.scope,
  expires_in: Math.round((grant.expiresAt - store.core.now()) / 1000),
  refresh_token: grant.refreshToken,
  refresh_token_expires_in: 90 * 24 * HOUR_S,
});
