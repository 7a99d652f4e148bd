import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorker, type TestWorker } from '../testing/harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

/** Work that was committed by a Worker that died before it could hand it to the queue, a minute ago. */
const leaveBehind = (organizationId: string, job: string, ids: string[]) =>
  w.db.query(
    `insert into outbox (id, organization_id, job, input, not_before) select id, $1, $2, '{}', now() - interval '1 minute' from unnest($3::text[]) id`,
    [organizationId, job, ids],
  );
const unpublished = async (organizationId: string): Promise<string[]> =>
  (await w.db.query('select id from outbox where organization_id = $1 and published_at is null order by id', [organizationId])).rows.map(
    (row) => row.id,
  );

test('work that a crash left in the outbox is done by the next minute, once', async () => {
  const member = await w.signUp();
  await leaveBehind(member.organizationId, 'attribute-all', ['obx_left_behind']);
  await w.runCron();
  expect(await unpublished(member.organizationId)).toEqual([]);
  const {
    rows: [first],
  } = await w.db.query(`select published_at from outbox where id = 'obx_left_behind'`);
  await w.runCron();
  const {
    rows: [second],
  } = await w.db.query(`select published_at from outbox where id = 'obx_left_behind'`);
  expect(second).toEqual(first);
});

test('work of a job that is no more goes to the dead letters, and nothing behind it waits for ever', async () => {
  const member = await w.signUp();
  await leaveBehind(
    member.organizationId,
    'retired-job',
    Array.from({ length: 100 }, (_, i) => `obx_0${String(i).padStart(3, '0')}`),
  );
  await leaveBehind(member.organizationId, 'attribute-all', ['obx_1']);
  await w.runCron();
  await w.runCron();
  expect(await unpublished(member.organizationId)).toEqual([]);
  await w.until('every one of them lies in the dead letters', async () => {
    const { rows } = await w.db.query('select job, cause from dead_letters where organization_id = $1', [member.organizationId]);
    return rows.length === 100 && rows.every((row) => row.job === 'retired-job' && row.cause.includes('No job is called retired-job'));
  });
});
