import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as metrics from '#shared/contracts/metrics.ts';
import * as contracts from '#shared/contracts/revenue.ts';
import { leadCard as cardShape, type LeadCard } from '#shared/contracts/revenue.ts';
import { connectMeta } from '../../../testing/connect-meta.ts';
import { connectPortal, connectShop } from '../../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { problemOf } from '../../../testing/person-api.ts';

const FORM = '108000000000001';
const AD = '120300000000001';
const SHOP = 'card-test.myshopify.com';
const PORTAL = 4242;
const ACCOUNT = '1000000001';

let w: TestWorker;
let member: Member;
let day: string;
const contacts: Record<string, string> = {};

const control = async <T>(path: string, body: unknown, method = 'POST'): Promise<T> => {
  const answer = await fetch(`${w.sandbox.url}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};
const contact = async (name: string, properties: Record<string, string>) => {
  contacts[name] = (await control<{ id: string }>('hubspot/contacts', properties)).id;
};
const card = (who: Member, name: string, portalId = String(PORTAL)): Promise<LeadCard> =>
  who.api.call(contracts.getLeadCard, { query: { portalId, contactId: contacts[name] ?? name } });

beforeAll(async () => {
  w = await startWorker({ demo: true });
  const noon = new Date(Date.now() - 2 * 86_400_000);
  noon.setUTCHours(10, 0, 0, 0);
  day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(noon);
  await control('meta/insights', { adId: AD, day, spendMinor: 8_401, impressions: 1_000, clicks: 40 });
  // Twelve leads of that ad on that day; the contact's is the first, and takes the odd cent.
  for (let n = 0; n < 12; n++) {
    w.sandbox.meta.addLead({
      formId: FORM,
      adId: AD,
      createdTime: new Date(noon.getTime() + n * 60_000).toISOString(),
      fields: n === 0 ? { email: 'Lead-17@example.com', phone_number: '06 12 34 56 78' } : { email: `neighbour-${n}@example.com` },
    });
  }
  w.sandbox.meta.addLead({ formId: FORM, createdTime: noon.toISOString(), fields: { email: 'organic@example.com' } });
  member = await w.signUp({ timezone: 'Europe/Paris' });
  await connectMeta(w, member);
  // Bought and sent back whole before we were told of either; and one that was never paid.
  const { order } = await control<{ order: { id: number; line_items: { id: number }[] } }>('shopify/orders', {
    shop: SHOP,
    email: 'neighbour-1@example.com',
    currency: 'EUR',
    lines: [{ title: 'Blanket', price: '50.00' }],
  });
  await control(`shopify/orders/${order.id}/refunds`, { lines: [{ lineId: String(order.line_items[0]?.id), quantity: 1 }] });
  await control('shopify/orders', {
    shop: SHOP,
    email: 'neighbour-1@example.com',
    currency: 'EUR',
    paid: false,
    lines: [{ title: 'Lamp', price: '119.00' }],
  });
  await connectShop(w, member, SHOP);
  await connectPortal(w, member, PORTAL);
  await w.until(
    'the leads are read back',
    async () =>
      Number((await w.db.query('select count(*) from leads where organization_id = $1', [member.organizationId])).rows[0].count) === 13,
    20_000,
  );
  await contact('lead', { email: 'lead-17@example.com', firstname: 'Lead', lastname: 'Seventeen' });
  await contact('byPhone', { email: 'other-address@example.com', phone: '+33 6 12 34 56 78' });
  await contact('organic', { email: 'organic@example.com' });
  await contact('stranger', { email: 'stranger@example.com' });
}, 90_000);
afterAll(() => w.stop());

test('before anything was sold: source, cost to the cent, a return of nothing', async () => {
  const answer = await card(member, 'lead');
  const ad = w.sandbox.meta.objects().find((object) => object.id === AD);
  expect(answer).toMatchObject({
    matched: true,
    reason: null,
    why: { matchedBy: 'email', exact: true },
    model: 'last',
    windowDays: 28,
    source: {
      platform: 'meta',
      adId: AD,
      ad: ad?.name,
      form: 'Demo lead form',
      firstTouchAt: `${day}T10:00:00.000Z`,
      latestTouchAt: `${day}T10:00:00.000Z`,
      managerUrl: expect.stringContaining(`act=${ACCOUNT}&selected_ad_ids=${AD}`),
    },
    // 84.01 ÷ 12 leads = 7.00 each, and the odd cent to the earliest.
    cost: { allocatedMinor: 701, daySpendMinor: 8_401, dayLeads: 12, day, currency: 'EUR' },
    returns: { wonMinor: 0, refundedMinor: 0, orders: 0, currency: 'EUR' },
    leadRoasMilli: 0,
  });
  expect(answer.source?.campaign).toBeTruthy();
  expect(answer.source?.adSet).toBeTruthy();
});

test("orders and refunds: won, refunded and ROAS equal the hand calculation; the ad's own figure is its badge's, digit for digit", async () => {
  const { order } = await control<{ order: { id: number; line_items: { id: number }[] } }>('shopify/orders', {
    shop: SHOP,
    email: 'lead-17@example.com',
    currency: 'EUR',
    taxRate: '0.2',
    shipping: '4.90',
    lines: [
      { title: 'Lamp', price: '119.00' },
      { title: 'Mug', price: '10.90' },
    ],
  });
  await control('shopify/orders', {
    shop: SHOP,
    email: 'lead-17@example.com',
    currency: 'EUR',
    lines: [{ title: 'Blanket', price: '50.00' }],
  });
  await control('shopify/orders', {
    shop: SHOP,
    email: 'stranger@example.com',
    currency: 'EUR',
    lines: [{ title: 'Blanket', price: '70.00' }],
  });
  await control(`shopify/orders/${order.id}/refunds`, { lines: [{ lineId: String(order.line_items[1]?.id), quantity: 1 }] });
  const answer = await w.until(
    'all of it is credited',
    async () => {
      const now = await card(member, 'lead');
      return now.returns?.refundedMinor === 1_090 && now.returns.orders === 2 && now.cohort?.revenueMinor === 16_900 && now;
    },
    20_000,
  );
  expect(answer.returns).toEqual({ wonMinor: 17_990, refundedMinor: 1_090, orders: 2, currency: 'EUR' });
  expect(answer.leadRoasMilli).toBe(Math.round((16_900 * 1000) / 701));
  const badge = await member.api.call(metrics.lookUpMetrics, {
    body: { platform: 'meta', accountExternalId: ACCOUNT, level: 'ad', ids: [AD], window: { days: 28 } },
  });
  expect(badge.answers).toEqual([{ id: AD, figure: answer.cohort }]);
  expect(answer.definitionId).toBe(badge.definition?.id);
  expect(answer.cohort).toMatchObject({ revenueMinor: 16_900, leads: 12 });
  expect(answer.cost?.cohortCostPerLeadMinor).toBe(answer.cohort?.costPerLeadMinor);
});

test('lead costs of the day add up to what the ad spent, exactly', async () => {
  for (let n = 1; n < 12; n++) await contact(`n${n}`, { email: `neighbour-${n}@example.com` });
  const costs = [await card(member, 'lead'), ...(await Promise.all(Array.from({ length: 11 }, (_, n) => card(member, `n${n + 1}`))))].map(
    (one) => one.cost?.allocatedMinor ?? Number.NaN,
  );
  expect(costs.reduce((a, b) => a + b, 0)).toBe(8_401);
});

test('an order that came back whole says so, whether we learnt of the sale or of the return first', async () => {
  const returns = { wonMinor: 5_000, refundedMinor: 5_000, orders: 1, currency: 'EUR' };
  await w.until(
    'both orders are read back',
    async () =>
      Number(
        (
          await w.db.query(`select count(*) from orders where organization_id = $1 and gross_minor in (5000, 11900) and net_minor = 0`, [
            member.organizationId,
          ])
        ).rows[0].count,
      ) === 2,
    20_000,
  );
  expect((await card(member, 'n1')).returns).toEqual(returns);
  const { order } = await control<{ order: { id: number; line_items: { id: number }[] } }>('shopify/orders', {
    shop: SHOP,
    email: 'neighbour-2@example.com',
    currency: 'EUR',
    lines: [{ title: 'Blanket', price: '50.00' }],
  });
  await w.until('the sale is credited', async () => (await card(member, 'n2')).returns?.wonMinor === 5_000);
  await control(`shopify/orders/${order.id}/refunds`, { lines: [{ lineId: String(order.line_items[0]?.id), quantity: 1 }] });
  await w.until('the return is known', async () => (await card(member, 'n2')).returns?.refundedMinor === 5_000);
  expect((await card(member, 'n2')).returns).toEqual(returns);
});

test('a contact is found by phone too; what is not there says why', async () => {
  expect(await card(member, 'stranger')).toMatchObject({
    matched: false,
    reason: 'no_lead',
    source: null,
    cost: null,
    leadRoasMilli: null,
  });
  expect(await card(member, 'organic')).toMatchObject({ matched: false, reason: 'no_ad' });
  expect(await card(member, '987654321')).toMatchObject({ matched: false, reason: 'not_found', why: null });
  // Another contact of the CRM stands for that person already: two contacts are two people until somebody says otherwise.
  expect(await card(member, 'byPhone')).toMatchObject({ matched: false, reason: 'no_lead' });
});

test('asking again changes nothing: same answer, no new people, no new keys', async () => {
  const counts = async () =>
    (
      await w.db.query(
        'select (select count(*) from people) as people, (select count(*) from person_keys) as keys, (select count(*) from touches) as touches, (select count(*) from credits) as credits',
      )
    ).rows[0];
  const [first, before] = [await card(member, 'lead'), await counts()];
  for (const again of await Promise.all([1, 2, 3, 4].map(() => card(member, 'lead'))))
    expect({ ...again, asOf: '' }).toEqual({ ...first, asOf: '' });
  expect(await counts()).toEqual(before);
});

test("another organization's portal answers like one that does not exist; a role without the right is told so", async () => {
  const other = await w.signUp();
  const foreign = await problemOf(card(other, 'lead'));
  const missing = await problemOf(card(other, 'lead', '77777'));
  expect(foreign).toMatchObject({ status: 404, code: 'not_found' });
  expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' });
  await w.db.query(`update memberships set role = 'client' where user_id = $1`, [other.userId]);
  expect(await problemOf(card(other, 'lead'))).toMatchObject({ status: 403 });
});

/** HubSpot's own request, signed over the public address. */
function asHubspot(
  path: string,
  change: { method?: string; body?: string; secret?: string; at?: number; sent?: string } = {},
): Promise<Response> {
  const { method = 'GET', body = '', secret = 'sandbox-hubspot-secret', at = Date.now(), sent = path } = change;
  const signature = createHmac('sha256', secret).update(`${method}http://127.0.0.1${path}${body}${at}`).digest('base64');
  return fetch(`${w.origin}${sent}`, {
    method,
    headers: {
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': String(at),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body } : {}),
  });
}
const query = (contactId: string, portalId = PORTAL) =>
  `/v1/hubspot/card?objectTypeId=0-1&objectId=${contactId}&userId=1&portalId=${portalId}&userEmail=user-1%40example.com&appId=31337`;

test("HubSpot's signed request gets the same card, by GET and POST, small", async () => {
  const id = contacts['lead'] as string;
  const expected = { ...(await card(member, 'lead')), asOf: '' };
  for (const answer of [
    await asHubspot(query(id)),
    await asHubspot(query(id), { method: 'POST', body: '{"anything":true}' }),
    await asHubspot(query(id).replace('%40', '@'), { sent: query(id) }),
  ]) {
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text.length).toBeLessThan(50_000);
    expect({ ...cardShape.parse(JSON.parse(text)), asOf: '' }).toEqual(expected);
  }
  const throughPortal = await control<{ status: number; body: string; attempts: number }>('hubspot/card', {
    url: `https://api.inlay.test/v1/hubspot/card?objectTypeId=0-1&objectId=${id}`,
  });
  expect(throughPortal).toMatchObject({ status: 200, attempts: 1 });
  expect({ ...JSON.parse(throughPortal.body), asOf: '' }).toEqual(expected);
});

test('forged, old, early, altered and unsigned card requests are refused; an unconnected portal does not exist', async () => {
  const id = contacts['lead'] as string;
  const answers = [
    await asHubspot(query(id), { secret: 'forged' }),
    await asHubspot(query(id), { at: Date.now() - 301_000 }),
    await asHubspot(query(id), { at: Date.now() + 301_000 }),
    await asHubspot(query(id), { sent: query(id, 4243) }),
    await asHubspot(query(id), { sent: query('1') }),
    await fetch(`${w.origin}${query(id)}`),
    await asHubspot(query(id, 4243)),
    await asHubspot('/v1/hubspot/card?objectTypeId=0-3&objectId=1&portalId=4242'),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401, 401, 404, 422]);
});

test('a CRM that is away is said so, and nothing is made up; an app removed there is a connection that has ended', async () => {
  w.sandbox.hubspot.store.grants.length = 0;
  expect(await problemOf(card(member, 'lead'))).toMatchObject({ status: 409, code: 'not_connected' });
  expect(
    (await w.db.query(`select status from connections where organization_id = $1 and provider = 'hubspot'`, [member.organizationId])).rows,
  ).toEqual([{ status: 'expired' }]);
});
