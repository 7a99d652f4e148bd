import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import * as contracts from '#shared/contracts/connections.ts';
import { finishConsent, giveConsent } from '../../testing/connect-meta.ts';
import { connectShop, deliver } from '../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';

const SHOP = 'door-test.myshopify.com';
let w: TestWorker;
let member: Member;
let connectionId: string;
const extra: TestWorker[] = [];
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  connectionId = await connectShop(w, member, SHOP);
});
afterEach(async () => {
  for (const one of extra.splice(0)) await one.stop();
});
afterAll(() => w.stop());

let next = 5_000;
/** The least a store's order says; `at` is its version. */
const orderBody = (change: Record<string, unknown> = {}) => ({
  id: ++next,
  name: `#${next}`,
  currency: 'EUR',
  created_at: '2026-11-01T10:00:00+01:00',
  updated_at: '2026-11-01T10:00:00+01:00',
  financial_status: 'paid',
  test: false,
  taxes_included: false,
  email: `buyer-${next}@example.com`,
  line_items: [{ id: next * 10, title: 'Lamp', price: '100.00', quantity: 1, discount_allocations: [], tax_lines: [] }],
  refunds: [],
  ...change,
});
const ordersOf = async (worker: TestWorker, organizationId: string) =>
  (await worker.db.query('select * from orders where organization_id = $1 order by source_order_id', [organizationId])).rows;
const isDealtWith = (worker: TestWorker) =>
  worker.until(
    'the pending shelf is empty',
    async () => (await (await worker.mf.getR2Bucket('RAW')).list({ prefix: 'pending/' })).objects.length === 0,
    20_000,
  );

test("the consent page's signed way back connects; a forged one does not", async () => {
  const other = await w.signUp();
  const back = await giveConsent(other, 'shopify', 'decision=install', 'forged-way.myshopify.com');
  back.set('timestamp', '1');
  expect((await finishConsent(w, back, 'shopify')).searchParams.get('connect_error')).toBe('forged');
  expect((await other.api.call(contracts.listConnections, {})).connections).toEqual([]);
  expect((await member.api.call(contracts.listConnections, {})).connections).toMatchObject([
    { provider: 'shopify', externalId: SHOP, status: 'active' },
  ]);
});

test("an hour's access is renewed before it ends, with the rotated refresh token, again and again", async () => {
  const tokens = async () =>
    (await w.db.query('select access_token, refresh_token, refresh_at from connections where id = $1', [connectionId])).rows[0];
  for (let round = 0; round < 2; round++) {
    const before = await tokens();
    await w.db.query(`update connections set refresh_at = now() - interval '1 second' where id = $1`, [connectionId]);
    await w.runCron();
    const after = await w.until('renewed', async () => {
      const now = await tokens();
      return now.access_token !== before.access_token && now;
    });
    expect(after.refresh_token).not.toBe(before.refresh_token);
    expect(after.refresh_at.getTime()).toBeGreaterThan(Date.now() + 30 * 60_000);
  }
});

test('forged, unsigned, altered, truncated, empty and nameless deliveries are refused, counted and change nothing', async () => {
  const body = orderBody();
  const raw = JSON.stringify(body);
  const sent = await Promise.all([
    deliver(w, SHOP, 'orders/create', body, { secret: 'another secret' }),
    deliver(w, SHOP, 'orders/create', body, { raw: raw.replace('100.00', '900.00') }),
    deliver(w, SHOP, 'orders/create', body, { raw: raw.slice(0, -9) }),
    deliver(w, SHOP, 'orders/create', body, { headers: { 'x-shopify-hmac-sha256': '' } }),
    deliver(w, SHOP, 'orders/create', body, { headers: { 'x-shopify-hmac-sha256': 'x' } }),
    deliver(w, SHOP, 'orders/create', ''),
    deliver(w, 'evil.example.com/?', 'orders/create', body),
  ]);
  expect(sent.map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401, 400, 400]);
  expect(await ordersOf(w, member.organizationId)).toEqual([]);
  await w.until('refusals are counted', async () => {
    const { rows } = await w.db.query(`select reason, n from webhook_refusals where source = 'shopify'`);
    const counted = Object.fromEntries(rows.map((row) => [row.reason, row.n]));
    return counted['bad_signature'] === 5 && counted['empty'] === 1 && counted['malformed'] === 1;
  });
});

