import { afterAll, beforeAll, expect, test } from 'vitest';
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
