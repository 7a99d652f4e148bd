import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as affiliates from '#shared/contracts/affiliates.ts';
import * as contracts from '#shared/contracts/revenue.ts';
import { encodeClickId } from '#shared/rules/click-id.ts';
import { connectShop, deliver } from '../../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { nodeContext } from '../../../testing/node-context.ts';
import { storeLead } from '../../leads/store-lead.ts';

const AD = '120399000000001';
const GIFT = 'a lamp for Buyerfirst, happy birthday';
const FBCLID = 'IwAR0redactedClick1';
/** How the shop's customer is written in what we are told, and how we would look for them. */
const BUYER = { id: 7_100_001, email: 'buyerfirst@example.com', phone: '+33612340042' };
const WORDS = [BUYER.email, BUYER.phone, '06 12 34 00 42', 'Buyerfirst', FBCLID];

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

let next = 60_000;
let shops = 0;
const newShop = () => `privacy-${++shops}.myshopify.com`;
interface Body extends Record<string, unknown> {
  id: number;
  line_items: { id: number; [field: string]: unknown }[];
}
/** The least a store's order says, of the buyer unless told otherwise. */
const order = (change: Record<string, unknown> = {}): Body => ({
  id: ++next,
  name: `#${next}`,
  currency: 'EUR',
  created_at: '2026-11-20T10:00:00Z',
  updated_at: '2026-11-20T10:00:00Z',
  financial_status: 'paid',
  test: false,
  taxes_included: false,
  email: BUYER.email,
  phone: BUYER.phone,
  customer: { id: BUYER.id, email: BUYER.email, phone: BUYER.phone, first_name: 'Buyerfirst' },
  note_attributes: [
    { name: 'note', value: GIFT },
    { name: 'fbclid', value: FBCLID },
  ],
  line_items: [{ id: next * 10, title: 'Lamp', price: '100.00', quantity: 1, discount_allocations: [], tax_lines: [] }],
  refunds: [],
  ...change,
});
const refunded = (body: Body, amount: string) => ({
  ...body,
  updated_at: '2026-11-21T10:00:00Z',
  financial_status: 'partially_refunded',
  refunds: [
    {
      id: body.id + 500_000,
      order_id: body.id,
      created_at: '2026-11-21T09:00:00Z',
      refund_line_items: [
        { line_item_id: body.line_items[0]?.id, quantity: 1, subtotal_set: { shop_money: { amount, currency_code: 'EUR' } } },
      ],
    },
  ],
});
const redact = (shop: string, orderIds: number[], customer: object = BUYER) =>
  deliver(w, shop, 'customers/redact', { shop_id: 1, shop_domain: shop, customer, orders_to_redact: orderIds });

const settled = (shop: string) =>
  w.until(
    'everything is dealt with',
    async () => {
      const { objects } = await (await w.mf.getR2Bucket('RAW')).list({ prefix: `pending/shopify/${shop}` });
      const { rows } = await w.db.query('select 1 from outbox where published_at is null');
      return objects.length === 0 && rows.length === 0;
    },
    20_000,
  );
const audited = (organizationId: string, action: string, count = 1) =>
  w.until(
    action,
    async () => {
      const { rows } = await w.db.query(`select detail from audit_log where organization_id = $1 and action = $2 order by at`, [
        organizationId,
        action,
      ]);
      return rows.length >= count && rows.map((row) => row.detail);
    },
    20_000,
  );
const keptBodies = async (shop: string) => {
  const bucket = await w.mf.getR2Bucket('RAW');
  const { objects } = await bucket.list({ prefix: `shopify/${shop}/` });
  return Promise.all(objects.map(async ({ key }) => (await bucket.get(key))?.text() ?? ''));
};
const rows = async (text: string, ...values: unknown[]) => (await w.db.query(text, values)).rows;
const keysOf = async (organizationId: string): Promise<string[]> =>
  (await rows('select kind from person_keys where organization_id = $1 order by kind', organizationId)).map((row) => row.kind as string);
/** What the organization earned, to whom it is credited and what it owes: everything that must not move. */
const money = (organizationId: string) =>
  rows(
    `select o.source_order_id, o.gross_minor, o.net_minor, o.matched_by, dense_rank() over (order by o.person_id) as buyer,
       (select jsonb_agg(jsonb_build_array(c.share, c.ad_external_id, c.touch_day, c.cash_day, c.amount_minor) order by c.id) from credits c where c.order_id = o.id) as credits,
       (select jsonb_agg(jsonb_build_array(p.affiliate_id, p.cause, p.amount_minor) order by p.id) from commission_postings p where p.order_id = o.id) as commission
     from orders o where o.organization_id = $1 order by o.source_order_id`,
    organizationId,
  );
