import { expect, test } from 'vitest';
import { shopHarness } from './harness.ts';
import { CLIENT_ID, CLIENT_SECRET } from './store.ts';

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const refreshWith = (refresh_token: string): RequestInit =>
  post({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, grant_type: 'refresh_token', refresh_token });
const SHOP_NAME = '{ shop { name } }';

test('a lost refresh answer may be repeated, until the new pair is used', async () => {
  const { call, install, graphql } = shopHarness();
  const first = await install();
  const lost = (await (await call('/admin/oauth/access_token', refreshWith(first.refresh_token))).json()) as { access_token: string };
  const second = (await (await call('/admin/oauth/access_token', refreshWith(first.refresh_token))).json()) as {
    access_token: string;
    refresh_token: string;
  };
  expect(second.access_token).not.toBe(lost.access_token);
  expect((await graphql(lost.access_token, SHOP_NAME)).status).toBe(401);
  expect((await graphql(first.access_token, SHOP_NAME)).status).toBe(200);
  expect((await graphql(second.access_token, SHOP_NAME)).status).toBe(200);
  expect((await graphql(first.access_token, SHOP_NAME)).status).toBe(401);
  expect((await call('/admin/oauth/access_token', refreshWith(first.refresh_token))).status).toBe(400);
});

test('a code works once, needs expiring=1 and the right secret', async () => {
  const { call, vendor, install } = shopHarness();
  await install();
  vendor.store.shop('inlay-demo.myshopify.com').codes.push({ code: 'c1', scope: 'read_orders' });
  const exchange = (more: object) =>
    call('/admin/oauth/access_token', post({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, code: 'c1', ...more }));
  expect((await exchange({ client_secret: 'wrong', expiring: '1' })).status).toBe(401);
  expect((await exchange({})).status).toBe(400);
  expect((await exchange({ expiring: '1' })).status).toBe(200);
  expect((await exchange({ expiring: '1' })).status).toBe(400);
});

test('scopes, unknown fields, user errors and the cost bucket answer in 200', async () => {
  const { install, graphql } = shopHarness();
  const { access_token: token } = await install('read_products');
  expect((await graphql(token, '{ orders(first: 1) { nodes { id } } }')).body.errors?.[0]?.extensions.code).toBe('ACCESS_DENIED');
  expect((await graphql(token, '{ shop { nonsense } }')).body.errors?.[0]?.extensions.code).toBe('undefinedField');
  const subscribe =
    'mutation ($uri: String!) { webhookSubscriptionCreate(topic: ORDERS_PAID, webhookSubscription: { uri: $uri }) { webhookSubscription { id topic uri } userErrors { field message } } }';
  expect((await graphql(token, subscribe, { uri: 'https://app.example.com/w' })).body.data).toMatchObject({
    webhookSubscriptionCreate: { webhookSubscription: { topic: 'ORDERS_PAID' }, userErrors: [] },
  });
  expect((await graphql(token, subscribe, { uri: 'https://app.example.com/w' })).body.data).toMatchObject({
    webhookSubscriptionCreate: { webhookSubscription: null, userErrors: [{ message: 'Address for this topic has already been taken' }] },
  });
  let code: string | undefined;
  for (let i = 0; i < 400 && code === undefined; i += 1)
    code = (await graphql(token, subscribe, { uri: `https://app.example.com/${i}` })).body.errors?.[0]?.extensions.code;
  expect(code).toBe('THROTTLED');
});

test('refundCreate needs @idempotent and the same key answers the same refund', async () => {
  const { install, graphql, vendor } = shopHarness();
  const { access_token: token } = await install();
  const { order } = (await vendor.control('POST', 'orders', {
    email: 'a@example.com',
    lines: [{ title: 'Tote', price: '10.00', quantity: 2 }],
  })) as {
    order: { admin_graphql_api_id: string; line_items: { admin_graphql_api_id: string }[] };
  };
  const input = {
    orderId: order.admin_graphql_api_id,
    refundLineItems: [{ lineItemId: order.line_items[0]?.admin_graphql_api_id, quantity: 1 }],
  };
  const refund = (directive: string) =>
    graphql(
      token,
      `mutation ($input: RefundInput!) { refundCreate(input: $input) ${directive} { refund { id totalRefundedSet { shopMoney { amount } } } userErrors { message } } }`,
      { input },
    );
  expect((await refund('')).body.errors?.[0]?.message).toContain('@idempotent');
  const [once, twice] = [await refund('@idempotent(key: "k1")'), await refund('@idempotent(key: "k1")')];
  expect(once.body.data).toMatchObject({
    refundCreate: { refund: { totalRefundedSet: { shopMoney: { amount: '10.00' } } }, userErrors: [] },
  });
  expect(twice.body.data).toEqual(once.body.data);
});
