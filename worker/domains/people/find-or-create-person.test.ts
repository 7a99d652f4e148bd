import { afterAll, beforeAll, expect, test } from 'vitest';
import { touches } from '#schema/index.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { nodeContext, type NodeContext } from '../../testing/node-context.ts';
import { findOrCreatePerson, type FoundPerson, type KeyKind, type PersonKey } from './index.ts';

let w: TestWorker;
const open: NodeContext[] = [];
beforeAll(async () => {
  w = await startWorker();
});
afterAll(async () => {
  for (const ctx of open) await ctx.close();
  await w.stop();
});

async function organization(): Promise<NodeContext> {
  const ctx = await nodeContext(w, (await w.signUp()).organizationId);
  open.push(ctx);
  return ctx;
}
const key = (kind: KeyKind, value: string): PersonKey => ({ kind, value });
const find = (ctx: NodeContext, ...keys: PersonKey[]): Promise<FoundPerson> => ctx.transaction((tx) => findOrCreatePerson(ctx, tx, keys));
const personOf = async (ctx: NodeContext, ...keys: PersonKey[]): Promise<string> => (await find(ctx, ...keys)).personId;
const peopleOf = async (ctx: NodeContext) =>
  (await w.db.query('select id from people where organization_id = $1 order by id', [ctx.organizationId])).rows.map(
    (row) => row.id as string,
  );

test('the same key is the same person, and the strongest known key is the reason', async () => {
  const ctx = await organization();
  const first = await find(ctx, key('meta_lead', '1'), key('email', 'a@example.com'), key('phone', '+33600000001'));
  expect(first).toMatchObject({ matchedBy: null, joined: [] });
  expect(await find(ctx, key('phone', '+33600000001'), key('email', 'a@example.com'))).toEqual({
    personId: first.personId,
    matchedBy: 'email',
    joined: [],
  });
  expect(await find(ctx, key('email', 'b@example.com'))).toMatchObject({ matchedBy: null });
  expect(await peopleOf(ctx)).toHaveLength(2);
});

test("a record that holds keys of two people joins them; everything of the younger becomes the older one's", async () => {
  const ctx = await organization();
  const older = await find(ctx, key('email', 'a@example.com'));
  const younger = await find(ctx, key('phone', '+33600000001'));
  await w.db.query(
    `insert into touches (id, organization_id, person_id, kind, occurred_at, source) values ('tch_1', $1, $2, 'direct', now(), 'test:1')`,
    [ctx.organizationId, younger.personId],
  );
  expect(await find(ctx, key('phone', '+33600000001'), key('email', 'a@example.com'))).toEqual({
    personId: older.personId,
    matchedBy: 'email',
    joined: [younger.personId],
  });
  expect(await peopleOf(ctx)).toEqual([older.personId]);
  expect((await w.db.query('select person_id from touches where organization_id = $1', [ctx.organizationId])).rows).toEqual([
    { person_id: older.personId },
  ]);
  expect(
    (await w.db.query(`select object, detail from audit_log where organization_id = $1 and action = 'people.joined'`, [ctx.organizationId]))
      .rows,
  ).toMatchObject([{ object: older.personId, detail: { joined: [younger.personId] } }]);
});

test('two shop customers are two people, even with one address', async () => {
  const ctx = await organization();
  const one = await find(ctx, key('shop_customer', 'shop/1'), key('email', 'shared@example.com'));
  const two = await find(ctx, key('shop_customer', 'shop/2'), key('email', 'shared@example.com'));
  expect(two.personId).not.toBe(one.personId);
  expect(await find(ctx, key('shop_customer', 'shop/2'), key('email', 'shared@example.com'))).toMatchObject({
    personId: two.personId,
    matchedBy: 'shop_customer',
    joined: [],
  });
  // A record with the address of one customer and the number of another joins neither.
  const three = await find(ctx, key('shop_customer', 'shop/3'), key('phone', '+33600000003'));
  expect((await find(ctx, key('phone', '+33600000003'), key('email', 'shared@example.com'))).joined).toEqual([]);
  expect(await peopleOf(ctx)).toEqual([one.personId, two.personId, three.personId].sort());
});

test('a number used with more than three mailboxes no longer joins', async () => {
  const ctx = await organization();
  const phone = key('phone', '+33600000009');
  const ids = [];
  for (let n = 1; n <= 5; n++) ids.push((await find(ctx, phone, key('email', `colleague-${n}@example.com`))).personId);
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  expect(new Set(ids).size).toBe(3);
});

test('ten at once with one key make one person', async () => {
  const ctx = await organization();
  const found = await Promise.all(
    Array.from({ length: 10 }, (_, n) => find(ctx, key('email', 'race@example.com'), key('meta_lead', String(n)))),
  );
  expect(new Set(found.map((one) => one.personId)).size).toBe(1);
  expect(await peopleOf(ctx)).toHaveLength(1);
  expect((await w.db.query('select count(*)::int as n from person_keys where organization_id = $1', [ctx.organizationId])).rows[0].n).toBe(
    11,
  );
});

