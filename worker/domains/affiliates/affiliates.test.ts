import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import * as contracts from '#shared/contracts/affiliates.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';

const SHOP = 'creators-test.myshopify.com';
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const PROGRAM = { name: 'Creators', shop: SHOP, currency: 'EUR', ratePercent: '10', windowDays: 30, allowedDomains: [SHOP] };

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
const save = (member: Member, change: Partial<Parameters<typeof body>[0]> = {}) =>
  member.api.call(contracts.saveProgram, { body: body(change) });
const body = (change: Partial<typeof PROGRAM & { state: 'open' | 'paused' | 'closed' }>) => ({ ...PROGRAM, ...change });
const code = () => `c-${randomUUID().slice(0, 13)}`;
const add = (
  member: Member,
  change: Partial<{ name: string; code: string; destination: string; coupon: string; shopCustomerId: string }> = {},
) =>
  member.api.call(contracts.addAffiliate, {
    body: { name: 'Creator 17', code: code(), destination: `https://${SHOP}/products/lamp?color=blue`, ...change },
  });
const visit = (of: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${w.origin}/r/${of}`, {
    method,
    redirect: 'manual',
    headers: { 'user-agent': BROWSER, 'cf-connecting-ip': '203.0.113.7', ...headers },
  });
const clicksOf = async (member: Member) =>
  (
    await w.db.query('select kind, duplicate, visitor_hash, id from affiliate_clicks where organization_id = $1 order by occurred_at', [
      member.organizationId,
    ])
  ).rows;
async function inProgram(): Promise<Member> {
  const member = await w.signUp();
  await save(member);
  return member;
}

test('a program is saved with an exact rate and clean domains; wrong domains are all named at once', async () => {
  const member = await w.signUp();
  expect(await save(member, { ratePercent: '7.25', allowedDomains: ['Shop.Example.com', SHOP, 'shop.example.com'] })).toMatchObject({
    state: 'open',
    rateNum: 725,
    rateDen: 10_000,
    allowedDomains: ['shop.example.com', SHOP],
  });
  const problem = await refusal(save(member, { allowedDomains: [SHOP, 'https://a.example', 'b.example/x'] }));
  expect(problem).toMatchObject({ code: 'invalid_input', fields: [{ path: 'allowedDomains.1' }, { path: 'allowedDomains.2' }] });
  expect((await member.api.call(contracts.getProgram, {})).program).toMatchObject({ rateNum: 725 });
});

test('two first saves at once make one program, and only a change of terms makes new terms', async () => {
  const member = await w.signUp();
  await Promise.all([save(member), save(member), save(member, { name: 'Other name' })]);
  await save(member, { name: 'Third name' });
  await save(member, { state: 'paused' });
  const { rows } = await w.db.query('select count(*)::int as n from affiliate_programs where organization_id = $1', [
    member.organizationId,
  ]);
  expect(rows[0].n).toBe(1);
  const { rows: terms } = await w.db.query(
    'select version, state from affiliate_program_rules where organization_id = $1 order by version',
    [member.organizationId],
  );
  expect(terms).toEqual([
    { version: 1, state: 'open' },
    { version: 2, state: 'paused' },
  ]);
});

test('of ten creators with one coupon in ten spellings at once one is added, and nothing is left of the others', async () => {
  const member = await inProgram();
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) =>
      add(member, { coupon: [...'creator10'].map((c, n) => ((i >> (n % 4)) & 1 ? c.toUpperCase() : c)).join('') }),
    ),
  );
  const added = results.filter((one) => one.status === 'fulfilled');
  expect(added).toHaveLength(1);
  expect(added[0]?.value).toMatchObject({ coupon: 'CREATOR10', clicks: 0, orders: null });
  for (const one of results)
    if (one.status === 'rejected')
      expect((one.reason as ApiError).problem).toMatchObject({ code: 'conflict', fields: [{ path: 'coupon' }] });
  const { rows } = await w.db.query(
    'select (select count(*)::int from affiliates where organization_id = $1) as creators, (select count(*)::int from affiliate_links where organization_id = $1) as links',
    [member.organizationId],
  );
  expect(rows[0]).toEqual({ creators: 1, links: 1 });
});

test('a link name exists once in the world, also when two organizations take it at once', async () => {
  const [a, b] = [await inProgram(), await inProgram()];
  const wanted = code();
  const results = await Promise.allSettled([add(a, { code: wanted }), add(b, { code: wanted })]);
  expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  const { rows } = await w.db.query('select count(*)::int as n from affiliates where organization_id = any($1)', [
    [a.organizationId, b.organizationId],
  ]);
  expect(rows[0].n).toBe(1);
});

test("a link leads to the program's domains only, a customer is one creator, and without a program there is nobody to add", async () => {
  const member = await inProgram();
  for (const destination of [
    'https://evil.example/',
    `https://${SHOP}@evil.example/`,
    `http://${SHOP}/`,
    `https://${SHOP}:8443/`,
    `https://sub.${SHOP}/`,
  ]) {
    expect(await refusal(add(member, { destination })), destination).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'destination' }],
    });
  }
  await add(member, { shopCustomerId: '7001' });
  expect(await refusal(add(member, { shopCustomerId: '7001' }))).toMatchObject({ code: 'conflict', fields: [{ path: 'shopCustomerId' }] });
  expect(await refusal(add(await w.signUp()))).toMatchObject({ code: 'not_found' });
});

