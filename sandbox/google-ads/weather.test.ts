import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultFaultPlan, noFaults } from '../index.ts';
import { ACCOUNT, openAds, reasonsOf, SEARCH_AD, treeOf, type AdsClient } from './testing/ads-client.ts';

/** The default plan on a faster clock. */
const LATE_MS = 60;
const LAG_MS = 150;

async function settle(): Promise<void> {
  await wait(LATE_MS + 30);
  await wait(LAG_MS + 20);
}

async function isFound(ads: AdsClient, token: string): Promise<boolean> {
  for (;;) {
    const query = `SELECT ad_group_ad.ad.id FROM ad_group_ad WHERE ad_group_ad.ad.name = '${token}'`;
    const answer = await ads.tryCall('POST', `${ACCOUNT}/googleAds:search`, { query });
    if (answer?.status === 200) return (answer.body.results ?? []).length > 0;
  }
}

/** Create, and on doubt wait, search, create again: the smallest launcher of ads, which have no name that must be unique. */
async function launchOne(ads: AdsClient, adGroup: string, token: string, settles: boolean): Promise<void> {
  for (;;) {
    const create = { adGroup, status: 'PAUSED', ad: { ...SEARCH_AD, name: token } };
    const answer = await ads.tryCall('POST', `${ACCOUNT}/adGroupAds:mutate`, { operations: [{ create }] });
    if (answer?.status === 200) return;
    if (reasonsOf(answer)[0]?.startsWith('quotaError.') === true) continue;
    if (settles) await settle();
    if (await isFound(ads, token)) return;
  }
}

async function launch(seed: number, settles: boolean): Promise<{ made: number; duplicates: number }> {
  const ads = await openAds({ seed, faults: noFaults(seed) });
  const { body } = await ads.mutate(treeOf());
  const adGroup = body.mutateOperationResponses[2].adGroupResult.resourceName;
  ads.sandbox.setFaults({ ...defaultFaultPlan(seed), lateApply: { p: 0.03, maxMs: LATE_MS }, searchLagMs: LAG_MS, hangMs: 1 });
  const tokens = Array.from({ length: 120 }, (_, n) => `tk${String(n).padStart(4, '0')}`);
  const worker = async (): Promise<void> => {
    for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) await launchOne(ads, adGroup, token, settles);
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  await settle();
  const names = ads.sandbox.googleAds.objects().flatMap((one) => (one.kind === 'ad' && one.name !== null ? one.name : []));
  const duplicates = ads.sandbox.googleAds.countDuplicates();
  await ads.sandbox.close();
  return { made: new Set(names).size, duplicates };
}

test('the weather makes duplicate ads for a launcher that does not settle, none for one that does', async () => {
  const careless = await launch(1, false);
  expect(careless.made).toBe(120);
  expect(careless.duplicates).toBeGreaterThan(0);
  expect(await launch(1, true)).toEqual({ made: 120, duplicates: 0 });
});