/** Every row of the organization that holds one of the words. */
async function mentions(organizationId: string): Promise<string[]> {
  const tables = await rows(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id'`,
  );
  const found = [];
  for (const { table_name: table } of tables)
    for (const { text } of await rows(`select t::text as text from "${table}" t where organization_id = $1`, organizationId))
      for (const word of WORDS) if ((text as string).includes(word)) found.push(`${table}: ${word}`);
  return found;
}

/** An organization with a shop, an ad, and a lead of that ad who is the buyer. */
async function organization(shop: string): Promise<Member> {
  const member = await w.signUp({ timezone: 'Europe/Paris' });
  const id = member.organizationId;
  await connectShop(w, member, shop);
  await w.db.query(
    `insert into connections (id, organization_id, provider, external_id, display_name, status, scopes, issued_at) values ($1, $2, 'meta', '1', 'x', 'active', '[]', now())`,
    [`con_${id}`, id],
  );
  await w.db.query(
    `insert into ad_accounts (id, organization_id, connection_id, platform, external_id, name, currency, timezone, status) values ($1, $2, $3, 'meta', '1', 'x', 'EUR', 'Europe/Paris', 'active')`,
    [`acc_${id}`, id, `con_${id}`],
  );
  await w.db.query(
    `insert into ad_entities (organization_id, account_id, external_id, kind, campaign_external_id, ad_set_external_id, name, status, status_raw, synced_at) values ($1, $2, $3, 'ad', '5', '6', 'Ad', 'active', 'ACTIVE', now())`,
    [id, `acc_${id}`, AD],
  );
  await learnLead(id, '77', { email: BUYER.email, full_name: 'Buyerfirst Buyerlast', fbclid: FBCLID });
  return member;
}
async function learnLead(organizationId: string, sourceLeadId: string, fields: Record<string, string>): Promise<void> {
  const ctx = await nodeContext(w, organizationId);
  const lead = {
    sourceLeadId,
    createdAt: new Date('2026-11-15T10:00:00Z'),
    adExternalId: AD,
    adSetExternalId: null,
    campaignExternalId: null,
    formExternalId: '8',
    isTest: false,
    isOrganic: false,
    fields,
  };
  await storeLead(ctx, { connectionId: `con_${organizationId}`, lead, formName: 'Form', pageExternalId: '9', backfilled: false });
  await ctx.close();
}

test('a customer who asks for it is forgotten in tables and kept bodies, by every organization of the shop; no amount moves, and asking again changes nothing', async () => {
  const shop = newShop();
  const [member, other] = [await organization(shop), await organization(shop)];
  const [first, second] = [order(), order({ note_attributes: [] })];
  const somebody = order({
    email: 'somebody@example.com',
    phone: null,
    customer: { id: 7_100_002, email: 'somebody@example.com' },
    note_attributes: [{ name: 'note', value: 'leave it at the door' }],
  });
  for (const body of [first, second, somebody]) await deliver(w, shop, 'orders/create', body);
  await w.until('three orders each', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 6);
  await settled(shop);
  const before = [await money(member.organizationId), await money(other.organizationId)];
  expect(before[0]).toMatchObject([
    { net_minor: '10000', matched_by: 'click_id', credits: [['paid', AD, '2026-11-15', '2026-11-20', 10_000]] },
    { net_minor: '10000', credits: [['paid', AD, '2026-11-15', '2026-11-20', 10_000]] },
    { net_minor: '10000', credits: [['unmatched', null, null, '2026-11-20', 10_000]] },
  ]);
  expect(await mentions(member.organizationId)).not.toEqual([]);
  expect((await keptBodies(shop)).filter((text) => text.includes('Buyerfirst'))).toHaveLength(2);

  for (const round of [1, 2]) {
    expect((await redact(shop, [first.id, second.id])).status).toBe(200);
    for (const { organizationId } of [member, other])
      expect((await audited(organizationId, 'privacy.request', round)).at(-1)).toMatchObject(
        round === 1 ? { topic: 'customers/redact', shop, people: 1, orders: 2, leads: 1 } : { orders: 2 },
      );
    await settled(shop);
    expect([await money(member.organizationId), await money(other.organizationId)]).toEqual(before);
    for (const { organizationId } of [member, other]) {
      expect(await keysOf(organizationId)).toEqual(['email', 'shop_customer']);
      expect(await mentions(organizationId)).toEqual([]);
    }
  }
  await w.until('the bodies are gone', async () => (await keptBodies(shop)).every((text) => !WORDS.some((word) => text.includes(word))));
  expect((await keptBodies(shop)).filter((text) => text.includes('somebody@example.com'))).toHaveLength(1);
  expect((await member.api.call(contracts.listLeads, { query: {} })).leads).toMatchObject([{ contact: {}, orders: 2, netMinor: 20_000 }]);
  // The platform still holds the lead: read again, it stays empty.
  await learnLead(member.organizationId, '77', { email: BUYER.email, full_name: 'Buyerfirst Buyerlast' });
  expect((await member.api.call(contracts.listLeads, { query: {} })).leads).toMatchObject([{ contact: {} }]);
  expect(await keysOf(member.organizationId)).toEqual(['email', 'shop_customer']);
});

