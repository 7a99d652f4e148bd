import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyAppProxy } from './app-proxy.ts';

const SECRET = 'hush';
const NOW = new Date('2026-11-20T10:00:00Z');
const STAMP = String(NOW.getTime() / 1000);
/** The vendor's rule written out for one request, not by our code: names sorted, repeats joined by comma, nothing between pairs. */
const sign = (message: string) => createHmac('sha256', SECRET).update(message).digest('hex');
const check = (query: string, now = NOW) => verifyAppProxy(new URLSearchParams(query), SECRET, now);

test("the vendor's own example verifies", async () => {
  // shopify.dev, "Authenticate app proxies": the documented query, secret and signature.
  const query =
    'extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555&signature=4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb';
  expect(await check(query, new Date(1_317_327_555_000))).toEqual({ shop: 'shop-name.myshopify.com', customerId: '1' });
});

test('nobody signed in is nobody; a signed shop that is no shop address is refused', async () => {
  const signature = sign(`logged_in_customer_id=path_prefix=/apps/inlayshop=inlay-demo.myshopify.comtimestamp=${STAMP}`);
  expect(
    await check(
      `shop=inlay-demo.myshopify.com&logged_in_customer_id=&path_prefix=%2Fapps%2Finlay&timestamp=${STAMP}&signature=${signature}`,
    ),
  ).toEqual({ shop: 'inlay-demo.myshopify.com', customerId: null });
  expect(await check(`shop=evil.example&timestamp=${STAMP}&signature=${sign(`shop=evil.exampletimestamp=${STAMP}`)}`)).toBeNull();
});

test('changed, added, removed, unsigned, doubly signed or with another secret: refused', async () => {
  const base = `logged_in_customer_id=7001&shop=inlay-demo.myshopify.com&timestamp=${STAMP}`;
  const signature = sign(`logged_in_customer_id=7001shop=inlay-demo.myshopify.comtimestamp=${STAMP}`);
  expect(await check(`${base}&signature=${signature}`)).toEqual({ shop: 'inlay-demo.myshopify.com', customerId: '7001' });
  for (const bad of [
    `${base.replace('7001', '7002')}&signature=${signature}`,
    `${base}&extra=1&signature=${signature}`,
    `shop=inlay-demo.myshopify.com&timestamp=${STAMP}&signature=${signature}`,
    base,
    `${base}&signature=`,
    `${base}&signature=${signature}&signature=${signature}`,
    `${base}&signature=${signature.replace(/^./, (c) => (c === '0' ? '1' : '0'))}`,
    `${base}&signature=${signature.slice(1)}`,
    `${base}&signature=${'z'.repeat(64)}`,
    `${base}&logged_in_customer_id=7002&signature=${signature}`,
  ])
    expect(await check(bad), bad).toBeNull();
  expect(await verifyAppProxy(new URLSearchParams(`${base}&signature=${signature}`), 'another', NOW)).toBeNull();
});

test('older than a minute, or from the future, is refused', async () => {
  const at = (seconds: number) => {
    const stamp = String(NOW.getTime() / 1000 - seconds);
    return check(`shop=inlay-demo.myshopify.com&timestamp=${stamp}&signature=${sign(`shop=inlay-demo.myshopify.comtimestamp=${stamp}`)}`);
  };
  expect(await at(60)).not.toBeNull();
  expect(await at(61)).toBeNull();
  expect(await at(-61)).toBeNull();
  const stamp = 'soon';
  expect(
    await check(`shop=inlay-demo.myshopify.com&timestamp=${stamp}&signature=${sign(`shop=inlay-demo.myshopify.comtimestamp=${stamp}`)}`),
  ).toBeNull();
});
