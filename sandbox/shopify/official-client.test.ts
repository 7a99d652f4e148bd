import '@shopify/shopify-api/adapters/node';
import { GraphqlQueryError, LogSeverity, shopifyApi, type Session as SessionType, Session } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { beforeAll, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { proxySignature } from './app-proxy.ts';
import { placeOrder } from './events.ts';
import { SCOPES, shopHarness, type ShopHarness } from './harness.ts';
import { CLIENT_ID, CLIENT_SECRET, DEMO_SHOP } from './store.ts';

const api = shopifyApi({
  apiKey: CLIENT_ID,
  apiSecretKey: CLIENT_SECRET,
  hostName: 'app.example.com',
  apiVersion: '2026-10' as never,
  isEmbeddedApp: false,
  logger: { level: LogSeverity.Error, log: () => undefined },
});

let shop: ShopHarness;
beforeAll(() => {
  shop = shopHarness();
  setAbstractFetchFunc(async (url, init) => {
    const real = new URL(String(url));
    return shop.call(`${real.pathname}${real.search}`, init, real.hostname);
  });
});

const sessionWith = (accessToken: string): SessionType =>
  new Session({ id: 's', shop: DEMO_SHOP, state: '', isOnline: false, accessToken, scope: SCOPES });

test('query: the official client reads an order with money, lines and attributes', async () => {
  const { access_token } = await shop.install();
  const store = shop.vendor.store;
  placeOrder(store, store.shop(DEMO_SHOP), {
    email: 'lead-17@example.com',
    lines: [{ title: 'Field tote', price: '89.00' }],
    note_attributes: [{ name: 'inlay_click', value: 'clk_9' }],
    discount_codes: ['CREATOR10'],
  });
  const client = new api.clients.Graphql({ session: sessionWith(access_token) });
  const { data, extensions } = await client.request(
    `query ($q: String) { orders(first: 5, query: $q) { pageInfo { hasNextPage } nodes {
    id legacyResourceId email customAttributes { key value } discountCodes currentTotalPriceSet { shopMoney { amount currencyCode } }
    lineItems(first: 5) { nodes { title discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount } } } } } } }`,
    { variables: { q: 'email:lead-17@example.com' } },
  );
  expect(data?.orders.nodes).toMatchObject([
    {
      email: 'lead-17@example.com',
      customAttributes: [{ key: 'inlay_click', value: 'clk_9' }],
      discountCodes: ['CREATOR10'],
      currentTotalPriceSet: { shopMoney: { amount: '80.10', currencyCode: 'EUR' } },
      lineItems: { nodes: [{ title: 'Field tote', discountedTotalSet: { shopMoney: { amount: '80.10' } } }] },
    },
  ]);
  expect(extensions?.['cost']).toMatchObject({ throttleStatus: { maximumAvailable: 2000 } });
});

test('throttle: THROTTLED in a 200 raises the official client error', async () => {
  const { access_token } = await shop.install();
  shop.parts.core.faults.set({ ...noFaults(), throttle: 1 });
  const client = new api.clients.Graphql({ session: sessionWith(access_token) });
  const error: unknown = await client.request('{ shop { name } }').catch((caught: unknown) => caught);
  shop.parts.core.faults.set(noFaults());
  expect(error).toBeInstanceOf(GraphqlQueryError);
  expect(JSON.stringify((error as GraphqlQueryError).body)).toContain('THROTTLED');
});

test('an old token is refused after an hour', async () => {
  const { access_token } = await shop.install();
  shop.clock.now += 3_600_000;
  const client = new api.clients.Graphql({ session: sessionWith(access_token) });
  await expect(client.request('{ shop { name } }')).rejects.toThrow(/401|Unauthorized/i);
});

test('OAuth: the official client accepts the hmac of our redirect and refuses a changed one', async () => {
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    scope: SCOPES,
    redirect_uri: 'https://api.inlay.test/v1/connections/shopify/callback',
    state: 'st-1',
    decision: 'install',
  });
  const redirect = await shop.call(`/admin/oauth/authorize?${query}`);
  const given = Object.fromEntries(new URL(redirect.headers.get('location') ?? '').searchParams);
  // The client refuses timestamps older than 90 s, so the clock has to be the real one for this check.
  const fresh = async (): Promise<Record<string, string>> => {
    shop.clock.now = Date.now();
    const again = await shop.call(`/admin/oauth/authorize?${query}`);
    return Object.fromEntries(new URL(again.headers.get('location') ?? '').searchParams);
  };
  const params = await fresh();
  expect(given['state']).toBe('st-1');
  await expect(api.utils.validateHmac(params)).resolves.toBe(true);
  await expect(api.utils.validateHmac({ ...params, shop: 'other.myshopify.com' })).resolves.toBe(false);
});

test('webhooks: the official client accepts our signature over the raw body and refuses one byte more', async () => {
  const sent: { headers: Record<string, string>; body: string }[] = [];
  shop.parts.core.deliver = (webhook) => {
    sent.push(webhook);
  };
  await shop.vendor.control('PUT', 'app-webhooks', { topics: ['orders/create'], uri: 'https://app.example.com/webhooks/shopify' });
  await shop.vendor.control('POST', 'orders', { email: 'lead-18@example.com', lines: [{ title: 'Ridge bottle — é', price: '34.00' }] });
  const { headers, body } = sent[0] ?? { headers: {}, body: '' };
  const check = (rawBody: string) => api.webhooks.validate({ rawBody, rawRequest: { method: 'POST', url: '/webhooks/shopify', headers } });
  expect(await check(body)).toMatchObject({ valid: true, topic: 'ORDERS_CREATE', domain: DEMO_SHOP });
  expect(await check(`${body} `)).toMatchObject({ valid: false });
});

test('app proxy: the official client accepts our signature', async () => {
  const params = new URLSearchParams({
    shop: DEMO_SHOP,
    logged_in_customer_id: '',
    path_prefix: '/apps/inlay',
    timestamp: String(Math.floor(Date.now() / 1000)),
    code: 'abc',
  });
  params.set('signature', proxySignature(params));
  await expect(api.utils.validateHmac(Object.fromEntries(params) as never, { signator: 'appProxy' })).resolves.toBe(true);
});