test('what comes late counts and names nobody; the same address with another customer number is somebody new', async () => {
  const shop = newShop();
  const { organizationId } = await organization(shop);
  const known = order();
  await deliver(w, shop, 'orders/create', known);
  await w.until('the order', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 1);
  const listedOnly = order({ customer: null });
  await redact(shop, [known.id, listedOnly.id]);
  await audited(organizationId, 'privacy.request');

  await deliver(w, shop, 'orders/updated', refunded(known, '100.00'));
  for (const body of [listedOnly, order()]) await deliver(w, shop, 'orders/create', body);
  const nets = () => rows('select net_minor::int as net, attributes from orders where shop = $1 order by source_order_id', shop);
  await w.until('late facts', async () => (await nets()).length === 3 && (await nets())[0]?.net === 0);
  await settled(shop);
  expect(await nets()).toEqual([
    { net: 0, attributes: {} },
    { net: 10_000, attributes: {} },
    { net: 10_000, attributes: {} },
  ]);
  expect(await keysOf(organizationId)).toEqual([]);
  expect(await mentions(organizationId)).toEqual([]);
  await w.until('no body is kept', async () => (await keptBodies(shop)).every((text) => !text.includes('Buyerfirst')));

  await deliver(w, shop, 'orders/create', order({ customer: { id: 7_100_009, email: BUYER.email } }));
  await w.until('the new customer', async () => (await keysOf(organizationId)).includes('shop_customer'));
  expect(await keysOf(organizationId)).toEqual(['click_id', 'email', 'phone', 'shop_customer']);
});

test('orders that arrive while their buyer is being forgotten name nobody either', async () => {
  const shop = newShop();
  const { organizationId } = await organization(shop);
  const bodies = Array.from({ length: 12 }, () => order());
  await deliver(w, shop, 'orders/create', bodies[0]);
  await w.until('the first order', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 1);
  await Promise.all(bodies.flatMap((body, n) => [deliver(w, shop, 'orders/updated', body), ...(n === 5 ? [redact(shop, [])] : [])]));
  await w.until('all orders', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 12, 20_000);
  await audited(organizationId, 'privacy.request');
  await settled(shop);
  expect(await keysOf(organizationId)).toEqual([]);
  expect(await mentions(organizationId)).toEqual([]);
  expect((await money(organizationId)).every((one) => one.net_minor === '10000')).toBe(true);
});

test('two customers with one address: forgetting one leaves the other known', async () => {
  const shop = newShop();
  const { organizationId } = await organization(shop);
  const husband = order({ customer: { id: 7_100_003, email: BUYER.email }, phone: null, note_attributes: [] });
  await deliver(w, shop, 'orders/create', husband);
  await w.until('his order', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 1);
  const hers = order({ phone: null, note_attributes: [] });
  await deliver(w, shop, 'orders/create', hers);
  await w.until('her order', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 2);
  await redact(shop, [hers.id]);
  expect(await audited(organizationId, 'privacy.request')).toMatchObject([{ people: 1, orders: 1, leads: 0 }]);
  expect(await keysOf(organizationId)).toEqual(['click_id', 'email', 'meta_lead', 'shop_customer']);
});

