import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { shopHarness } from './harness.ts';
import { signBody } from './webhooks.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Got {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

async function listen(answer: (got: Got[]) => number): Promise<{ origin: string; got: Got[] }> {
  const got: Got[] = [];
  server = createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push({ path: request.url ?? '', headers: request.headers, body });
    reply.statusCode = answer(got);
    reply.end();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

const TOPICS = ['orders/create', 'orders/paid', 'orders/updated', 'orders/cancelled', 'refunds/create'];
const ORDER = { email: 'lead-17@example.com', lines: [{ title: 'Tote', price: '10.00', quantity: 2 }] };

test('an order, a refund and a cancel send every topic, signed, to the Worker', async () => {
  const { origin, got } = await listen(() => 200);
  const { vendor, parts } = shopHarness({ workerOrigin: origin });
  await vendor.control('PUT', 'app-webhooks', { topics: TOPICS, uri: 'https://api.inlay.test/webhooks/shopify' });
  const { order } = (await vendor.control('POST', 'orders', ORDER)) as { order: { id: number; line_items: { id: number }[] } };
  await vendor.control('POST', `orders/${order.id}/refunds`, { lines: [{ lineId: order.line_items[0]?.id, quantity: 1 }] });
  await vendor.control('POST', `orders/${order.id}/cancel`, {});
  await parts.webhooks.idle();
  const topics = got.map(({ headers }) => String(headers['x-shopify-topic'])).sort((a, b) => a.localeCompare(b));
  expect(topics).toEqual([
    'orders/cancelled',
    'orders/create',
    'orders/paid',
    'orders/updated',
    'orders/updated',
    'orders/updated',
    'refunds/create',
    'refunds/create',
  ]);
  for (const { path, headers, body } of got) {
    expect(path).toBe('/webhooks/shopify');
    expect(headers['x-shopify-hmac-sha256']).toBe(signBody(body));
    expect(headers).toMatchObject({ 'x-shopify-shop-domain': 'inlay-demo.myshopify.com', 'x-shopify-api-version': '2026-10' });
  }
  expect(new Set(got.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(8);
  expect(new Set(got.map(({ headers }) => headers['x-shopify-event-id'])).size).toBe(3);
});

test('a retry carries the original payload and the same webhook id', async () => {
  const { origin, got } = await listen((all) => (all.length < 3 ? 503 : 200));
  const { vendor, parts } = shopHarness({ workerOrigin: origin });
  await vendor.control('PUT', 'app-webhooks', { topics: ['orders/create'], uri: 'https://api.inlay.test/webhooks/shopify' });
  const { order } = (await vendor.control('POST', 'orders', ORDER)) as { order: { id: number } };
  await vendor.control('POST', `orders/${order.id}/refunds`, { amount: '1.00' });
  await parts.webhooks.idle();
  expect(got).toHaveLength(3);
  expect(new Set(got.map(({ body }) => body)).size).toBe(1);
  expect(new Set(got.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1);
});

test('a subscription made by API is gone after the last of 8 retries failed', async () => {
  const { origin, got } = await listen(() => 500);
  const { vendor, parts, install, graphql } = shopHarness({ workerOrigin: origin });
  const { access_token } = await install();
  await graphql(
    access_token,
    'mutation { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: { uri: "https://api.inlay.test/webhooks/shopify" }) { userErrors { message } } }',
  );
  await vendor.control('POST', 'orders', ORDER);
  await parts.webhooks.idle();
  expect(got).toHaveLength(9);
  const left = await graphql(access_token, '{ webhookSubscriptions(first: 5) { nodes { id } } }');
  expect(left.body.data).toEqual({ webhookSubscriptions: { nodes: [] } });
}, 30_000);

test('the app proxy signs the query, strips cookies both ways and passes the answer on', async () => {
  const { origin, got } = await listen(() => 200);
  const { call, vendor } = shopHarness({ workerOrigin: origin });
  const answer = await call('/apps/inlay/stats?code=abc', { headers: { cookie: 'sandbox_customer=42; session=x' } });
  expect(answer.status).toBe(200);
  const seen = new URL(got[0]?.path ?? '', origin);
  expect(seen.pathname).toBe('/apps/inlay/stats');
  expect(Object.fromEntries(seen.searchParams)).toMatchObject({
    shop: 'inlay-demo.myshopify.com',
    logged_in_customer_id: '42',
    path_prefix: '/apps/inlay',
    code: 'abc',
  });
  expect(got[0]?.headers['cookie']).toBeUndefined();
  expect(vendor.serves('evil.com')).toBe(false);
});

test('removing the app ends its tokens and says so, without a subscription', async () => {
  const { origin, got } = await listen(() => 200);
  const { vendor, parts, install, graphql } = shopHarness({ workerOrigin: origin });
  const { access_token } = await install();
  await vendor.control('POST', 'uninstall', {});
  await vendor.control('POST', 'compliance', { topic: 'shop/redact' });
  await parts.webhooks.idle();
  expect((await graphql(access_token, '{ shop { name } }')).status).toBe(401);
  expect(got.map(({ headers }) => String(headers['x-shopify-topic'])).sort((a, b) => a.localeCompare(b))).toEqual([
    'app/uninstalled',
    'shop/redact',
  ]);
  expect(got.every(({ headers, body }) => headers['x-shopify-hmac-sha256'] === signBody(body))).toBe(true);
});
