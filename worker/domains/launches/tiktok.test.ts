import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { ADVERTISER, tiktokPlan } from '../../testing/tiktok-plan.ts';
import { connectAds } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, rest, storeDraft } from '../../testing/launch-kit.ts';

let w: TestWorker;
let member: Member;
beforeAll(async () => {
  // The platform's pauses are not scaled with the window: one of three seconds must not use up the time a row may stay unclear.
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '4000' } });
  member = await w.signUp();
  await connectAds(w, member, 'tiktok', ADVERTISER);
});
afterAll(() => w.stop());

const canSpend = () => w.sandbox.tiktok.objects().filter((one) => !one.demo && one.canSpend);

test.each([
  ['traffic', 'classic ads, several in a call', 1],
  ['leads', 'Smart+ ads, each in its own', 2],
] as const)(
  '%s: %s, each exactly once under the fault plan, paused until verified, then on',
  async (goal, _, seed) => {
    w.sandbox.setFaults(noFaults());
    const { plan, files } = tiktokPlan(goal, { adSets: 2, concepts: 4, ratios: ['9x16'], shade: seed });
    const launch = await storeDraft(w, member, plan, files);
    const before = canSpend().length;
    w.sandbox.setFaults(defaultFaultPlan(seed));
    await approve(member, launch);
    const end = await rest(w, member, launch, ['verified', 'needs_attention'], 100_000);
    expect(end).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
    expect(await compareWithOracle(w, launch, 'tiktok')).toMatchObject({
      planned: 11,
      created: 11,
      extra: 0,
      duplicates: 0,
      lost: 0,
      ghosts: 0,
    });
    expect(canSpend().length).toBe(before);

    w.sandbox.setFaults(noFaults());
    await member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
    expect(await rest(w, member, launch, ['active', 'needs_attention'])).toMatchObject({ state: 'active' });
    expect(canSpend().length - before).toBe(11);
  },
  200_000,
);

test('one ad that the platform refuses does not take those of its call with it: each is sent alone, and only the wrong one is refused', async () => {
  w.sandbox.setFaults(noFaults());
  const { plan, files } = tiktokPlan('traffic', { adSets: 1, concepts: 1, ratios: ['9x16'], shade: 3 });
  const [text] = plan.copySets;
  if (!text) throw new Error('the plan has no text');
  // Short as people read it, too long as the platform counts.
  const tooLong = '👨‍👩‍👧‍👦'.repeat(12);
  plan.copySets = ['t1', 't2', 't3', 't4', 't5'].map((key) => ({
    ...text,
    key,
    primaryText: key === 't2' ? tooLong : `${text.primaryText} ${key}`,
  }));
  plan.settings.naming.ad = '{concept} | {counter}';
  const launch = await storeDraft(w, member, plan, files);
  await approve(member, launch);
  const end = await rest(w, member, launch, ['verified', 'needs_attention']);
  expect(end).toMatchObject({ state: 'needs_attention', byState: { VERIFIED: launch.counts.total - 1, REJECTED: 1 } });
  const { items } = await member.api.call(contracts.listLaunchItems, { params: { id: launch.id }, query: { kind: 'ad' } });
  expect(items.find((item) => item.state === 'REJECTED')).toMatchObject({ itemPath: 'c1/s1/concept-1/9x16/t2', error: { code: '40002' } });
  // Together, then each alone; five of these a second are taken.
  const ads = items.map(({ attempts }) => [attempts[0]?.outcome, attempts.at(-1)?.outcome]);
  expect(ads).toEqual(items.map(({ state }) => ['throttled', state === 'REJECTED' ? 'rejected' : 'created']));
  expect(await compareWithOracle(w, launch, 'tiktok')).toMatchObject({
    planned: 7,
    created: 6,
    extra: 0,
    duplicates: 0,
    lost: 0,
    ghosts: 0,
  });
}, 180_000);
