import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { MAX_FLAKY_ATTEMPTS } from '#shared/rules/launch-states.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, eventKinds, rest } from '../../testing/launch-kit.ts';

let w: TestWorker;
beforeAll(async () => {
  // Room for a busy machine: no call may outlive its window by itself.
  w = await startWorker({ cronEverySeconds: 2, vars: { CALL_TIMEOUT_MS: '1500', SETTLE_WINDOW_MS: '2400' } });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const of = (id: string) => ({ params: { id } });
const met = (fault: string): number => w.sandbox.log.faults.get(`meta ${fault}`) ?? 0;

interface AttemptRow {
  item_id: string;
  kind: string;
  attempts: number;
  flaky: number;
}
/** Per row: how often it was sent, and how often the answer was the code that lies about whose fault it is. */
async function attemptsOf(launchId: string): Promise<AttemptRow[]> {
  const { rows } = await w.db.query<AttemptRow>(
    `select a.item_id, i.kind, count(*)::int as attempts, count(*) filter (where a.detail ->> 'code' = '100/1487390')::int as flaky
     from launch_attempts a join launch_items i on i.id = a.item_id where i.launch_id = $1 group by a.item_id, i.kind`,
    [launchId],
  );
  return rows;
}

test('a refusal that says "your fault" but passes next time is looked for and sent again, and makes nothing twice', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 2, shade: 1 });
  w.sandbox.setFaults({ ...noFaults(3), flaky: 0.3 });
  await approve(member, launch);
  expect(await rest(w, member, launch, ['verified', 'needs_attention'], 90_000)).toMatchObject({ state: 'verified' });
  expect(met('flaky')).toBeGreaterThan(2);
  expect((await attemptsOf(launch.id)).reduce((sum, row) => sum + row.flaky, 0)).toBeGreaterThan(2);
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
}, 180_000);

test('a row that is refused so again and again is given up after the limit, says so, and passes on a retry', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 2 });
  w.sandbox.setFaults({ ...noFaults(4), flaky: 1 });
  await approve(member, launch);
  const end = await rest(w, member, launch, ['verified', 'needs_attention'], 120_000);
  expect(end.state).toBe('needs_attention');
  const { items } = await member.api.call(contracts.listLaunchItems, { ...of(launch.id), query: { kind: 'campaign' } });
  expect(items[0]).toMatchObject({ state: 'REJECTED', error: { code: 'flaky', retry: 'flaky' } });
  const campaign = (await attemptsOf(launch.id)).find((row) => row.kind === 'campaign');
  expect(campaign?.attempts).toBe(MAX_FLAKY_ATTEMPTS + 1);
  expect([...(await compareWithOracle(w, launch)).byToken.values()].flat()).toEqual([]);

  w.sandbox.setFaults(noFaults());
  await member.api.call(contracts.retryLaunch, of(launch.id));
  expect(await rest(w, member, launch, ['verified'], 30_000)).toMatchObject({ byState: { VERIFIED: launch.counts.total } });
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
}, 170_000);

test('parts of a batch that come back as null are asked for again: nothing is verified unread, nothing is thought to be on', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 3, shade: 3 });
  const before = met('batch null');
  w.sandbox.setFaults({ ...noFaults(5), batchNull: 0.4 });
  await approve(member, launch);
  const verified = await rest(w, member, launch, ['verified', 'needs_attention'], 80_000);
  expect(verified).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
  expect(met('batch null') - before).toBeGreaterThan(5);
  await member.api.call(contracts.activateLaunch, of(launch.id));
  expect(await rest(w, member, launch, ['active', 'needs_attention'], 40_000)).toMatchObject({ state: 'active' });
  const oracle = await compareWithOracle(w, launch);
  expect(oracle).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
  const built = [...oracle.byToken.values()].flat();
  expect(built.filter((one) => one.kind !== 'creative').every((one) => one.status === 'ACTIVE')).toBe(true);
}, 150_000);

test('a token that wears out in mid-launch leaves what exists, refuses nothing, and one reconnect lets the launch go on', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 4, shade: 4 });
  // Enough for the account, the pictures and the first objects, not for all of them.
  w.sandbox.setFaults({ ...noFaults(6), expireTokenAfterCalls: 60 });
  await approve(member, launch);
  const waiting = await rest(w, member, launch, ['verified', 'needs_attention'], 40_000);
  expect(waiting.attention).toContain('Reconnect');
  expect(waiting.byState.REJECTED + waiting.byState.HELD).toBe(0);
  const made = await compareWithOracle(w, launch);
  expect(made.created).toBeGreaterThan(0);
  expect(made.created).toBeLessThan(made.planned);
  expect(await eventKinds(w, launch)).toContain('connection_expired');

  w.sandbox.setFaults(noFaults());
  await connectMeta(w, member);
  expect(await rest(w, member, launch, ['verified'], 40_000)).toMatchObject({ byState: { VERIFIED: launch.counts.total } });
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
}, 100_000);

test('429 is a throttle for the engine: nothing is looked for, the row waits and is sent once more', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 2, shade: 5 });
  w.sandbox.log.clear();
  w.sandbox.setFaults({ ...noFaults(7), throttle: 0.3 });
  await approve(member, launch);
  expect(await rest(w, member, launch, ['verified', 'needs_attention'])).toMatchObject({ state: 'verified' });
  expect(w.sandbox.log.requests.filter((one) => one.vendor === 'meta' && one.status === 429).length).toBeGreaterThan(0);
  const { rows } = await w.db.query<{ outcome: string }>(
    `select distinct a.outcome from launch_attempts a join launch_items i on i.id = a.item_id where i.launch_id = $1`,
    [launch.id],
  );
  const outcomes = rows.map((row) => row.outcome);
  expect(outcomes).toContain('throttled');
  expect(outcomes.filter((outcome) => ['rejected', 'unclear:unreadable', 'unclear:server-error'].includes(outcome))).toEqual([]);
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
}, 180_000);
