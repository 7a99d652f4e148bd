import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 5 });
  await fetch(`${sandbox.url}/_sandbox/host-pages/config`, {
    method: 'PUT',
    body: JSON.stringify({ hubspot: { key: 'pk_lead' }, shopify: { key: 'pk_shop' } }),
  });
});
afterAll(() => sandbox.close());

const SHOP = '/inlay-demo.myshopify.com';
const get = (path: string, init: RequestInit = {}) => fetch(`${sandbox.url}${path}`, { redirect: 'manual', ...init });
/** A request under the real name, as the TLS front passes it. */
const named = async (url: string, init: RequestInit = {}): Promise<Response> => {
  const answer = await sandbox.handle(new Request(url, init));
  if (answer === null) throw new Error('connection cut');
  return answer;
};

test('the front page lists the pages, with addresses that answer', async () => {
  const page = await (await get('/')).text();
  const links = [...page.matchAll(/href="(\/[^"]+)"/g)].map(([, path = '']) => path.replaceAll('&amp;', '&'));
  expect(links.length).toBeGreaterThan(12);
  expect(page).toContain('npm start -- --browser');
  expect(await (await named('https://sandbox.inlay.test/')).text()).not.toContain('--browser');
  for (const link of links) expect({ link, status: (await get(link)).status }).toEqual({ link, status: 200 });
});

test('Ads Manager rows are the platform’s own objects, and their sums are the ads’ sums', async () => {
  const rows = async (query: string) =>
    (
      (await (await get(`/adsmanager.facebook.com/adsmanager/data?act=1000000001&date=2026-01-01_2030-01-01&${query}`)).json()) as {
        rows: { id: string; campaignId: string; spendMinor: number | null }[];
      }
    ).rows;
  const [ads, campaigns] = [await rows('level=ads'), await rows('level=campaigns')];
  expect(ads).toHaveLength(5000);
  expect(campaigns).toHaveLength(20);
  const sum = (list: { spendMinor: number | null }[]): number => list.reduce((total, { spendMinor }) => total + (spendMinor ?? 0), 0);
  expect(sum(ads)).toBeGreaterThan(0);
  expect(sum(campaigns)).toBe(sum(ads));
  const one = campaigns[0]?.id ?? '';
  const below = await rows(`level=ads&campaigns=${one}`);
  expect(below.length).toBeGreaterThan(0);
  expect(below.every(({ campaignId }) => campaignId === one)).toBe(true);
  expect(await rows('level=nonsense')).toEqual([]);
});

test('every page has a policy without inline script, and another account answers nothing', async () => {
  for (const url of [
    'https://adsmanager.facebook.com/adsmanager/manage/ads',
    'https://app.hubspot.com/contacts/4242/record/0-1/101',
    'https://inlay-demo.myshopify.com/products/field-tote',
  ]) {
    const policy = (await named(url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*/);
  }
  expect(await (await get('/adsmanager.facebook.com/adsmanager/data?level=ads&act=999')).json()).toMatchObject({ account: null, rows: [] });
});

test('pages under the real name load the widget from the CDN name; in the path form from the same port', async () => {
  expect(await (await named('https://inlay-demo.myshopify.com/products/field-tote')).text()).toContain(
    'src="https://cdn.inlay.test/inlay.js" async',
  );
  const byPath = await (await get(`${SHOP}/products/field-tote`)).text();
  expect(byPath).toContain(`src="${sandbox.url}/cdn.inlay.test/inlay.js" async`);
  expect(byPath).toContain(`data-token-url="${SHOP}/apps/inlay/token"`);
  expect(byPath).toMatch(/<inlay-affiliate-stats data-key="pk_shop"/);
});

test('a visit with a click id becomes an order with the cart attribute and the coupon', async () => {
  const first = await get(`${SHOP}/cart.js`);
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const send = (path: string, body: object) =>
    get(`${SHOP}${path}`, { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const product = sandbox.shopify.store.shop('inlay-demo.myshopify.com').products[0];
  await send('/cart/update.js', { attributes: { inlay_click: 'clk_777' } });
  expect(await (await send('/cart/add.js', { id: product?.variantId, quantity: 2 })).json()).toMatchObject({
    item_count: 2,
    total_price: 17_800,
  });
  const pay = (discount: string) =>
    get(`${SHOP}/checkout`, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ email: 'Lead-17@example.com', discount }) });
  expect((await pay('NOPE')).status).toBe(422);
  expect((await pay('creator10')).status).toBe(200);
  const order = sandbox.shopify.store.shop('inlay-demo.myshopify.com').orders.at(-1);
  expect(order).toMatchObject({
    email: 'lead-17@example.com',
    noteAttributes: [{ name: 'inlay_click', value: 'clk_777' }],
    discountCodes: [{ code: 'CREATOR10', amountMinor: 1780 }],
    lines: [{ sku: 'TOTE-01', quantity: 2 }],
  });
  expect(await (await get(`${SHOP}/cart.js`, { headers: { cookie } })).json()).toMatchObject({ item_count: 0 });
});

test('browser modules come without types, and nothing outside the browser folders can be read', async () => {
  const base = '/adsmanager.facebook.com/adsmanager/static/';
  const module = await get(`${base}ads-manager/client/main.ts`);
  expect(module.headers.get('content-type')).toContain('text/javascript');
  expect(await module.text()).not.toContain('interface Data');
  for (const path of ['index.ts', 'ads-manager/route.ts', 'ads-manager/client/..%2froute.ts', 'browser/nothing.ts'])
    expect((await get(base + path)).status).toBe(404);
  expect((await get('/cdn.inlay.test/..%2f..%2fpackage.json')).status).toBe(404);
});

test('mail sent by API lies in the inbox; the same idempotency key sends once', async () => {
  const send = (headers: Record<string, string>) =>
    get('/api.resend.com/emails', {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'idempotency-key': 'k1', ...headers },
      body: JSON.stringify({ from: 'a@example.com', to: 'b@example.com', subject: 'Hello <you>', html: '<p>Hi</p>' }),
    });
  expect((await get('/api.resend.com/emails', { method: 'POST', body: '{}' })).status).toBe(401);
  const [one, two] = [await (await send({})).json(), await (await send({})).json()];
  expect(one).toEqual(two);
  expect(await (await get('/_sandbox/mailbox')).json()).toMatchObject({ mails: [{ to: ['b@example.com'], subject: 'Hello <you>' }] });
  expect(await (await get('/mailbox.inlay.test/')).text()).toContain('Hello &lt;you&gt;');
});

test('a restart keeps shops, contacts and mail', async () => {
  const vendors = [sandbox.shopify, sandbox.hubspot, sandbox.mailbox];
  const saved = JSON.parse(JSON.stringify(vendors.map((vendor) => vendor.snapshot()))) as unknown[];
  const other = await createSandbox({ seed: 5, demo: false });
  [other.shopify, other.hubspot, other.mailbox].forEach((vendor, index) => vendor.restore(saved[index]));
  expect(other.shopify.objects()).toEqual(sandbox.shopify.objects());
  expect(other.hubspot.objects()).toEqual(sandbox.hubspot.objects());
  expect(other.mailbox.mails).toEqual(sandbox.mailbox.mails);
  await other.close();
});
