import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as affiliates from '#shared/contracts/affiliates.ts';
import * as connections from '#shared/contracts/connections.ts';
import * as embeds from '#shared/contracts/embeds.ts';
import * as launches from '#shared/contracts/launches.ts';
import * as revenue from '#shared/contracts/revenue.ts';
import { createBind, type App, type RouteFact } from '../http/bind-contract.ts';
import { domainRoutes } from '../http/mounts.ts';
import { connectPortal, connectShop } from './connect-shop.ts';
import { startWorker, type Member, type TestWorker } from './harness.ts';
import { draftLaunch, picture } from './launch-kit.ts';
import { MISSING, WALK, type Call, type Ids, type Mine } from './tenancy/walk.ts';

// The list of routes is read here in Node, where the Worker's way to load a module of bytes does not exist.
vi.mock('@phi-ag/argon2/argon2.wasm', () => ({ default: {} }));

let w: TestWorker;
let a: Ids;
let ownerA: Member;
let b: Member;
let mine: Mine;
const facts: RouteFact[] = [];
for (const routes of domainRoutes) routes(createBind(new Hono() as unknown as App, facts));
const name = (fact: RouteFact) => `${fact.method} ${fact.path}`;

beforeAll(async () => {
  w = await startWorker({ demo: true });
  const made = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'] });
  ownerA = made.member;
  b = await w.signUp();
  mine = { plan: made.plan };
  const leadId = w.sandbox.meta.addLead({ formId: '108000000000001', adId: '120300000000001', fields: { email: 'lead-17@example.com' } });
  const shop = 'inlay-demo.myshopify.com';
  await connectShop(w, ownerA, shop);
  await connectPortal(w, ownerA, 4242);
  await ownerA.api.call(affiliates.saveProgram, {
    body: { name: 'P', shop, currency: 'EUR', ratePercent: '5', allowedDomains: ['shop.example.com'] },
  });
  await ownerA.api.call(affiliates.addAffiliate, {
    body: { name: 'C', code: 'a-creator', destination: 'https://shop.example.com/', shopCustomerId: '7001' },
  });
  const key = await ownerA.api.call(embeds.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://page.example.com' } });
  const { url } = await ownerA.api.call(connections.startConnection, { params: { provider: 'meta' }, body: {} });
  const one = async (text: string) => (await w.db.query(text, [ownerA.organizationId])).rows[0] as Record<string, string>;
  await w.until(
    'the lead is here',
    async () =>
      (await w.db.query('select 1 from leads where source_lead_id = $1 and organization_id = $2', [leadId, ownerA.organizationId]))
        .rowCount,
    20_000,
  );
  const ad = await one(`select external_id, campaign_external_id from ad_entities where organization_id = $1 and kind = 'ad' limit 1`);
  a = {
    launch: made.launch.id,
    account: made.accountId,
    accountExternal: '1000000001',
    planHash: made.launch.planHash,
    page: made.plan.settings.pageId,
    sha256: picture('concept-1', '1x1', 0).sha256,
    portal: '4242',
    contact: '880000001',
    shop,
    customer: '7001',
    adExternal: ad['external_id'] as string,
    campaignExternal: ad['campaign_external_id'] as string,
    embedKey: key.publicKey,
    state: new URL(url).searchParams.get('state') as string,
    connection: (await one(`select id from connections where organization_id = $1 and provider = 'meta'`))['id'] as string,
    lead: (await one('select id from leads where organization_id = $1 limit 1'))['id'] as string,
    media: (await one('select id from media where organization_id = $1 limit 1'))['id'] as string,
  };
}, 60_000);
afterAll(() => w.stop());

/** Status and body without what is new each time, and without the ids that were sent. */
async function answer(fact: RouteFact, call: Call, ids: Ids, as: Member | null): Promise<string> {
  const response = await fetch(w.origin + call.path, {
    method: fact.method,
    redirect: 'manual',
    ...(call.body === undefined ? {} : { body: call.raw ? String(call.body) : JSON.stringify(call.body) }),
    headers: {
      ...(call.raw ? {} : { 'content-type': 'application/json' }),
      ...(as ? { authorization: `Bearer ${as.token}` } : {}),
      ...call.headers,
    },
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  let text = `${response.status} ${response.headers.get('location') ?? ''} ${isStream ? 'a stream' : await response.text()}`;
  for (const id of Object.values(ids).toSorted((one, other) => other.length - one.length))
    text = text.replaceAll(encodeURIComponent(id), '(id)').replaceAll(id, '(id)');
  return text
    .replaceAll(/\b[a-z]{3}_[0-9a-z]{26}\b/g, '(new id)')
    .replaceAll(/mac=[\w-]+|until=\d+|state=[^&"]+|code_challenge=[\w-]+|"planHash":"[\w()]+"/g, '(new)')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)');
}

test('every route of the Worker is in the walk, and the walk holds no route that is gone', () => {
  expect(facts.length).toBeGreaterThan(40);
  expect(Object.keys(WALK).toSorted()).toEqual(facts.map(name).toSorted());
});

test("another organization's ids, wherever an id can stand, get exactly the answer of a missing id", async () => {
  const before = await everythingOf(ownerA.organizationId);
  const told: string[] = [];
  for (const fact of facts) {
    const places = WALK[name(fact)];
    if (typeof places !== 'function') continue;
    const [real, missing] = [places(a, mine), places(MISSING, mine)];
    for (const [i, call] of real.entries()) {
      const [foreign, none] = [await answer(fact, call, a, b), await answer(fact, missing[i] as Call, MISSING, b)];
      if (foreign !== none) told.push(`${name(fact)} (${i})\n  foreign ${foreign.slice(0, 300)}\n  missing ${none.slice(0, 300)}`);
      if (/^5\d\d/.test(foreign)) told.push(`${name(fact)} (${i}) ${foreign.slice(0, 200)}`);
    }
  }
  expect(told).toEqual([]);
  expect(await everythingOf(ownerA.organizationId)).toEqual(before);
}, 60_000);

test('without a session every member route is 401 and the same, whichever id is asked for', async () => {
  for (const fact of facts.filter((one) => one.access.kind === 'member')) {
    const places = WALK[name(fact)];
    const [call, missing] =
      typeof places === 'function'
        ? [places(a, mine)[0] as Call, places(MISSING, mine)[0] as Call]
        : [{ path: fact.path.replace(/:\w+/, 'meta') }, null];
    const said = await answer(fact, call, a, null);
    // What cannot be read at all is told so before anybody is asked who they are; nothing is learned from that.
    expect(said.slice(0, 3), `${name(fact)} ${said.slice(0, 200)}`).toMatch(typeof places === 'function' ? /^401$/ : /^(401|415|422|400)$/);
    if (missing) expect(said, name(fact)).toBe(await answer(fact, missing, MISSING, null));
  }
});

test('the same walk as the owner finds the things: the answers above are walls, not typing mistakes', async () => {
  const found = async (path: string) => (await ownerA.fetch(path)).status;
  expect(
    await Promise.all(
      [
        `/v1/launches/${a.launch}`,
        `/v1/launches/${a.launch}/items`,
        `/v1/launches/${a.launch}/receipts`,
        `/v1/ad-accounts/${a.account}/pages`,
        `/v1/insights?accountId=${a.account}`,
      ].map(found),
    ),
  ).toEqual([200, 200, 200, 200, 200]);
  expect((await ownerA.api.call(launches.listLaunches, { query: { accountId: a.account } })).launches.map((one) => one.id)).toEqual([
    a.launch,
  ]);
  expect((await ownerA.api.call(revenue.updateLead, { params: { id: a.lead }, body: { stage: 'qualified' } })).id).toBe(a.lead);
});

/** Every row of an organization, in every table that names one; what only counts or beats is left out. */
async function everythingOf(organizationId: string): Promise<Record<string, unknown>> {
  const { rows: tables } = await w.db.query<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id' and table_name not in ('outbox', 'inbox', 'dead_letters') order by 1`,
  );
  const all: Record<string, unknown> = {};
  for (const { table_name: table } of tables)
    all[table] = (
      await w.db.query(`select md5(string_agg(t::text, '|' order by t::text)) as rows from "${table}" t where organization_id = $1`, [
        organizationId,
      ])
    ).rows[0].rows;
  return all;
}
