import { SHOP_ADDRESS } from '#shared/rules/shop-address.ts';
import { hmacHex } from '../../http/hmac-hex.ts';
import { send, type Outside } from '../../http/send.ts';
import type { AppCredentials, ConnectOAuth, TokenGrant } from '../../connect.ts';
import { PlatformError } from '../../platform-error.ts';

const SCOPES = ['read_orders', 'read_customers', 'read_products'];
const TIMEOUT_MS = 15_000;

/** Authorization code with an expiring offline token: an hour of access, a refresh token that rotates. */
export const shopifyOAuth: ConnectOAuth = {
  authorizeUrl(app, { redirectUri, state, shop }) {
    return `https://${known(shop)}/admin/oauth/authorize?${new URLSearchParams({ client_id: app.id, scope: SCOPES.join(','), redirect_uri: redirectUri, state })}`;
  },
  /** The store signs the callback's query: everything but hmac, sorted, joined as k=v with &. */
  async verifyCallback(app, query) {
    const given = query.get('hmac');
    if (given === null || !SHOP_ADDRESS.test(query.get('shop') ?? '')) return false;
    const message = [...query]
      .filter(([name]) => name !== 'hmac')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    return sameText(given, await hmacHex(app.secret, message));
  },
  async exchange(outside, app, { code, shop }) {
    return grant(outside, app, known(shop), { code, expiring: '1' });
  },
  async renew(outside, app, { refreshToken, externalId }) {
    if (refreshToken === null)
      throw new PlatformError('auth', 'This shop gave no refresh token; it has to be connected again.', { platform: 'shopify' });
    return grant(outside, app, known(externalId), { grant_type: 'refresh_token', refresh_token: refreshToken });
  },
  async revoke(outside, _app, accessToken, externalId) {
    await send(outside, 'shopify', `https://${known(externalId)}/admin/api_permissions/current.json`, {
      method: 'DELETE',
      headers: { 'x-shopify-access-token': accessToken },
      timeoutMs: TIMEOUT_MS,
    });
  },
};

function known(shop: string | null): string {
  if (shop === null || !SHOP_ADDRESS.test(shop))
    throw new PlatformError('refused', 'Not the address of a Shopify store.', { platform: 'shopify', field: 'shop' });
  return shop;
}

async function grant(outside: Outside, app: AppCredentials, shop: string, fields: Record<string, string>): Promise<TokenGrant> {
  const answer = await send(outside, 'shopify', `https://${shop}/admin/oauth/access_token`, {
    method: 'POST',
    timeoutMs: TIMEOUT_MS,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ client_id: app.id, client_secret: app.secret, ...fields }),
  });
  const {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: seconds,
    scope,
  } = (answer.json ?? {}) as { access_token?: string; refresh_token?: string; expires_in?: number; scope?: string };
  if (answer.status >= 400 && answer.status < 500) {
    throw new PlatformError(
      answer.status === 429 ? 'throttled' : fields['grant_type'] === 'refresh_token' ? 'auth' : 'refused',
      'The store did not accept the authorization.',
      { platform: 'shopify', httpStatus: answer.status },
    );
  }
  if (answer.status !== 200 || typeof accessToken !== 'string')
    throw new PlatformError('unknown', 'A token answer without a token.', { platform: 'shopify', httpStatus: answer.status });
  return {
    accessToken,
    refreshToken: refreshToken ?? null,
    externalUserId: shop,
    displayName: shop,
    scopes: (scope ?? '').split(',').filter(Boolean),
    expiresAt: seconds === undefined ? null : new Date(Date.now() + seconds * 1000),
  };
}

function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