test('a delivery takes effect once, however often it comes; an older version changes nothing; a body that is no order is put aside', async () => {
  const body = orderBody({ updated_at: '2026-11-02T10:00:00Z' });
  expect(
    (await Promise.all([1, 2, 3].map(() => deliver(w, SHOP, 'orders/create', body, { webhookId: 'the-same' })))).map(
      (answer) => answer.status,
    ),
  ).toEqual([200, 200, 200]);
  await w.until('the order is here', async () => (await ordersOf(w, member.organizationId)).length === 1);
  await deliver(w, SHOP, 'orders/updated', {
    ...body,
    updated_at: '2026-11-01T09:00:00Z',
    financial_status: 'pending',
    line_items: [{ ...body.line_items[0], price: '1.00' }],
  });
  await deliver(w, SHOP, 'orders/create', { id: 1 });
  await deliver(w, SHOP, 'orders/create', 'not json');
  await deliver(w, SHOP, 'products/update', { id: 1 });
  await isDealtWith(w);
  expect(await ordersOf(w, member.organizationId)).toMatchObject([{ net_minor: '10000', financial_status: 'paid' }]);
  expect(
    (await w.db.query(`select 1 from inbox where organization_id = $1 and event_id = 'the-same'`, [member.organizationId])).rowCount,
  ).toBe(1);
});

test('texts no database can hold do not keep an order out', async () => {
  const body = orderBody({ note_attributes: [{ name: 'gift \0 note', value: 'half an emoji: \ud83d' }] });
  await deliver(w, SHOP, 'orders/create', body);
  const row = await w.until('the order is here', async () =>
    (await ordersOf(w, member.organizationId)).find((one) => one.source_order_id === String(body.id)),
  );
  expect(row.attributes).toEqual({ 'gift  note': 'half an emoji: \ufffd' });
});

test('a refund waits for its order', async () => {
  const body = orderBody();
  const refund = {
    id: 900,
    order_id: body.id,
    created_at: '2026-11-03T10:00:00Z',
    refund_line_items: [
      { line_item_id: body.line_items[0]?.id, quantity: 1, subtotal_set: { shop_money: { amount: '100.0', currency_code: 'EUR' } } },
    ],
    order_adjustments: [],
    transactions: [],
  };
  await deliver(w, SHOP, 'refunds/create', refund);
  await w.until(
    'the refund waits',
    async () =>
      (await w.db.query(`select 1 from refunds where organization_id = $1 and source_refund_id = '900'`, [member.organizationId])).rowCount,
  );
  await deliver(w, SHOP, 'orders/create', body);
  const row = await w.until('the order is here', async () =>
    (await ordersOf(w, member.organizationId)).find((one) => one.source_order_id === String(body.id)),
  );
  expect(row).toMatchObject({ gross_minor: '10000', net_minor: '0' });
});

test("a shop belongs to those who connected it: another shop's orders reach nobody else, an unknown shop's nobody", async () => {
  const other = await w.signUp();
  await connectShop(w, other, 'other-door.myshopify.com');
  const before = (await ordersOf(w, member.organizationId)).length;
  await deliver(w, 'other-door.myshopify.com', 'orders/create', orderBody());
  await deliver(w, 'nobodys-shop.myshopify.com', 'orders/create', orderBody());
  await isDealtWith(w);
  await w.until('it reached its owner', async () => (await ordersOf(w, other.organizationId)).length === 1);
  expect((await ordersOf(w, member.organizationId)).length).toBe(before);
  expect((await w.db.query(`select 1 from orders where shop = 'nobodys-shop.myshopify.com'`)).rowCount).toBe(0);
});

