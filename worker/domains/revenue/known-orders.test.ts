import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectShop } from '../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { nodeContext, type NodeContext } from '../../testing/node-context.ts';
import { beginRecords, endRecords } from '../connections/index.ts';
import { reconcileOrders } from './jobs/reconcile-orders.ts';

const DAY_MS = 86_400_000;
let w: TestWorker;
let member: Member;
let connectionId: string;
let ctx: NodeContext;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  connectionId = await connectShop(w, member, 'known-orders.myshopify.com');
  ctx = await nodeContext(w, member.organizationId);
});
afterAll(async () => {
  await ctx.close();
  await w.stop();
});

const row = async (): Promise<{ records_from: Date | null; records_read_at: Date | null }> =>
  (await w.db.query('select records_from, records_read_at from connections where id = $1', [connectionId])).rows[0];
const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);

test('once the orders of the last 60 days were read, they are known from there', async () => {
  const { records_from: from } = await w.until('the back-fill', async () => ((await row()).records_from ? row() : null), 20_000);
  const days = (Date.now() - (from as Date).getTime()) / DAY_MS;
  expect(days).toBeGreaterThanOrEqual(60);
  expect(days).toBeLessThan(60.01);
});

test('reading again keeps an earlier beginning only when nothing was missed in between', async () => {
  const begin = (since: Date) => ctx.transaction((tx) => beginRecords(ctx, tx, connectionId, since));
  const end = (from: Date | null) => ctx.transaction((tx) => endRecords(ctx, tx, connectionId, from));
  await end(ago(200));
  const kept = await begin(ago(60));
  expect((await row()).records_from).toBeNull(); // nothing counts as known while it is read
  expect(Math.round((Date.now() - kept.getTime()) / DAY_MS)).toBe(200);

  await end(kept);
  await w.db.query(`update connections set records_read_at = now() - interval '70 days' where id = $1`, [connectionId]);
  const since = ago(60);
  expect(await begin(since)).toEqual(since); // ten days of orders were never seen
  await end(null);
  expect((await row()).records_from).toBeNull(); // a look at the last days is no back-fill
  await end(since);
  expect((await row()).records_from).toEqual(since);
});

test('a back-fill that never came to its end is made again by the hourly reconciliation', async () => {
  const asked = async (): Promise<{ since: string; knownFrom?: string }> => {
    const { rows } = await w.db.query(
      `select input from outbox where organization_id = $1 and job = 'read-orders' order by created_at desc, id desc limit 1`,
      [member.organizationId],
    );
    return rows[0].input as { since: string; knownFrom?: string };
  };
  await reconcileOrders.run(ctx, { connectionId });
  expect(await asked()).not.toHaveProperty('knownFrom');
  await w.db.query('update connections set records_from = null where id = $1', [connectionId]);
  await reconcileOrders.run(ctx, { connectionId });
  const { since, knownFrom } = await asked();
  expect(knownFrom).toBe(since);
  expect(Math.round((Date.now() - Date.parse(since)) / DAY_MS)).toBe(60);
});