test('a click id names the one person it was seen with, as long as nobody with an address of their own says otherwise', async () => {
  const ctx = await organization();
  const click = key('click_id', 'AbCdEf123456');
  const lead = await find(ctx, key('meta_lead', '1'), key('email', 'a@example.com'), click);
  expect(await find(ctx, click)).toEqual({ personId: lead.personId, matchedBy: 'click_id', joined: [] });
  expect(await find(ctx, key('shop_customer', 'shop/1'), click)).toEqual({ personId: lead.personId, matchedBy: 'click_id', joined: [] });
  expect(await find(ctx, key('shop_customer', 'shop/1'))).toMatchObject({ personId: lead.personId });
  expect(await peopleOf(ctx)).toEqual([lead.personId]);
});

test('somebody known by a click alone turns out to be the one person who is known by it', async () => {
  const ctx = await organization();
  const [click, other] = [key('click_id', 'AbCdEf123456'), key('click_id', 'GhIjKl123456')];
  const nameless = [await personOf(ctx, click), await personOf(ctx, key('meta_lead', '1'), other)];
  const known = await personOf(ctx, key('email', 'a@example.com'));
  const found = await find(ctx, key('email', 'a@example.com'), click, other);
  expect([found.personId, ...found.joined].toSorted()).toEqual([...nameless, known].toSorted());
  expect(await peopleOf(ctx)).toEqual([found.personId]);
});

test('one click id never joins two people, and once it was seen with two it names nobody', async () => {
  const ctx = await organization();
  const click = key('click_id', 'AbCdEf123456');
  const a = await personOf(ctx, key('email', 'a@example.com'), click);
  const b = await find(ctx, key('email', 'b@example.com'), click);
  expect(b).toMatchObject({ matchedBy: null, joined: [] });
  const c = await find(ctx, key('phone', '+33600000001'), click);
  expect(c).toMatchObject({ matchedBy: null, joined: [] });
  expect(new Set([a, b.personId, c.personId]).size).toBe(3);
  // Known people who bring the click of somebody else stay who they are.
  const d = await personOf(ctx, key('phone', '+33600000002'), key('click_id', 'GhIjKl123456'));
  expect(await find(ctx, key('email', 'a@example.com'), key('click_id', 'GhIjKl123456'))).toEqual({
    personId: a,
    matchedBy: 'email',
    joined: [],
  });
  for (const shared of [click, key('click_id', 'GhIjKl123456')])
    expect([a, b.personId, c.personId, d]).not.toContain(await personOf(ctx, shared));
  expect(await personOf(ctx, key('email', 'a@example.com'), click)).toBe(a);
  expect(await personOf(ctx, key('email', 'b@example.com'), click)).toBe(b.personId);
});

test('two shop customers with one click are two people', async () => {
  const ctx = await organization();
  const click = key('click_id', 'AbCdEf123456');
  const one = await personOf(ctx, key('shop_customer', 'shop/1'), click);
  const two = await personOf(ctx, key('shop_customer', 'shop/2'), click);
  expect(two).not.toBe(one);
  expect(await peopleOf(ctx)).toEqual([one, two].toSorted());
  expect([one, two]).not.toContain(await personOf(ctx, click));
});

test('clicks of two people in one nameless record say nothing; saved again it stays whose it was', async () => {
  const ctx = await organization();
  const clicks = [key('click_id', 'AbCdEf123456'), key('click_id', 'GhIjKl123456')] as const;
  const known = [
    await personOf(ctx, key('email', 'a@example.com'), clicks[0]),
    await personOf(ctx, key('email', 'b@example.com'), clicks[1]),
  ];
  const nameless = await find(ctx, ...clicks);
  expect(nameless).toMatchObject({ matchedBy: null, joined: [] });
  expect(known).not.toContain(nameless.personId);
  expect(await ctx.transaction((tx) => findOrCreatePerson(ctx, tx, clicks, nameless.personId))).toEqual({ ...nameless });
  expect(await ctx.transaction((tx) => findOrCreatePerson(ctx, tx, [], nameless.personId))).toEqual({ ...nameless });
  expect(await peopleOf(ctx)).toHaveLength(3);
});

