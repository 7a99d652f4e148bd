import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/affiliates.ts';
import { encodeClickId } from '#shared/rules/click-id.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { connectShop, deliver } from '../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { nodeContext, type NodeContext } from '../../testing/node-context.ts';
import { clickMac } from './click-mac.ts';

const SHOP = 'judge-test.myshopify.com';
const DAY_S = 86_400;

let w: TestWorker;
let member: Member;
let node: NodeContext;
let one: { id: string; code: string };
let two: { id: string; code: string };

type Terms = Partial<{ state: 'open' | 'paused' | 'closed'; ratePercent: string; windowDays: number }>;
const save = (terms: Terms = {}, who = member, shop = SHOP) =>
  who.api.call(contracts.saveProgram, {
    body: { name: 'Creators', shop, currency: 'EUR', ratePercent: '7', windowDays: 30, allowedDomains: [shop], ...terms },
  });
async function add(
  name: string,
  more: { coupon?: string; shopCustomerId?: string } = {},
  who = member,
  shop = SHOP,
): Promise<{ id: string; code: string }> {
  const added = await who.api.call(contracts.addAffiliate, {
    body: { name, code: `j-${randomUUID().slice(0, 12)}`, destination: `https://${shop}/`, ...more },
  });
  return { id: added.id, code: added.code as string };
}

beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  node = await nodeContext(w, member.organizationId);
  await save();
  one = await add('Creator one', { coupon: 'ONE10', shopCustomerId: '7001' });
  two = await add('Creator two', { coupon: 'TWO10' });
  await connectShop(w, member, SHOP);
  // Stores keep whole seconds; what is placed from here on is placed after the creators were approved, whatever the fraction.
  await new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)));
});
afterAll(async () => {
  await node.close();
  await w.stop();
});