test("a creator's commission stays, later refunds still take their part back, and a creator's own order still earns nothing", async () => {
  const shop = newShop();
  const member = await organization(shop);
  const { organizationId } = member;
  await member.api.call(affiliates.saveProgram, {
    body: { name: 'Creators', shop, currency: 'EUR', ratePercent: '10', windowDays: 30, allowedDomains: [shop] },
  });
  await member.api.call(affiliates.addAffiliate, {
    body: { name: 'Creator one', code: `p-${randomUUID().slice(0, 12)}`, destination: `https://${shop}/`, coupon: 'ONE10' },
  });
  const own = await member.api.call(affiliates.addAffiliate, {
    body: {
      name: 'Creator two',
      code: `p-${randomUUID().slice(0, 12)}`,
      destination: `https://${shop}/`,
      coupon: 'TWO10',
      shopCustomerId: String(BUYER.id),
    },
  });
  await w.db.query(`update affiliates set approved_at = '2026-10-01' where organization_id = $1`, [organizationId]);
  await w.db.query(`update affiliate_program_rules set effective_at = '2026-10-01' where organization_id = $1`, [organizationId]);
  const [link] = await rows(
    `select l.id from affiliate_links l join affiliates a on a.id = l.affiliate_id where a.organization_id = $1 and a.coupon = 'ONE10'`,
    organizationId,
  );
  const ctx = await nodeContext(w, organizationId);
  const { clickMac } = await import('../../affiliates/click-mac.ts');
  const click = await encodeClickId(
    { linkId: BigInt(`0x${link.id}`), mintedAt: Date.parse('2026-11-19T10:00:00Z') / 1000, random: new Uint8Array([1, 2, 3, 4, 5, 6]) },
    clickMac(ctx.ports),
  );
  await ctx.close();
  const byClick = order({ note_attributes: [{ name: 'inlay_click', value: click }] });
  const byCoupon = order({
    discount_codes: [
      { code: 'one10', amount: '0.00' },
      { code: 'BUYER-BIRTHDAY', amount: '0.00' },
    ],
  });
  const byOwn = order({ discount_codes: [{ code: 'TWO10', amount: '0.00' }] });
  for (const body of [byClick, byCoupon, byOwn]) await deliver(w, shop, 'orders/create', body);
  await w.until(
    'three decisions',
    async () => (await rows('select 1 from affiliate_decisions where organization_id = $1', organizationId)).length === 3,
  );
  const before = await money(organizationId);
  expect(before.map((one) => one.commission?.map((posting: unknown[]) => posting[2]) ?? null)).toEqual([[1_000], [1_000], null]);

  await redact(shop, [byClick.id, byCoupon.id, byOwn.id]);
  await audited(organizationId, 'privacy.request');
  await settled(shop);
  expect(await money(organizationId)).toEqual(before);
  expect(await rows('select shop_customer_id from affiliates where id = $1', own.id)).toEqual([{ shop_customer_id: null }]);
  const codes = await rows('select discount_codes, attributes from orders where shop = $1 order by source_order_id', shop);
  expect(codes.map((one) => one.discount_codes)).toEqual([[], ['one10'], []]);
  expect(Object.keys(codes[0]?.attributes)).toEqual(['inlay_click']);
  expect(
    JSON.stringify([codes, await rows('select receipt from affiliate_decisions where organization_id = $1', organizationId)]),
  ).not.toContain(click);

  for (const body of [byClick, byCoupon, byOwn]) await deliver(w, shop, 'orders/updated', refunded(body, '40.00'));
  await w.until('the refunds', async () => (await money(organizationId)).every((one) => one.net_minor === '6000'));
  expect((await money(organizationId)).map((one) => one.commission?.map((posting: unknown[]) => posting[2]) ?? null)).toEqual([
    [1_000, -400],
    [1_000, -400],
    null,
  ]);
});

