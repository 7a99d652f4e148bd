import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listConnections } from '#shared/contracts/connections.ts';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { DEMO_IDS } from '../../../sandbox/snapchat/index.ts';
import { connectAds } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, rest, storeDraft } from '../../testing/launch-kit.ts';
import { snapchatPlan } from '../../testing/snapchat-plan.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '2400' } });
  Object.assign(w.sandbox.snapchat.settings, { mediaProcessingMs: 50 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

/** A draft of somebody new, who connected Snapchat. */
async function draft({ plan, files }: ReturnType<typeof snapchatPlan>): Promise<{ member: Member; launch: LaunchSummary }> {
  const member = await w.signUp();
  await connectAds(w, member, 'snapchat', DEMO_IDS.account);
  await w.until(
    'profiles are read',
    async () => (await w.db.query('select 1 from pages where organization_id = $1', [member.organizationId])).rowCount,
  );
  return { member, launch: await storeDraft(w, member, plan, files) };
}
const of = (id: string) => ({ params: { id } });
const throttled = (): number =>
  w.sandbox.log.requests.filter((one) => one.vendor === 'snapchat' && one.status === 429).length -
  (w.sandbox.log.faults.get('snapchat throttle') ?? 0);

test('nobody looks for leads at another platform with the token of Snapchat', async () => {
  const member = await w.signUp();
  await connectAds(w, member, 'snapchat', DEMO_IDS.account);
  w.sandbox.log.clear();
  const worker = await w.mf.getWorker();
  const body = { v: 1, job: 'reconcile-leads', organizationId: member.organizationId, input: {} };
  await worker.queue('inlay-job', [{ id: 'leads', timestamp: new Date(), attempts: 1, body }]);
  expect(w.sandbox.log.requests.filter((one) => one.vendor === 'meta')).toEqual([]);
  const { connections } = await member.api.call(listConnections, {});
  expect(connections.map((one) => [one.provider, one.status, one.daysLeft])).toEqual([['snapchat', 'active', null]]);
});

// A machine that stalls lets calls that were spaced go out together: of three launches one has to be clean.
test('a launch keeps the pace of the platform by itself', { retry: 2, timeout: 240_000 }, async () => {
  const { member, launch } = await draft(snapchatPlan({ adSets: 2, concepts: 6, shade: 2 }));
  // The first figures of a new connection are read by somebody else.
  await w.until(
    'older figures are read',
    async () => {
      const { rows } = await w.db.query(`select max(insights_from) as latest from ad_accounts where organization_id = $1`, [
        member.organizationId,
      ]);
      return rows[0].latest < addDays(dayOf(Date.now(), 'Europe/Paris'), -90);
    },
    100_000,
  );
  w.sandbox.log.clear();
  await approve(member, launch);
  expect(await rest(w, member, launch, ['verified', 'needs_attention'], 90_000)).toMatchObject({ state: 'verified' });
  expect(throttled()).toBe(0);
});

test('a launch on Snapchat under the fault plan: each intent one object, nothing on before the switch, all of it after', async () => {
  const { member, launch } = await draft(snapchatPlan({ adSets: 2, concepts: 3 }));
  expect(launch.counts).toMatchObject({ media: 3, campaign: 1, ad_set: 2, creative: 6, ad: 6 });
  await member.api.call(contracts.dryRunLaunch, of(launch.id));
  await rest(w, member, launch, ['checked']);
  const { items } = await member.api.call(contracts.listLaunchItems, { ...of(launch.id), query: {} });
  expect(new Set(items.map((item) => item.validation?.level))).toEqual(new Set(['local']));

  w.sandbox.setFaults(defaultFaultPlan(5));
  await approve(member, launch);
  const verified = await rest(w, member, launch, ['verified', 'needs_attention'], 120_000);
  const made = await compareWithOracle(w, launch, 'snapchat');
  expect(verified).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
  expect(made).toMatchObject({ planned: 15, created: 15, extra: 0, duplicates: 0, lost: 0, ghosts: 0 });
  const built = [...made.byToken.values()].flat();
  // Armed below a campaign that is paused: money can flow through none of it.
  expect(built.filter((one) => one.kind === 'campaign').map((one) => one.status)).toEqual(['PAUSED']);
  expect(built.map((one) => one.canSpend)).toEqual(built.map(() => false));

  await member.api.call(contracts.activateLaunch, of(launch.id));
  expect(await rest(w, member, launch, ['active', 'needs_attention'])).toMatchObject({ state: 'active' });
  const on = await compareWithOracle(w, launch, 'snapchat');
  expect(on).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
  const running = [...on.byToken.values()].flat().filter((one) => one.kind !== 'creative');
  expect(running.length).toBe(9);
  expect(running.every((one) => one.status === 'ACTIVE' && one.canSpend === true)).toBe(true);
}, 200_000);