test('whichever record comes first, the same ones are one person', async () => {
  const ctx = await organization();
  const records = (n: number): PersonKey[][] => {
    const [a, b, phone, click] = [
      key('email', `a${n}@example.com`),
      key('email', `b${n}@example.com`),
      key('phone', `+336000${String(n).padStart(5, '0')}`),
      key('click_id', `AbCdEf${n}`),
    ];
    return [
      [a, click],
      [b, click],
      [phone, click],
      [a, phone],
    ];
  };
  const orders = permutations([0, 1, 2, 3]);
  expect(orders).toHaveLength(24);
  for (const [n, order] of orders.entries()) {
    for (const i of order) await find(ctx, ...(records(n)[i] as PersonKey[]));
    const people = await Promise.all([0, 1, 2].map((i) => personOf(ctx, records(n)[i]?.[0] as PersonKey)));
    expect([people[0] === people[2], people[0] === people[1]], order.join()).toEqual([true, false]);
  }
});

test('ten people with one click at once stay ten, and each keeps the own address', async () => {
  const ctx = await organization();
  const click = key('click_id', 'AbCdEf123456');
  const nameless = await personOf(ctx, click);
  const emails = Array.from({ length: 10 }, (_, n) => key('email', `race-${n}@example.com`));
  const found = await Promise.all(emails.map((email) => find(ctx, click, email)));
  expect(new Set(found.map((one) => one.personId)).size).toBe(10);
  expect(await Promise.all(emails.map((email) => personOf(ctx, email)))).toEqual(found.map((one) => one.personId));
  const everybody = await peopleOf(ctx);
  expect(everybody).toHaveLength(10);
  // The nameless one is whoever came first.
  expect(everybody).toContain(nameless);
});

test('who was joined is told, also when one of the keys was taken by somebody else meanwhile', async () => {
  const ctx = await organization();
  const [email, phone, contact] = [key('email', 'a@example.com'), key('phone', '+33600000001'), key('crm_contact', 'portal/1')];
  const older = await personOf(ctx, email);
  const younger = await personOf(ctx, phone);
  const [holds, taken] = [gate(), gate()];
  const taking = ctx.transaction(async (tx) => {
    const { personId } = await findOrCreatePerson(ctx, tx, [contact]);
    holds.pass();
    await taken.open;
    return personId;
  });
  await holds.open;
  const joining = find(ctx, email, phone, contact);
  await somebodyWaits();
  taken.pass();
  expect(await joining).toMatchObject({ personId: older, joined: [younger, await taking] });
  expect(await peopleOf(ctx)).toEqual([older]);
});

test('a person found while two others were being joined is held until it is used', async () => {
  const ctx = await organization();
  const [z, o, y] = [key('email', 'z@example.com'), key('email', 'o@example.com'), key('phone', '+33600000001')];
  const oldest = await personOf(ctx, z);
  const middle = await personOf(ctx, o);
  await personOf(ctx, y);
  const [holds, joined, found, use] = [gate(), gate(), gate(), gate()];
  const joining = ctx.transaction(async (tx) => {
    await findOrCreatePerson(ctx, tx, [o, y]);
    holds.pass();
    await joined.open;
  });
  await holds.open;
  const using = ctx.transaction(async (tx) => {
    const { personId } = await findOrCreatePerson(ctx, tx, [y]);
    found.pass();
    await use.open;
    await tx.sql.insert(touches).values({
      id: ctx.newId('tch'),
      organizationId: ctx.organizationId,
      personId,
      kind: 'direct',
      occurredAt: ctx.now(),
      source: 'test:held',
    });
    return personId;
  });
  await somebodyWaits();
  joined.pass();
  await joining;
  await found.open;
  const later = find(ctx, z, o);
  await Promise.race([later, somebodyWaits()]);
  use.pass();
  expect(await using).toBe(middle);
  expect((await later).joined).toEqual([middle]);
  const { rows } = await w.db.query('select person_id from touches where organization_id = $1', [ctx.organizationId]);
  expect(rows).toEqual([{ person_id: oldest }]);
});

/** Resolves when a transaction of this database stands before a lock. */
const somebodyWaits = () =>
  w.until('a lock is waited for', async () => {
    const { rowCount } = await w.db.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    return rowCount;
  });
function permutations(items: number[]): number[][] {
  return items.length < 2
    ? [items]
    : items.flatMap((first) => permutations(items.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
function gate(): { open: Promise<void>; pass(): void } {
  let pass = (): void => undefined;
  const open = new Promise<void>((resolve) => (pass = resolve));
  return { open, pass };
}

test("organizations do not know each other's people, and keys lie as hashes only", async () => {
  const [a, b] = [await organization(), await organization()];
  const one = await find(a, key('email', 'walls@example.com'));
  expect(await find(b, key('email', 'walls@example.com'))).toMatchObject({ matchedBy: null });
  const { rows } = await w.db.query(`select key_hash from person_keys where organization_id = any($1)`, [
    [a.organizationId, b.organizationId],
  ]);
  expect(rows[0].key_hash).not.toBe(rows[1].key_hash);
  for (const row of rows) expect(row.key_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(one.matchedBy).toBeNull();
});
