import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, deliverAtOnce, draftLaunch, rest, states } from '../../testing/launch-kit.ts';

let w: TestWorker;
// Time-out + latest late apply + search lag of the fault plan, with room for a busy machine.
const SAFE_WINDOW = { SETTLE_WINDOW_MS: '2400' };
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 3, vars: SAFE_WINDOW });
});
afterAll(() => w.stop());

const WHOLE = { extra: 0, duplicates: 0, lost: 0, ghosts: 0 };

for (const seed of [1, 2, 3]) {
  test(`every intent is exactly one object under the fault plan, seed ${seed}`, async () => {
    w.sandbox.setFaults(noFaults());
    const { member, launch } = await draftLaunch(w, { adSets: 3, concepts: 4, shade: seed });
    w.sandbox.setFaults(defaultFaultPlan(seed));
    await approve(member, launch);
    const end = await rest(w, member, launch, ['verified', 'needs_attention']);
    expect((await compareWithOracle(w, launch)).extra, 'objects beyond the first').toBe(0);
    expect(end).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
    expect(await compareWithOracle(w, launch)).toMatchObject({ ...WHOLE, planned: 52, created: 52 });
  }, 180_000);
}

test('the same message four times at once, again and again, still makes each object once', async () => {
  w.sandbox.setFaults(noFaults());
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 3, shade: 4 });
  w.sandbox.setFaults({ ...defaultFaultPlan(11), latencyMs: [5, 40] });
  await approve(member, launch);
  await Promise.all([1, 2, 3].map(() => deliverAtOnce(w, member, launch, 4)));
  const end = await rest(w, member, launch, ['verified', 'needs_attention']);
  expect((await compareWithOracle(w, launch)).extra, 'objects beyond the first').toBe(0);
  expect(end).toMatchObject({ state: 'verified' });
  expect(await compareWithOracle(w, launch)).toMatchObject({ ...WHOLE, created: 27 });
}, 180_000);

test('a worker killed again and again, its messages lost, loses and doubles nothing', async () => {
  w.sandbox.setFaults(noFaults());
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 4, shade: 5 });
  w.sandbox.setFaults({ ...defaultFaultPlan(12), latencyMs: [40, 120] });
  await approve(member, launch);
  // Files live in memory here, so the first kill comes when they are uploaded.
  await w.until('media are uploaded', async () => (await states(w, launch, 'media'))['VERIFIED'] === launch.counts.media, 30_000);
  for (let kill = 0; kill < 3; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150 + 130 * kill));
    await w.restart();
    void deliverAtOnce(w, member, launch, 1).catch(() => undefined); // what the minute's sweep would do
  }
  expect(await rest(w, member, launch, ['verified', 'needs_attention'])).toMatchObject({ state: 'verified' });
  expect(await compareWithOracle(w, launch)).toMatchObject({ ...WHOLE, created: launch.counts.total - launch.counts.media });
}, 180_000);

test('what the platform makes later than the window never runs and is neutralised by the sweeps', async () => {
  w.sandbox.setFaults(noFaults());
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 3, shade: 6 });
  w.sandbox.setFaults({ ...noFaults(13), lateApply: { p: 0.25, maxMs: 8_000 } });
  await approve(member, launch);
  await rest(w, member, launch, ['verified', 'needs_attention'], 90_000);
  w.sandbox.setFaults(noFaults());
  expect(w.sandbox.log.faults.get('meta late-apply') ?? 0).toBeGreaterThan(0);
  const oracle = await w.until(
    'no duplicate lives',
    async () => {
      const now = await compareWithOracle(w, launch);
      return now.extra > 0 && now.duplicates === 0 ? now : null;
    },
    40_000,
  );
  expect(oracle).toMatchObject({ duplicates: 0, lost: 0 });
  const archived = [...oracle.byToken.values()].flat().filter((one) => one.status === 'ARCHIVED' || one.status === 'DELETED');
  expect(archived.length).toBe(oracle.extra);
}, 150_000);