test("the walls hold in the database itself: one organization's role sees no row of another's orders, refunds, credits, touches or people", async () => {
  const {
    rows: [{ database }],
  } = await w.db.query('select current_database() as database');
  const api = new pg.Client({ connectionString: `postgres://inlay_api:inlay_api@127.0.0.1:${inject('postgresPort')}/${database}` });
  await api.connect();
  const stranger = await w.signUp();
  await w.db.query(
    `insert into touches (id, organization_id, person_id, kind, occurred_at, source)
    select 'tch_walls', organization_id, id, 'direct', '2020-01-01', 'test:walls' from people where organization_id = $1 limit 1`,
    [member.organizationId],
  );
  await api.query('begin');
  await api.query(`select set_config('app.organization_id', $1, true)`, [stranger.organizationId]);
  for (const table of ['orders', 'refunds', 'credits', 'touches', 'people', 'person_keys', 'inbox']) {
    expect((await w.db.query(`select 1 from ${table} limit 1`)).rowCount, table).toBe(1);
    expect((await api.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
  }
  const update = await api.query('update orders set net_minor = 0');
  expect(update.rowCount).toBe(0);
  await api.query('rollback');
  await api.end();
});

test('privacy topics are answered at the same door and noted; removing the app ends the connection, and the late word of an earlier removal does not', async () => {
  const shop = 'leaving.myshopify.com';
  const own = await w.signUp();
  const id = await connectShop(w, own, shop);
  const audit = async () =>
    (
      await w.db.query(
        `select action, detail from audit_log where organization_id = $1 and action in ('privacy.request', 'connection.uninstalled') order by at`,
        [own.organizationId],
      )
    ).rows;
  const status = async () => (await w.db.query('select status, access_token, refresh_at from connections where id = $1', [id])).rows[0];
  for (const topic of ['customers/data_request', 'customers/redact', 'shop/redact'])
    expect((await deliver(w, shop, topic, { shop_domain: shop, topic, customer: { id: 1, email: 'someone@example.com' } })).status).toBe(
      200,
    );
  await w.until('three notes', async () => (await audit()).length === 3);
  expect(JSON.stringify(await audit())).not.toContain('someone@example.com');
  await deliver(w, shop, 'app/uninstalled', { id: 1 }, { headers: { 'x-shopify-triggered-at': '2026-01-01T00:00:00Z' } });
  await isDealtWith(w);
  expect((await status()).status).toBe('active');
  await deliver(w, shop, 'app/uninstalled', { id: 2 });
  await w.until('the connection has ended', async () => (await status()).status === 'revoked');
  expect(await status()).toEqual({ status: 'revoked', access_token: null, refresh_at: null });
  await deliver(w, shop, 'orders/create', orderBody());
  await isDealtWith(w);
  expect(await ordersOf(w, own.organizationId)).toEqual([]);
});

test('Postgres away during intake: the store gets its 200 and nothing is lost', async () => {
  const {
    rows: [{ name }],
  } = await w.db.query('select current_database() as name');
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  const before = (await ordersOf(w, member.organizationId)).length;
  await admin.query(`alter database ${name} allow_connections false`);
  await w.db.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [name]);
  const bodies = Array.from({ length: 12 }, () => orderBody());
  const answers = await Promise.all(bodies.map((body) => deliver(w, SHOP, 'orders/create', body)));
  expect(answers.map((answer) => answer.status)).toEqual(bodies.map(() => 200));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect((await ordersOf(w, member.organizationId)).length).toBe(before);
  await admin.query(`alter database ${name} allow_connections true`);
  await admin.end();
  await w.until('all are here', async () => (await ordersOf(w, member.organizationId)).length === before + bodies.length, 25_000);
}, 45_000);

test.each([
  ['none', 401, 0],
  ['no-signature-check', 200, 1],
] as const)('the signature is what keeps forgeries out: mutant %s', async (mutant, status, orders) => {
  const worker = await startWorker({ vars: { INLAY_MUTANT: mutant } });
  extra.push(worker);
  const own = await worker.signUp();
  await connectShop(worker, own, 'mutant-shop.myshopify.com');
  expect((await deliver(worker, 'mutant-shop.myshopify.com', 'orders/create', orderBody(), { secret: 'forged' })).status).toBe(status);
  await isDealtWith(worker);
  expect((await ordersOf(worker, own.organizationId)).length).toBe(orders);
});
