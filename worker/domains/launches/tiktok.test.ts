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
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '2400' } });
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
    expect(await rest(w, member, launch, ['active', 'needs_attention'], 60_000)).toMatchObject({ state: 'active' });
    expect(canSpend().length - before).toBe(11);
  },
  200_000,
);
