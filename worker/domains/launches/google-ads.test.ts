import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { connectGoogle } from '../../testing/connect-google.ts';
import { demandGenPlan, GOOGLE_ACCOUNT, searchPlan, uploadLogo } from '../../testing/google-plan.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, rest, storeDraft } from '../../testing/launch-kit.ts';
import { outsideOf } from '../../testing/outside-of.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2, demo: true, vars: { SETTLE_WINDOW_MS: '2400' } });
});
afterAll(async () => {
  expect(w.sandbox.log.violations).toEqual([]);
  await w.stop();
});
beforeEach(() => w.sandbox.setFaults(noFaults()));

const WHOLE = { extra: 0, duplicates: 0, lost: 0, ghosts: 0 };
const logo = (): Promise<string> =>
  uploadLogo({
    outside: outsideOf(w.sandbox),
    accessToken: w.sandbox.googleAds.issueToken(),
    accountExternalId: GOOGLE_ACCOUNT,
    timeoutMs: 5_000,
  });
/** What may spend, of what this test made. */
const running = () => w.sandbox.googleAds.objects().filter((one) => !one.demo && one.kind === 'ad' && one.maySpend).length;
const of = (id: string) => ({ params: { id } });

async function signedIn(): Promise<Member> {
  const member = await w.signUp();
  const { accounts } = await connectGoogle(w, member);
  // One directly, one through the manager above it; the closed one is left out.
  expect(accounts.map(({ externalId, via }) => [externalId, via])).toEqual([
    ['4000000011', null],
    ['4000000012', '4000000001'],
  ]);
  return member;
}

test('a Demand Gen launch under the fault plan: verified, each object once, and one switch turns it on', async () => {
  const member = await signedIn();
  const { plan, files } = demandGenPlan({ adSets: 3, concepts: 4, shade: 1 }, await logo());
  const launch = await storeDraft(w, member, plan, files);
  expect(launch.counts).toMatchObject({ campaign: 1, ad_set: 3, ad: 12, media: 4 });
  w.sandbox.setFaults(defaultFaultPlan(5));
  await approve(member, launch);
  const end = await rest(w, member, launch, ['verified', 'needs_attention'], 90_000);
  expect(end).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
  expect(await compareWithOracle(w, launch, 'google-ads')).toMatchObject({ ...WHOLE, planned: 16, created: 16 });
  expect(running()).toBe(0);
  await member.api.call(contracts.activateLaunch, of(launch.id));
  await rest(w, member, launch, ['active']);
  expect(running()).toBe(12);
}, 180_000);

test('a search launch under the fault plan: words only, and the same promise', async () => {
  const member = await signedIn();
  const launch = await storeDraft(w, member, searchPlan({ adSets: 3, concepts: 3 }), []);
  expect(launch.counts).toMatchObject({ campaign: 1, ad_set: 3, ad: 9, media: 0 });
  const before = running();
  w.sandbox.setFaults(defaultFaultPlan(8));
  await approve(member, launch);
  const end = await rest(w, member, launch, ['verified', 'needs_attention'], 90_000);
  expect(end).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
  expect(await compareWithOracle(w, launch, 'google-ads')).toMatchObject({ ...WHOLE, planned: 13, created: 13 });
  await member.api.call(contracts.activateLaunch, of(launch.id));
  await rest(w, member, launch, ['active']);
  expect(running() - before).toBe(9);
}, 180_000);

test('an access token that ends on the way is renewed, and nobody is asked for anything', async () => {
  const member = await signedIn();
  const { plan, files } = demandGenPlan({ adSets: 2, concepts: 2, shade: 3 }, await logo());
  const launch = await storeDraft(w, member, plan, files);
  await w.db.query(`update connections set issued_at = now() - interval '10 minutes' where organization_id = $1`, [member.organizationId]);
  w.sandbox.google.expireTokens();
  await approve(member, launch);
  const end = await rest(w, member, launch, ['verified', 'needs_attention'], 90_000);
  expect(end).toMatchObject({ state: 'verified', byState: { VERIFIED: launch.counts.total } });
  expect(await compareWithOracle(w, launch, 'google-ads')).toMatchObject({ ...WHOLE, created: 7 });
  const { rows } = await w.db.query(`select status, last_error from connections where organization_id = $1`, [member.organizationId]);
  expect(rows).toEqual([{ status: 'active', last_error: null }]);
}, 180_000);

test('access taken back by the person stops the launch with one clear request, and it goes on after a new consent', async () => {
  const member = await signedIn();
  const { plan, files } = demandGenPlan({ adSets: 1, concepts: 2, shade: 4 }, await logo());
  const launch = await storeDraft(w, member, plan, files);
  await w.db.query(`update connections set issued_at = now() - interval '10 minutes' where organization_id = $1`, [member.organizationId]);
  w.sandbox.google.store.tokens.revokePerson(w.sandbox.google.store.account('owner@example.com').sub);
  await approve(member, launch);
  await w.until('the person is asked', async () => {
    const { rows } = await w.db.query(`select 1 from connections where organization_id = $1 and status = 'expired'`, [
      member.organizationId,
    ]);
    return rows.length > 0;
  });
  await connectGoogle(w, member);
  expect(await rest(w, member, launch, ['verified', 'needs_attention'], 90_000)).toMatchObject({ state: 'verified' });
  expect(await compareWithOracle(w, launch, 'google-ads')).toMatchObject({ ...WHOLE, created: 4 });
}, 180_000);

test('ads that the platform makes later than the window never run, and the sweeps take them away', async () => {
  const member = await signedIn();
  const { plan, files } = demandGenPlan({ adSets: 2, concepts: 4, shade: 5 }, await logo());
  const launch = await storeDraft(w, member, plan, files);
  w.sandbox.setFaults({ ...noFaults(15), lateApply: { p: 0.5, maxMs: 8_000 } });
  await approve(member, launch);
  await rest(w, member, launch, ['verified', 'needs_attention'], 90_000);
  w.sandbox.setFaults(noFaults());
  const oracle = await w.until(
    'no duplicate lives',
    async () => {
      const now = await compareWithOracle(w, launch, 'google-ads');
      return now.extra > 0 && now.duplicates === 0 && now;
    },
    40_000,
  );
  expect(oracle).toMatchObject({ duplicates: 0, lost: 0 });
}, 180_000);
