import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as machines from '#shared/contracts/machines.ts';
import { problem } from '#shared/contracts/parts.ts';
import { startWorker, type Member, type TestWorker } from '../testing/harness.ts';

let w: TestWorker;
let me: Member;
beforeAll(async () => {
  w = await startWorker();
  me = await w.signUp();
});
afterAll(() => w.stop());

const make = (key: string, by: Member = me, description = '') =>
  by.fetch('/v1/webhook-endpoints', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ url: 'https://receiver.inlay.test/once', description }),
  });
const count = async (by: Member = me) => (await by.api.call(machines.listWebhookEndpoints, {})).endpoints.length;
const row = async (key: string) =>
  (
    await w.db.query<{ answer: string | null; status: number | null; took_effect: boolean }>(
      `select * from idempotency_keys where key = $1`,
      [`${me.userId}:${key}`],
    )
  ).rows[0];

test('the same call with the same key is done once and answered alike, its secret too; nothing of the answer can be read in the table', async () => {
  const before = await count();
  const key = randomUUID();
  const first = await make(key);
  const body = (await first.json()) as { secret: string; endpoint: { id: string } };
  expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
  const again = await make(key);
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  expect(await again.json()).toEqual(body);
  expect(await count()).toBe(before + 1);
  const kept = await row(key);
  expect(kept).toMatchObject({ status: 201, took_effect: true });
  expect(JSON.stringify(kept)).not.toContain(body.secret.slice(6, 20));
  expect(kept?.answer).toMatch(/^v2\./);
});

test('sent ten times at once it is done once, and everybody gets the one answer', async () => {
  const before = await count();
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => make(key)));
  expect(answers.map((one) => one.status)).toEqual(answers.map(() => 201));
  expect(new Set(await Promise.all(answers.map((one) => one.text()))).size).toBe(1);
  expect(await count()).toBe(before + 1);
});

test('a key means one request: another body is refused, another person has keys of their own', async () => {
  const key = randomUUID();
  await make(key);
  const other = await make(key, me, 'another');
  expect(other.status).toBe(409);
  expect(problem.parse(await other.json())).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('another request') as string,
  });
  const stranger = await w.signUp();
  expect((await make(key, stranger)).headers.get('idempotent-replayed')).toBeNull();
});

test('while the first is at work the second is told when to come again; lost in a crash, the key is free after a minute', async () => {
  const key = randomUUID();
  await make(key);
  await w.db.query(`update idempotency_keys set status = null, answer = null, took_effect = false, at = now() where key = $1`, [
    `${me.userId}:${key}`,
  ]);
  const waiting = await make(key);
  expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([409, '2']);
  await w.db.query(`update idempotency_keys set at = now() - interval '61 seconds' where key = $1`, [`${me.userId}:${key}`]);
  expect((await make(key)).status).toBe(201);
});

test('what took effect is not done again, though its answer was lost', async () => {
  const key = randomUUID();
  await make(key);
  const before = await count();
  await w.db.query(`update idempotency_keys set status = null, answer = null, at = now() - interval '2 minutes' where key = $1`, [
    `${me.userId}:${key}`,
  ]);
  const answer = await make(key);
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('took effect');
  expect(await count()).toBe(before);
});

test('what took effect is marked with it: a Worker that ends before the answer is kept does not do it again', async () => {
  const key = randomUUID();
  const before = await count();
  await w.db.query(`create function lose_answer() returns trigger language plpgsql as $$ begin raise exception 'gone'; end $$`);
  await w.db.query(
    `create trigger lose_answer before update on idempotency_keys for each row when (new.status is not null) execute function lose_answer()`,
  );
  try {
    expect((await make(key)).status).toBe(201);
  } finally {
    await w.db.query('drop trigger lose_answer on idempotency_keys');
    await w.db.query('drop function lose_answer');
  }
  expect(await row(key)).toMatchObject({ status: null, answer: null, took_effect: true });
  await w.db.query(`update idempotency_keys set at = now() - interval '2 minutes' where key = $1`, [`${me.userId}:${key}`]);
  expect((await make(key)).status).toBe(409);
  expect(await count()).toBe(before + 1);
});

test('a refused call did nothing and frees its key', async () => {
  const key = randomUUID();
  const send = (url: string) =>
    me.fetch('/v1/webhook-endpoints', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ url }),
    });
  expect((await send('https://localhost/')).status).toBe(422);
  expect(await row(key)).toBeUndefined();
  expect((await send('https://receiver.inlay.test/')).status).toBe(201);
});

test('keys that are no keys are named; after a day a key is new', async () => {
  for (const wrong of ['k'.repeat(201), 'é', '']) {
    const answer = await make(wrong);
    expect(answer.status, wrong).toBe(422);
    expect(problem.parse(await answer.json()).fields).toMatchObject([{ path: 'Idempotency-Key' }]);
  }
  const key = 'k'.repeat(200);
  expect((await make(key)).status).toBe(201);
  await w.db.query(`update idempotency_keys set at = now() - interval '25 hours' where key = $1`, [`${me.userId}:${key}`]);
  expect((await make(key)).headers.get('idempotent-replayed')).toBeNull();
});
