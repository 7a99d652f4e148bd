import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { DEMO_IDS } from '../../../sandbox/linkedin/index.ts';
import { connectAds } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, rest, storeDraft } from '../../testing/launch-kit.ts';
import { linkedinPlan } from '../../testing/linkedin-plan.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '2400' } });
  Object.assign(w.sandbox.linkedin.settings, { imageProcessingMs: 50, reviewMs: 50 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

/** Somebody with the imitated account, whose pages were read, too: without them no plan may speak for one. */
async function connected(): Promise<Member> {
  const member = await w.signUp();
  await connectAds(w, member, 'linkedin', DEMO_IDS.account);
  const pages = () => w.db.query('select 1 from pages where organization_id = $1', [member.organizationId]);
  await w.until('pages are read', async () => (await pages()).rowCount);
  return member;
}
const of = (id: string) => ({ params: { id } });

test('pages of LinkedIn are nobody else’s: looking for leads leaves their tokens alone', async () => {
  const member = await connected();
  const before = w.sandbox.log.requests.length;
  const worker = await w.mf.getWorker();
  await worker.queue('inlay-job', [
    {
      id: `reconcile-${member.organizationId}`,
      timestamp: new Date(),
      attempts: 1,
      body: { v: 1, job: 'reconcile-leads', organizationId: member.organizationId, input: {} },
    },
  ]);
  expect(w.sandbox.log.requests.slice(before).filter((one) => one.vendor === 'meta')).toEqual([]);
  const { rows } = await w.db.query('select status from connections where organization_id = $1', [member.organizationId]);
  expect(rows).toEqual([{ status: 'active' }]);
}, 180_000);

test('a launch on LinkedIn under the fault plan: each intent one object, nothing on before the switch, all of it after', async () => {
  const member = await connected();
  const { plan, files } = linkedinPlan({ adSets: 2, concepts: 3, ratios: ['1x1'] });
  const launch = await storeDraft(w, member, plan, files);
  expect(launch.counts).toMatchObject({ campaign: 1, ad_set: 2, creative: 0, ad: 6 });
  await member.api.call(contracts.dryRunLaunch, of(launch.id));
  await rest(w, member, launch, ['checked']);
  const { items } = await member.api.call(contracts.listLaunchItems, { ...of(launch.id), query: {} });
  expect(new Set(items.map((item) => item.validation?.level))).toEqual(new Set(['local']));

  w.sandbox.setFaults(defaultFaultPlan(5));
  await approve(member, launch);
  const verified = await rest(w, member, launch, ['verified', 'needs_attention'], 90_000);
  expect(verified).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
  const made = await compareWithOracle(w, launch, 'linkedin');
  expect(made).toMatchObject({ planned: 9, created: 9, extra: 0, duplicates: 0, lost: 0, ghosts: 0 });
  const built = [...made.byToken.values()].flat();
  // Armed below a group that is paused: money can flow through none of it.
  expect(built.filter((one) => one.kind === 'campaign').map((one) => one.status)).toEqual(['PAUSED']);
  expect(built.map((one) => one.canSpend)).toEqual(built.map(() => false));
  // What each campaign fills into its ads' links was there before anything could run.
  const campaigns = built.filter((one) => one.kind === 'ad_set');
  for (const campaign of campaigns)
    expect(campaign.fields['tracking']).toMatchObject({ dynamicValueParameters: { utm_content: 'CREATIVE_ID', utm_term: 'CAMPAIGN_ID' } });

  await member.api.call(contracts.activateLaunch, of(launch.id));
  expect(await rest(w, member, launch, ['active', 'needs_attention'])).toMatchObject({ state: 'active' });
  const on = await compareWithOracle(w, launch, 'linkedin');
  expect(on).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
  expect(new Set([...on.byToken.values()].flat().map((one) => one.status))).toEqual(new Set(['ACTIVE']));
}, 150_000);
