import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectShop, deliver } from '../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { storeLead } from '../leads/store-lead.ts';
import { attributePerson } from './attribute-person.ts';

// The same facts in any order, any number of times, leave the same rows.

const AD = '120399000000001';
const LEAD_AT = new Date(Date.now() - 3 * 86_400_000);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

interface Fact {
  topic: string;
  body: Record<string, unknown>;
}
let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const control = async (
  path: string,
  body: unknown,
): Promise<{ order: Record<string, unknown> & { id: number; line_items: { id: number }[] }; refund: Record<string, unknown> }> =>
  (
    await fetch(`${w.sandbox.url}/_sandbox/shopify/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json();

/** Three orders and everything a store tells about them, in the order in which it happened, from a shop nobody is connected to. */
async function tellFacts(): Promise<Fact[]> {
  const shop = 'source-of-facts.myshopify.com';
  const facts: Fact[] = [];
  const tell = (topic: string, body: Record<string, unknown>) => facts.push({ topic, body });
  for (const [n, buyer] of ['known@example.com', 'known@example.com', 'unknown@example.com'].entries()) {
    const { order } = await control('orders', {
      shop,
      email: buyer,
      phone: n === 1 ? '+33612340000' : null,
      currency: 'EUR',
      paid: false,
      taxRate: '0.2',
      shipping: '5.00',
      lines: [
        { title: 'Lamp', price: '33.33', quantity: 3 },
        { title: 'Mug', price: '0.99', discount: '0.10' },
      ],
      discount_codes: [{ code: 'TEN', amount: '7.77' }],
    });
    tell('orders/create', order);
    const paid = (await control(`orders/${order.id}/pay`, {})).order;
    tell('orders/paid', paid);
    tell('orders/updated', paid);
    await new Promise((resolve) => setTimeout(resolve, n === 0 ? 1_100 : 0)); // once in another second of the store's clock, else within the same one
    for (const refund of [
      { lines: [{ lineId: String(order.line_items[0]?.id), quantity: 1 }] },
      { amount: '10.01' },
      {
        lines: [
          { lineId: String(order.line_items[0]?.id), quantity: 2 },
          { lineId: String(order.line_items[1]?.id), quantity: 1 },
        ],
        amount: '65.00',
      },
    ].slice(0, n === 2 ? 1 : 3)) {
      const answer = await control(`orders/${order.id}/refunds`, refund);
      tell('refunds/create', answer.refund);
      tell('orders/updated', answer.order);
    }
  }
  return facts;
}

async function organization(shop: string): Promise<Member> {
  const member = await w.signUp({ timezone: 'Europe/Paris' });
  await connectShop(w, member, shop);
  const id = member.organizationId;
  await w.db.query(
    `insert into connections (id, organization_id, provider, external_id, display_name, status, scopes, issued_at) values ($1, $2, 'meta', '1', 'x', 'active', '[]', now())`,
    [`con_${id}`, id],
  );
  await w.db.query(
    `insert into ad_accounts (id, organization_id, connection_id, platform, external_id, name, currency, timezone, status) values ($1, $2, $3, 'meta', '1', 'x', 'EUR', 'America/New_York', 'active')`,
    [`acc_${id}`, id, `con_${id}`],
  );
  await w.db.query(
    `insert into ad_entities (organization_id, account_id, external_id, kind, campaign_external_id, ad_set_external_id, name, status, status_raw, synced_at) values ($1, $2, $3, 'ad', '5', '6', 'Ad', 'active', 'ACTIVE', now())`,
    [id, `acc_${id}`, AD],
  );
  return member;
}

async function learnLead({ organizationId }: Member): Promise<void> {
  const ctx = await nodeContext(w, organizationId);
  const lead = {
    sourceLeadId: '77',
    createdAt: LEAD_AT,
    adExternalId: AD,
    adSetExternalId: null,
    campaignExternalId: null,
    formExternalId: '8',
    isTest: false,
    isOrganic: false,
    fields: { email: 'Known@example.com' },
  };
  await storeLead(ctx, { connectionId: `con_${organizationId}`, lead, formName: 'Form', pageExternalId: '9', backfilled: false });
  for (const { job, input } of ctx.queued)
    if (job === 'attribute-person') await attributePerson(ctx, (input as { personId: string }).personId);
  await ctx.close();
}

/** Everything the facts amount to, without our own ids, our own times and the history of how we learnt it. */
async function outcome({ organizationId }: Member): Promise<unknown> {
  const rows = async (sql: string) => (await w.db.query(sql, [organizationId])).rows;
  return {
    orders: await rows(
      `select source_order_id, name, source_updated_at, currency, gross_minor, net_minor, lines, discount_codes, attributes, is_test, financial_status, matched_by, placed_at, cancelled_at, min(source_order_id) over (partition by person_id) as first_of_person from orders where organization_id = $1 order by source_order_id`,
    ),
    refunds: await rows(
      `select source_refund_id, source_order_id, lines, adjustment_minor, occurred_at from refunds where organization_id = $1 order by source_refund_id`,
    ),
    credits:
      await rows(`select o.source_order_id, c.share, c.ad_external_id, c.campaign_external_id, c.touch_day::text, c.cash_day::text, c.currency, sum(c.amount_minor)::int as amount from credits c join orders o on o.id = c.order_id
      where c.organization_id = $1 group by 1, 2, 3, 4, 5, 6, 7 having sum(c.amount_minor) <> 0 order by 1, 2, 3, 4, 5, 6`),
    keys: await rows(`select kind, count(*)::int as n from person_keys where organization_id = $1 group by 1 order by 1`),
    people: await rows(`select count(*)::int as n from people where organization_id = $1`),
    touches: await rows(`select kind, ad_external_id, occurred_at from touches where organization_id = $1`),
  };
}

const settled = (shop: string) =>
  w.until(
    'every delivery is dealt with',
    async () => {
      const { objects } = await (await w.mf.getR2Bucket('RAW')).list({ prefix: `pending/shopify/${shop}` });
      const { rows } = await w.db.query(`select 1 from outbox where published_at is null`);
      return objects.length === 0 && rows.length === 0;
    },
    30_000,
  );

test(`shuffled, three times each, refunds before their orders: the same rows (seed ${SEED})`, async () => {
  let state = SEED;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const facts = await tellFacts();
  const inOrder = await organization('in-order.myshopify.com');
  await learnLead(inOrder);
  for (const { topic, body } of facts) await deliver(w, 'in-order.myshopify.com', topic, body);
  await settled('in-order.myshopify.com');
  const expected = await w.until('the first run is whole', async () => {
    const now = (await outcome(inOrder)) as { refunds: unknown[]; orders: { net_minor: string }[] };
    return now.refunds.length === 7 && now.orders.length === 3 && now;
  });
  // 99.99 + 0.89 − 7.77 = 93.11 without tax and shipping, 92.29 of it for the lamps. Of the third order one lamp went back: 30.76.
  expect(expected.orders.map((order) => order.net_minor)).toEqual(['0', '0', '6235']);

  for (const round of [1, 2, 3]) {
    const shop = `shuffled-${round}.myshopify.com`;
    const member = await organization(shop);
    const deliveries = [...facts, ...facts, ...facts]
      .map((fact, i) => ({ ...fact, webhookId: `${round}-${i % facts.length}-${i % 2}`, rank: random() }))
      .toSorted((a, b) => a.rank - b.rank);
    const leadAfter = Math.floor(random() * deliveries.length);
    let running: Promise<unknown>[] = [];
    for (const [i, { topic, body, webhookId }] of deliveries.entries()) {
      running.push(deliver(w, shop, topic, body, { webhookId }));
      if (i === leadAfter) running.push(learnLead(member));
      if (running.length >= 6) {
        await Promise.all(running);
        running = [];
      }
    }
    await Promise.all(running);
    await settled(shop);
    await w.until(`round ${round} is whole`, async () => ((await outcome(member)) as { refunds: unknown[] }).refunds.length === 7);
    await settled(shop);
    await expect.poll(() => outcome(member), { timeout: 15_000, interval: 200 }).toEqual(expected);
  }
}, 120_000);