test('after the app was removed customers can still be forgotten, and the whole shop; what lead forms said stays', async () => {
  const shop = newShop();
  const member = await organization(shop);
  const { organizationId } = member;
  const bodies = [
    order(),
    order({ email: 'somebody@example.com', phone: null, customer: { id: 7_100_002, email: 'somebody@example.com' } }),
  ];
  for (const body of bodies) await deliver(w, shop, 'orders/create', body);
  await w.until('two orders', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 2);
  const third = order({
    email: 'third@example.com',
    phone: null,
    customer: { id: 7_100_004, email: 'third@example.com' },
    note_attributes: [],
  });
  await deliver(w, shop, 'orders/create', third);
  await w.until('three orders', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 3);
  const before = await money(organizationId);

  // A shop that has the app keeps its orders, whatever an older removal asks for.
  await deliver(w, shop, 'shop/redact', { shop_id: 1, shop_domain: shop });
  expect(await audited(organizationId, 'privacy.request')).toEqual([{ topic: 'shop/redact', shop, connectedAgain: true }]);
  await deliver(w, shop, 'app/uninstalled', { id: 1 });
  await audited(organizationId, 'connection.uninstalled');
  await redact(shop, [third.id], { id: 7_100_004 });
  expect(await audited(organizationId, 'privacy.request', 2)).toMatchObject([
    {},
    { topic: 'customers/redact', people: 1, orders: 1, leads: 0 },
  ]);
  expect((await keysOf(organizationId)).length).toBeGreaterThan(4);

  await deliver(w, shop, 'shop/redact', { shop_id: 1, shop_domain: shop });
  await audited(organizationId, 'privacy.shop_forgotten');
  await settled(shop);
  expect(await money(organizationId)).toEqual(before);
  expect(await keysOf(organizationId)).toEqual(['click_id', 'email', 'meta_lead']);
  expect(await rows('select distinct attributes, discount_codes from orders where shop = $1', shop)).toEqual([
    { attributes: {}, discount_codes: [] },
  ]);
  expect((await member.api.call(contracts.listLeads, { query: {} })).leads).toMatchObject([{ contact: { email: BUYER.email }, orders: 1 }]);
  await w.until('no body is kept', async () => (await keptBodies(shop)).length === 0);
});

test('a removal nobody told us of is found out by the request itself', async () => {
  const shop = newShop();
  const { organizationId } = await organization(shop);
  await deliver(w, shop, 'orders/create', order({ email: 'somebody@example.com', phone: null, note_attributes: [] }));
  await w.until('an order', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 1);
  await w.db.query(
    `update connections set status = 'expired', issued_at = now() - interval '3 days' where organization_id = $1 and provider = 'shopify'`,
    [organizationId],
  );
  await deliver(w, shop, 'shop/redact', { shop_id: 1, shop_domain: shop });
  await audited(organizationId, 'privacy.shop_forgotten');
  expect(
    await rows(`select status, access_token from connections where organization_id = $1 and provider = 'shopify'`, organizationId),
  ).toEqual([{ status: 'revoked', access_token: null }]);
  expect(await keysOf(organizationId)).toEqual(['click_id', 'email', 'meta_lead']);
});

test("nobody of ours takes an erasure back: the Worker's role may add and read", async () => {
  expect(
    await rows(
      `select privilege_type as may from information_schema.role_table_grants where grantee = 'inlay_api' and table_name = 'erasures' order by 1`,
    ),
  ).toEqual([{ may: 'INSERT' }, { may: 'SELECT' }]);
});

test('a request for data says whom it is about and changes nothing; a request that names nobody forgets nobody', async () => {
  const shop = newShop();
  const { organizationId } = await organization(shop);
  const body = order();
  await deliver(w, shop, 'orders/create', body);
  await w.until('the order', async () => (await rows('select 1 from orders where shop = $1', shop)).length === 1);
  await settled(shop);
  const [before, keys] = [await money(organizationId), await keysOf(organizationId)];
  await deliver(w, shop, 'customers/data_request', { shop_domain: shop, customer: BUYER, orders_requested: [body.id] });
  const [asked] = await audited(organizationId, 'privacy.request');
  expect(asked.people).toEqual((await rows('select person_id from orders where shop = $1', shop)).map((row) => row.person_id));
  await deliver(w, shop, 'customers/redact', { shop_domain: shop, customer: { id: null, email: '', phone: null }, orders_to_redact: [] });
  await deliver(w, shop, 'customers/redact', { shop_domain: shop });
  await deliver(w, shop, 'customers/redact', { shop_domain: shop, customer: { email: 4 }, orders_to_redact: 'all' });
  expect(await audited(organizationId, 'privacy.request', 3)).toMatchObject([{}, { people: 0, orders: 0 }, { people: 0, orders: 0 }]);
  await settled(shop);
  expect([await money(organizationId), await keysOf(organizationId)]).toEqual([before, keys]);
});