test('another organization sees and changes nothing of it; roles may what their table says', async () => {
  const [a, b] = [await inProgram(), await inProgram()];
  const mine = await add(a);
  expect((await b.api.call(contracts.getProgram, {})).affiliates).toEqual([]);
  expect((await a.api.call(contracts.getProgram, {})).affiliates).toEqual([mine]);
  for (const [role, read, write] of [
    ['manager', true, true],
    ['analyst', true, false],
    ['client', false, false],
  ] as const) {
    await w.db.query('update memberships set role = $2 where organization_id = $1', [b.organizationId, role]);
    expect((await b.fetch('/v1/affiliate-program')).status, role).toBe(read ? 200 : 403);
    const saved = await b.fetch('/v1/affiliate-program', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(PROGRAM),
    });
    expect(saved.status, role).toBe(write ? 200 : 403);
  }
  expect((await fetch(`${w.origin}/v1/affiliate-program`)).status).toBe(401);
});

test('a link sends people to the shop with a signed id, keeps the address, is never cached and sets no cookie', async () => {
  const member = await inProgram();
  const { code: own } = await add(member);
  const answer = await visit(own as string);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('set-cookie')).toBeNull();
  const to = new URL(answer.headers.get('location') as string);
  expect([to.origin, to.pathname, to.searchParams.get('color')]).toEqual([`https://${SHOP}`, '/products/lamp', 'blue']);
  expect(to.searchParams.get('ilk')).toMatch(/^[A-Za-z0-9_-]{32}$/);
  const [row] = await w.until('the visit is stored', async () => {
    const rows = await clicksOf(member);
    return rows.length > 0 && rows;
  });
  expect(row).toMatchObject({ id: to.searchParams.get('ilk'), kind: 'human', duplicate: false });
  expect(JSON.stringify(row)).not.toContain('203.0.113.7');
});

test('the same visitor within the hour counts once, another one counts, machines count apart', async () => {
  const member = await inProgram();
  const { code: own } = await add(member);
  const all = [
    visit(own as string),
    visit(own as string),
    visit(own as string),
    visit(own as string, { 'cf-connecting-ip': '203.0.113.8' }),
    visit(own as string, { 'sec-purpose': 'prefetch' }),
    visit(own as string, { 'user-agent': 'facebookexternalhit/1.1' }),
    visit(own as string, {}, 'HEAD'),
  ];
  for (const answer of await Promise.all(all)) expect(answer.status).toBe(302);
  const rows = await w.until('all visits are stored', async () => {
    const found = await clicksOf(member);
    return found.length === 7 && found;
  });
  const count = (kind: string, duplicate: boolean) => rows.filter((row) => row.kind === kind && row.duplicate === duplicate).length;
  // HEAD and prefetch come from the first visitor's browser and address: one machine visit and its repeat.
  expect([count('human', false), count('human', true), count('bot', false), count('bot', true)]).toEqual([2, 2, 2, 1]);
  expect((await member.api.call(contracts.getProgram, {})).affiliates[0]).toMatchObject({ clicks: 2 });
});

test('the same message twice stores one visit', async () => {
  const member = await inProgram();
  const { code: own } = await add(member);
  await visit(own as string);
  const [row] = await w.until('the visit is stored', async () => {
    const rows = await clicksOf(member);
    return rows.length > 0 && rows;
  });
  const {
    rows: [link],
  } = await w.db.query('select id from affiliate_links where organization_id = $1', [member.organizationId]);
  const queue = await w.mf.getQueueProducer<unknown>('JOB_QUEUE');
  const input = { id: row?.id, linkId: link.id, kind: 'human', visitorHash: 'x', at: new Date().toISOString() };
  for (let i = 0; i < 3; i++) await queue.send({ v: 1, job: 'record-click', organizationId: member.organizationId, input });
  await queue.send({ v: 1, job: 'record-click', organizationId: member.organizationId, input: { ...input, id: 'A'.repeat(32) } });
  await w.until('the last message took effect', async () => (await clicksOf(member)).length === 2);
  expect(new Set((await clicksOf(member)).map((one) => one.id))).toEqual(new Set([row?.id, 'A'.repeat(32)]));
});

test('paused leads to the shop without an id; a list that no longer holds the host leads nowhere; so do unknown names', async () => {
  const member = await inProgram();
  const [paused, gone] = [await add(member), await add(member)];
  await save(member, { state: 'paused' });
  const answer = await visit(paused.code as string);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `https://${SHOP}/products/lamp?color=blue`]);
  await save(member, { allowedDomains: ['elsewhere.example'] });
  for (const name of [gone.code as string, 'no-such-link', 'x', '..%2f..%2fevil.example', 'https:%2f%2fevil.example', '%00']) {
    const lost = await visit(name);
    expect(lost.status, name).toBe(404);
    expect(lost.headers.get('location'), name).toBeNull();
  }
  expect(await clicksOf(member)).toEqual([]);
});