interface Placed {
  order: { id: number; line_items: { id: number }[]; updated_at: string };
}
const control = async <T>(path: string, body: unknown): Promise<T> => {
  const answer = await fetch(`${w.sandbox.url}/_sandbox/shopify/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json<T>();
};
const place = (input: Record<string, unknown> = {}): Promise<Placed> =>
  control('orders', { shop: SHOP, currency: 'EUR', lines: [{ title: 'Lamp', price: '17.91', quantity: 3 }], ...input });
const refund = (placed: Placed, quantity: number) =>
  control(`orders/${placed.order.id}/refunds`, { lines: [{ lineId: String(placed.order.line_items[0]?.id), quantity }] });
const withClick = (click: string) => ({ note_attributes: [{ name: 'inlay_click', value: click }] });
const withCoupon = (...codes: string[]) => ({ discount_codes: codes.map((code) => ({ code, amount: '0.00' })) });

interface Decision {
  affiliate_id: string | null;
  carrier: string | null;
  receipt: {
    candidates: { id: string }[];
    winner: { id: string } | null;
    losers: { id: string; reason: string }[];
    rule: { version: number };
    lines: unknown[];
  };
}
const decisionOf = async (placed: Placed): Promise<Decision | undefined> =>
  (
    await w.db.query(
      'select d.* from affiliate_decisions d join orders o on o.id = d.order_id where o.organization_id = $1 and o.source_order_id = $2',
      [member.organizationId, String(placed.order.id)],
    )
  ).rows[0];
const judged = (placed: Placed, done: (decision: Decision) => boolean = () => true) =>
  w.until(
    'the order is judged',
    async () => {
      const decision = await decisionOf(placed);
      return decision && done(decision) && decision;
    },
    20_000,
  );
const arrived = (placed: Placed) =>
  w.until(
    'the order is here',
    async () =>
      (
        await w.db.query('select id from orders where organization_id = $1 and source_order_id = $2', [
          member.organizationId,
          String(placed.order.id),
        ])
      ).rows[0]?.id as string | undefined,
    20_000,
  );
const postingsOf = async (placed: Placed): Promise<{ affiliate: string; cause: string; base: number; amount: number }[]> =>
  (
    await w.db.query(
      `
  select p.affiliate_id as affiliate, p.cause, p.base_minor::int as base, p.amount_minor::int as amount from commission_postings p join orders o on o.id = p.order_id
  where o.organization_id = $1 and o.source_order_id = $2 order by p.id`,
      [member.organizationId, String(placed.order.id)],
    )
  ).rows;
const posted = (placed: Placed, count: number) =>
  w.until(
    `${count} postings`,
    async () => {
      const rows = await postingsOf(placed);
      return rows.length === count && rows;
    },
    20_000,
  );
async function follow(code: string): Promise<string> {
  const answer = await fetch(`${w.origin}/r/${code}`, {
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0' },
  });
  return new URL(answer.headers.get('location') as string).searchParams.get('ilk') as string;
}
/** A genuine click id of a link, minted in the past. */
async function mintedAgo(code: string, seconds: number, who = member): Promise<string> {
  const {
    rows: [link],
  } = await w.db.query('select id from affiliate_links where code = $1 and organization_id = $2', [code, who.organizationId]);
  return encodeClickId(
    { linkId: BigInt(`0x${link.id}`), mintedAt: Math.floor(Date.now() / 1000) - seconds, random: randomBytes(6) },
    clickMac(node.ports),
  );
}
const figuresOf = async (id: string) =>
  (await member.api.call(contracts.getProgram, {})).affiliates.find((affiliate) => affiliate.id === id);

test('a click carried by the cart earns; three refunds take it back as 125, 126, 125 of 376', async () => {
  const before = await figuresOf(one.id);
  const placed = await place(withClick(await follow(one.code)));
  expect(await judged(placed)).toMatchObject({ affiliate_id: one.id, carrier: 'click', receipt: { losers: [] } });
  expect(await posted(placed, 1)).toEqual([{ affiliate: one.id, cause: 'sale', base: 5373, amount: 376 }]);
  expect(await figuresOf(one.id)).toMatchObject({
    orders: (before?.orders as number) + 1,
    netSalesMinor: (before?.netSalesMinor as number) + 5373,
    commissionMinor: (before?.commissionMinor as number) + 376,
  });
  for (const n of [2, 3, 4]) {
    await refund(placed, 1);
    await posted(placed, n);
  }
  expect((await postingsOf(placed)).map((row) => [row.base, row.amount])).toEqual([
    [5373, 376],
    [-1791, -125],
    [-1791, -126],
    [-1791, -125],
  ]);
  expect(await figuresOf(one.id)).toMatchObject({
    netSalesMinor: before?.netSalesMinor,
    commissionMinor: before?.commissionMinor,
    clicks: (before?.clicks as number) + 1,
  });
});

test('a coupon goes before a click, and the receipt says why the click lost', async () => {
  const click = await follow(one.code);
  const placed = await place({ ...withClick(click), ...withCoupon(' two10 ') });
  const decision = await judged(placed);
  expect(decision).toMatchObject({
    affiliate_id: two.id,
    carrier: 'coupon',
    receipt: { winner: { id: 'coupon:TWO10', affiliateId: two.id }, losers: [{ id: `click:${click}`, reason: 'LOWER_RUNG' }] },
  });
  expect((await posted(placed, 1))[0]).toMatchObject({ affiliate: two.id, amount: 376 });
});

test('a forged click, no click id at all and a click of another organization earn nothing, and say so', async () => {
  const genuine = await follow(one.code);
  const forged = (genuine.startsWith('A') ? 'B' : 'A') + genuine.slice(1);
  const stranger = await w.signUp();
  await save({}, stranger, 'stranger-test.myshopify.com');
  const theirs = await add('Stranger', {}, stranger, 'stranger-test.myshopify.com');
  const cases: [string, string][] = [
    [forged, 'BAD_MAC'],
    ['not a click id', 'BAD_MAC'],
    [await mintedAgo(theirs.code, 0, stranger), 'BAD_MAC'],
  ];
  for (const [click, reason] of cases) {
    const placed = await place(withClick(click));
    expect(await judged(placed), click).toMatchObject({
      affiliate_id: null,
      carrier: null,
      receipt: { winner: null, losers: [{ reason }] },
    });
    expect(await postingsOf(placed)).toEqual([]);
  }
  expect(
    (await w.db.query('select count(*)::int as n from affiliate_decisions where organization_id = $1', [stranger.organizationId])).rows[0]
      .n,
  ).toBe(0);
});

test('what came before the program or the creator earns nothing; neither does a coupon nobody owns', async () => {
  const early = await place({ ...withCoupon('ONE10'), createdAt: new Date(Date.now() - 5 * DAY_S * 1000).toISOString() });
  expect(await judged(early)).toMatchObject({
    affiliate_id: null,
    receipt: { losers: [{ id: 'coupon:ONE10', reason: 'PROGRAM_CLOSED' }] },
  });
  const old = await place(withClick(await mintedAgo(one.code, 31 * DAY_S)));
  expect(await judged(old)).toMatchObject({ affiliate_id: null, receipt: { losers: [{ reason: 'PROGRAM_CLOSED' }] } });
  const nobody = await place(withCoupon('SUMMER'));
  await arrived(nobody);
  expect(await decisionOf(nobody)).toBeUndefined();
});

test('a creator who buys through the own link or coupon earns nothing', async () => {
  const placed = await place({ ...withCoupon('ONE10'), customerId: '7001', email: 'creator-one@example.com' });
  expect(await judged(placed)).toMatchObject({ affiliate_id: null, receipt: { losers: [{ reason: 'SELF_REFERRAL' }] } });
  expect(await postingsOf(placed)).toEqual([]);
});

test('a test order and an unpaid one earn nothing; payment makes the commission, cancelling with a refund takes it back', async () => {
  const trial = await place({ ...withCoupon('TWO10'), test: true });
  await judged(trial);
  expect(await postingsOf(trial)).toEqual([]);
  const placed = await place({ ...withCoupon('TWO10'), paid: false });
  expect(await judged(placed)).toMatchObject({ affiliate_id: two.id });
  expect(await postingsOf(placed)).toEqual([]);
  await control(`orders/${placed.order.id}/pay`, {});
  expect(await posted(placed, 1)).toMatchObject([{ cause: 'sale', base: 5373, amount: 376 }]);
  await control(`orders/${placed.order.id}/cancel`, { reason: 'customer', refund: true });
  await w.until('nothing is left of it', async () => (await postingsOf(placed)).reduce((sum, row) => sum + row.amount, 0) === 0, 20_000);
});

test('duplicated, reordered and late deliveries end at the same decision and the same sums, and a replay posts nothing', async () => {
  w.sandbox.setFaults({ ...noFaults(9), webhooks: { duplicate: 1, reorderWindow: 4, dropShare: 0, delayMs: 20 } });
  const placed = await place(withClick(await follow(two.code)));
  await refund(placed, 1);
  await refund(placed, 1);
  const sums = () =>
    postingsOf(placed).then((rows) => [rows.reduce((sum, row) => sum + row.base, 0), rows.reduce((sum, row) => sum + row.amount, 0)]);
  // 7 % of 5373 is 376; two of three thirds take back 125 and 126.
  await w.until('both refunds count', async () => String(await sums()) === String([1791, 125]), 20_000);
  w.sandbox.setFaults(noFaults());
  const before = await postingsOf(placed);
  const orderId = await arrived(placed);
  const decision = await decisionOf(placed);
  const body = (await (await fetch(`${w.sandbox.url}/_sandbox/shopify/orders`)).json<{ orders: { id: number }[] }>()).orders.find(
    (order) => order.id === placed.order.id,
  );
  const taken = async () =>
    (await w.db.query('select count(*)::int as n from inbox where organization_id = $1', [member.organizationId])).rows[0].n as number;
  for (let i = 0; i < 3; i++) {
    const known = await taken();
    expect((await deliver(w, SHOP, 'orders/updated', { ...body, note: `repeat ${i}` })).status).toBe(200);
    await w.until('the repeat took effect', async () => (await taken()) > known, 20_000);
  }
  expect(await postingsOf(placed)).toEqual(before);
  expect(await decisionOf(placed)).toEqual(decision);
  expect(orderId).toMatch(/^ord_/);
});

test('new terms hold for new orders only: an old one stays as it was judged, also when it is looked at again', async () => {
  const old = await place(withCoupon('TWO10'));
  await posted(old, 1);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await save({ ratePercent: '20' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const fresh = await place(withCoupon('TWO10'));
  expect((await posted(fresh, 1))[0]).toMatchObject({ base: 5373, amount: 1075 });
  await refund(old, 3);
  expect((await posted(old, 2)).map((row) => row.amount)).toEqual([376, -376]);
  const [first, second] = [await decisionOf(old), await decisionOf(fresh)];
  expect(second?.receipt.rule.version).toBe((first?.receipt.rule.version ?? 0) + 1);
});

test('while paused nothing is earned by a coupon; a click made before the pause still counts', async () => {
  const click = await follow(one.code);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await save({ state: 'paused' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const [byCoupon, byClick] = [await place(withCoupon('ONE10')), await place(withClick(click))];
  expect(await judged(byCoupon)).toMatchObject({ affiliate_id: null, receipt: { losers: [{ reason: 'PROGRAM_CLOSED' }] } });
  expect(await judged(byClick)).toMatchObject({ affiliate_id: one.id });
});

test('every figure is the sum of its rows; orders in another currency make the amounts unknown, not wrong', async () => {
  for (const id of [one.id, two.id]) {
    const {
      rows: [sum],
    } = await w.db.query(
      'select sum(base_minor)::int as net, sum(amount_minor)::int as commission from commission_postings where affiliate_id = $1',
      [id],
    );
    expect(await figuresOf(id)).toMatchObject({ netSalesMinor: sum.net, commissionMinor: sum.commission });
  }
  await save();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const placed = await place({ ...withCoupon('TWO10'), currency: 'USD' });
  await posted(placed, 1);
  expect(await figuresOf(two.id)).toMatchObject({ netSalesMinor: null, commissionMinor: null });
  expect((await figuresOf(two.id))?.orders).toBeGreaterThan(0);
});

test("a click counts for the days of the program's window and not a day longer", async () => {
  await w.db.query(
    `update affiliate_program_rules set effective_at = effective_at - interval '90 days' where organization_id = $1 and version = 1`,
    [member.organizationId],
  );
  await w.db.query(`update affiliates set approved_at = approved_at - interval '90 days' where organization_id = $1`, [
    member.organizationId,
  ]);
  const [inside, outside] = [
    await place(withClick(await mintedAgo(one.code, 30 * DAY_S - 60))),
    await place(withClick(await mintedAgo(one.code, 30 * DAY_S + 60))),
  ];
  expect(await judged(inside)).toMatchObject({ affiliate_id: one.id });
  expect(await judged(outside)).toMatchObject({ affiliate_id: null, receipt: { losers: [{ reason: 'OUTSIDE_WINDOW' }] } });
});

test('the shop and currency of a program stay once orders were judged under it', async () => {
  const answer = await member.fetch('/v1/affiliate-program', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Creators',
      shop: 'other-test.myshopify.com',
      currency: 'EUR',
      ratePercent: '7',
      windowDays: 30,
      allowedDomains: [SHOP],
    }),
  });
  expect(answer.status).toBe(409);
});
