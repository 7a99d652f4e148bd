import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultFaultPlan } from '../core/faults.ts';
import { AD, ADGROUP, CAMPAIGN, openTiktok, requestIdOf, type ApiClient } from './testing/api-client.ts';

const THROTTLES = new Set([40016, 40100, 40132, 40133]);
/** The default plan on a faster clock. */
const LATE_MS = 60;
const LAG_MS = 200;
const SETS = 3;
const ADS = 40;

/** Two waits, each counted from where the last one truly ended: a busy machine that fires timers late cannot shorten them. */
async function settle(): Promise<void> {
  await wait(LATE_MS + 30);
  await wait(LAG_MS + 20);
}

async function isFound(api: ApiClient, adgroup: string, name: string): Promise<boolean> {
  for (;;) {
    const answer = await api.tryCall('GET', 'ad/get/', { filtering: { adgroup_ids: [adgroup], ad_name: name } });
    if (answer?.code === 0) return (answer.data['list'] as unknown[]).length > 0;
  }
}

/** Create, and on doubt wait, search, create again: the smallest launcher there is. Ads have no request_id to lean on. */
async function launchOne(api: ApiClient, adgroup: string, name: string, settles: boolean): Promise<void> {
  for (;;) {
    const answer = await api.tryCall('POST', 'ad/create/', { adgroup_id: adgroup, creatives: [{ ...AD, ad_name: name }] });
    if (answer?.code === 0) return;
    if (THROTTLES.has(answer?.code ?? -1)) continue;
    if (settles) await settle();
    if (await isFound(api, adgroup, name)) return;
  }
}

async function launch(seed: number, settles: boolean): Promise<{ made: number; duplicates: number }> {
  const api = openTiktok({ seed });
  const campaign = (await api.post('campaign/create/', CAMPAIGN)).data['campaign_id'];
  const wanted: { adgroup: string; name: string }[] = [];
  for (let set = 0; set < SETS; set += 1) {
    const wish = { ...ADGROUP, adgroup_name: `set ${set}`, campaign_id: campaign, request_id: requestIdOf(`set ${set}`) };
    const adgroup = String((await api.post('adgroup/create/', wish)).data['adgroup_id']);
    for (let n = 0; n < ADS; n += 1) wanted.push({ adgroup, name: `ad ${set} ${n}` });
  }
  api.sandbox.setFaults({ ...defaultFaultPlan(seed), lateApply: { p: 0.02, maxMs: LATE_MS }, searchLagMs: LAG_MS, hangMs: 1 });
  const worker = async (): Promise<void> => {
    for (let one = wanted.pop(); one !== undefined; one = wanted.pop()) await launchOne(api, one.adgroup, one.name, settles);
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  await settle();
  const ads = api.sandbox.tiktok.objects().filter((object) => object.kind === 'ad');
  const duplicates = api.sandbox.tiktok.countDuplicates();
  api.sandbox.close();
  return { made: new Set(ads.map((object) => object.name)).size, duplicates };
}

test('the weather makes duplicate ads for a launcher that does not settle, none for one that does', async () => {
  const careless = await launch(1, false);
  expect(careless.made).toBe(SETS * ADS);
  expect(careless.duplicates).toBeGreaterThan(0);
  expect(await launch(1, true)).toEqual({ made: SETS * ADS, duplicates: 0 });
});
