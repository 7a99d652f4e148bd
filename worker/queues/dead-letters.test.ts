import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobMessage } from '../kernel/define-job.ts';
import { describeError } from '../observability/log.ts';
import { startWorker, type TestWorker } from '../testing/harness.ts';
import { nodeContext, type NodeContext } from '../testing/node-context.ts';
import { bury } from './dead-letters.ts';

const ADDRESS = 'buyer@example.com';
const BODY = Buffer.from(JSON.stringify({ email: ADDRESS, shipping_address: { name: 'Buyerfirst Buyerlast' } })).toString('base64');

let w: TestWorker;
let ctx: NodeContext;
beforeAll(async () => {
  w = await startWorker();
  ctx = await nodeContext(w, (await w.signUp()).organizationId);
});
afterAll(async () => {
  await ctx.close();
  await w.stop();
});

const letterOf = (job: string) =>
  w.until('the dead letter', async () => (await w.db.query('select * from dead_letters where job = $1', [job])).rows[0]);
function message(body: JobMessage): Message<JobMessage> & { done: string[] } {
  const done: string[] = [];
  return {
    id: '1',
    timestamp: new Date(),
    attempts: 8,
    body,
    done,
    ack: () => void done.push('ack'),
    retry: () => void done.push('retry'),
  };
}

test('a webhook body that only the queue could take lies sealed in the dead letters, and opens in its own row only', async () => {
  const input = { body: BODY, headers: { 'x-shopify-topic': 'orders/create' } };
  const queue = await w.mf.getQueueProducer('WEBHOOK_QUEUE');
  await queue.send({ v: 1, job: 'a-source-that-is-gone', organizationId: '', input } satisfies JobMessage);
  const letter = await letterOf('a-source-that-is-gone');
  expect(letter).toMatchObject({ organization_id: 'system', cause: 'Error: No job is called a-source-that-is-gone.' });
  const text = JSON.stringify(letter);
  for (const clear of [BODY, BODY.slice(0, 40), ADDRESS, 'x-shopify-topic']) expect(text).not.toContain(clear);

  const { sealed } = letter.input as { sealed: string };
  const place = { organizationId: 'system', table: 'dead_letters', column: 'input', row: letter.id as string };
  expect(JSON.parse(await ctx.ports.keyRing.unseal(place, sealed))).toEqual(input);
  await expect(ctx.ports.keyRing.unseal({ ...place, row: 'dlt_other' }, sealed)).rejects.toThrow();
});

test('a pointer to a stored body and the ids of any other job stay readable', async () => {
  for (const [job, input] of [
    ['pointer', { key: 'pending/shopify/x/abc' }],
    ['ids', { personId: 'per_1' }],
  ] as const) {
    await bury(ctx.ports, message({ v: 1, job, organizationId: ctx.organizationId, input }), new Error('no'));
    expect(await letterOf(job)).toMatchObject({ organization_id: ctx.organizationId, input, cause: 'Error: no' });
  }
});

test('the cause, and the log, name what the database said by its code: its words quote values', async () => {
  const error: unknown = await ctx
    .transaction((tx) => tx.sql.execute(sql`select ${ADDRESS}::text::int`))
    .catch((failure: unknown) => failure);
  expect((error as Error).message).toContain(ADDRESS);
  expect(JSON.stringify(describeError(error))).not.toContain(ADDRESS);
  expect(describeError(error).at).toMatch(/^at /);
  const dead = message({ v: 1, job: 'quoting', organizationId: ctx.organizationId, input: {} });
  await bury(ctx.ports, dead, error);
  const letter = await letterOf('quoting');
  expect(JSON.stringify(letter)).not.toContain(ADDRESS);
  expect(letter.cause).toContain('22P02');
  expect(dead.done).toEqual(['ack']);
});

test('what cannot be buried comes again', async () => {
  const dead = message({ v: 1, job: 'unburied', organizationId: ctx.organizationId, input: {} });
  const database = {
    ...ctx.ports.database,
    within: () => ({ ...ctx.ports.database.within({}), transaction: () => Promise.reject(new Error('away')) }),
  };
  await bury({ ...ctx.ports, database }, dead, new Error('no'));
  expect(dead.done).toEqual(['retry']);
});
