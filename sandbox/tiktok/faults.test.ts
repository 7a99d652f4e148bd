import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { defaultFaultPlan, noFaults, type FaultPlan } from '../core/faults.ts';
import {
  AD,
  ADGROUP,
  CAMPAIGN,
  makeSmartTree,
  makeTree,
  openTiktok,
  requestIdOf,
  SMART_AD,
  type ApiClient,
  type TiktokAnswer,
} from './testing/api-client.ts';

const only = (part: Partial<FaultPlan>): FaultPlan => ({ ...noFaults(9), ...part });
const campaigns = (api: ApiClient) => api.sandbox.tiktok.objects().filter((object) => object.kind === 'campaign');

test('answer lost: the object exists and the caller never hears of it', async () => {
  const api = openTiktok({ faults: only({ answerLost: 1, hangMs: 5 }) });
  expect(await api.tryCall('POST', 'campaign/create/', CAMPAIGN)).toBeNull();
  expect(campaigns(api).map((object) => object.name)).toEqual([CAMPAIGN.campaign_name]);
  expect(await api.list('campaign/get/')).toHaveLength(1); // reads are answered
  api.sandbox.close();
});

test('lost on its way in: nobody answers and nothing was made', async () => {
  const api = openTiktok({ faults: only({ requestLost: 1 }) });
  expect(await api.tryCall('POST', 'campaign/create/', CAMPAIGN)).toBeNull();
  expect(campaigns(api)).toEqual([]);
  expect((await api.get('campaign/get/')).code).toBe(0);
  api.sandbox.close();
});

test('late apply: nothing at first, the object a little later; a retry with another request_id makes two', async () => {
  const api = openTiktok({ faults: only({ lateApply: { p: 1, maxMs: 60 } }) });
  const create = () => api.tryCall('POST', 'campaign/create/', { ...CAMPAIGN, request_id: requestIdOf(String(campaigns(api).length)) });
  api.sandbox.tiktok.settings.requestIdWindowMs = 0;
  expect(await create()).toBeNull();
  expect(campaigns(api)).toHaveLength(0);
  api.sandbox.setFaults(noFaults(9));
  await create();
  expect(api.sandbox.tiktok.countDuplicates()).toBe(0);
  await expect.poll(() => api.sandbox.tiktok.countDuplicates(), { timeout: 1000 }).toBe(1);
  api.sandbox.close();
});

test('a failure is a code in a 200 or a true 5xx, applied or not, and never says which', async () => {
  for (const appliedShare of [0, 1]) {
    const api = openTiktok({ faults: only({ error500: { p: 1, appliedShare } }) });
    const seen = new Set<string>();
    for (let n = 0; n < 40; n += 1) {
      const { status, code } = await api.post('campaign/create/', { ...CAMPAIGN, campaign_name: `c${n}` });
      seen.add(`${status} ${code}`);
    }
    expect([...seen].toSorted()).toEqual(['200 40700', '200 50000', '200 50002', '200 51305', '502 -1']);
    expect(campaigns(api)).toHaveLength(40 * appliedShare);
    api.sandbox.close();
  }
});

test('a throttle is a 200 with one of four codes; it applies nothing', async () => {
  const api = openTiktok({ faults: only({ throttle: 1 }) });
  const codes = new Set<number>();
  for (let n = 0; n < 30; n += 1) {
    const answer = await api.post('campaign/create/', CAMPAIGN);
    expect([answer.status, answer.data]).toEqual([200, {}]);
    codes.add(answer.code);
  }
  expect(codes).toEqual(new Set([40016, 40100, 40132, 40133]));
  expect(campaigns(api)).toEqual([]);
  api.sandbox.close();
});

test('a flaky refusal says 40002, applies nothing, and the same request passes later', async () => {
  const api = openTiktok({ faults: only({ flaky: 0.5 }) });
  const codes: number[] = [];
  for (let n = 0; n < 8; n += 1) codes.push((await api.post('campaign/create/', { ...CAMPAIGN, request_id: String(n) })).code);
  expect(new Set(codes)).toEqual(new Set([0, 40002]));
  expect(campaigns(api)).toHaveLength(codes.filter((code) => code === 0).length);
  api.sandbox.close();
});

test('partial success of many ads: 20001, the ids that were made, and the names that were not', async () => {
  const api = openTiktok();
  const { adgroup } = await makeTree(api);
  api.sandbox.setFaults(only({ batchNull: 0.4 }));
  const creatives = Array.from({ length: 20 }, (_, n) => ({ ...AD, ad_name: `part ${n}` }));
  const answer = await api.post('ad/create/', { adgroup_id: adgroup, creatives });
  const { ad_ids: ids, error_list: errors } = answer.data as { ad_ids: string[]; error_list: { ad_name: string }[] };
  expect(answer.code).toBe(20001);
  expect(errors.length).toBeGreaterThan(2);
  expect(ids.length + errors.length).toBe(20);
  const made = api.sandbox.tiktok.objects().filter((object) => object.name?.startsWith('part'));
  expect(made.map((object) => object.id).toSorted()).toEqual(ids.toSorted());
  expect(made.some((object) => errors.some((error) => error.ad_name === object.name))).toBe(false);
  api.sandbox.close();
});

test('a status that is not taken: said, or not said', async () => {
  const api = openTiktok();
  const { ad } = await makeTree(api);
  const status = () => api.sandbox.tiktok.objects().find((object) => object.id === ad)?.status;
  for (const silent of [false, true]) {
    api.sandbox.setFaults(only({ statusIgnored: { p: 1, silent } }));
    expect((await api.post('ad/status/update/', { ad_ids: [ad], operation_status: 'ENABLE' })).code).toBe(silent ? 0 : 50002);
    expect(status()).toBe('DISABLE');
  }
  api.sandbox.close();
});

test('an expired token stops working in the middle: 40102', async () => {
  const api = openTiktok({ faults: only({ expireTokenAfterCalls: 2 }) });
  const codes: number[] = [];
  for (let n = 0; n < 3; n += 1) codes.push((await api.get('campaign/get/')).code);
  expect(codes).toEqual([0, 0, 40102]);
  api.sandbox.close();
});

test('a dead platform cuts every connection; a plan for others leaves this one alone', async () => {
  const api = openTiktok({ faults: only({ dead: true }) });
  expect(await api.tryCall('GET', 'campaign/get/')).toBeNull();
  api.sandbox.setFaults(only({ dead: true, throttle: 1, batchNull: 1, flaky: 1, expireTokenAfterCalls: 0, only: ['meta'] }));
  await makeTree(api);
  api.sandbox.setFaults(noFaults(9));
  api.sandbox.tiktok.setDead(true);
  expect(await api.tryCall('GET', 'campaign/get/')).toBeNull();
  api.sandbox.close();
});

test('one enhancement is switched on by the platform, and answers may carry fields nobody knows', async () => {
  const api = openTiktok({ faults: only({ enhancementFlip: 1 }) });
  const { adgroup } = await makeSmartTree(api);
  const [ad] = await api.list('smart_plus/ad/get/', { adgroup_ids: [adgroup] });
  expect(ad?.['ad_configuration']).toEqual({ ...SMART_AD.ad_configuration, creative_auto_enhancement_strategy_list: ['VIDEO_QUALITY'] });
  api.sandbox.tiktok.settings.extraFields = true;
  expect((await api.get('campaign/get/')).data['undocumented_field']).toEqual({ added: true });
  api.sandbox.close();
});

/** A client token as a launch would make it: new for every launch, here by `launch`. */
const tokenOf = (launch: string, item: string): string => formatClientToken(createHash('sha256').update(`${launch} ${item}`).digest());

/** What each of 60 creates met, whatever order they are sent in and whatever tokens they carry. */
async function fates(seed: number, order: number[], launch: string): Promise<Record<string, string>> {
  const api = openTiktok({ seed, faults: { ...defaultFaultPlan(seed), flaky: 0.1, searchLagMs: 0, hangMs: 1 } });
  const met: Record<string, string> = {};
  await Promise.all(
    order.map(async (n) => {
      const token = tokenOf(launch, `c${n}`);
      const answer = await api.tryCall('POST', 'campaign/create/', {
        ...CAMPAIGN,
        campaign_name: nameWithToken(`c${n}`, token),
        request_id: requestIdOf(token),
      });
      met[`c${n}`] = answer === null ? 'cut' : String(answer.code);
    }),
  );
  api.sandbox.close();
  return met;
}

test('a run repeats exactly for its seed, however the requests interleave and whatever its tokens are', async () => {
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  const first = await fates(11, numbers, 'one');
  expect(await fates(11, numbers.toReversed(), 'one')).toEqual(first);
  expect(await fates(11, numbers, 'two')).toEqual(first);
  expect(await fates(12, numbers, 'one')).not.toEqual(first);
  expect(new Set(Object.values(first)).size).toBeGreaterThan(3);
});

const THROTTLED = new Set([40016, 40100, 40132, 40133]);

/** What later calls about a launch met: look-ups by name, reads, switches and uploads under ad groups that share their ads' names. */
async function laterFates(launch: string, order: number[]): Promise<Record<string, string>> {
  const api = openTiktok({ seed: 5 });
  const campaign = (await api.post('campaign/create/', { ...CAMPAIGN, campaign_name: nameWithToken('Campaign', tokenOf(launch, 'c')) }))
    .data['campaign_id'];
  const made = new Map<number, { adgroup: string; ad: string }>();
  for (const n of order) {
    const name = nameWithToken(`Set ${n}`, tokenOf(launch, `s${n}`));
    const adgroup = String(
      (await api.post('adgroup/create/', { ...ADGROUP, campaign_id: campaign, adgroup_name: name })).data['adgroup_id'],
    );
    const creative = { ...AD, ad_name: nameWithToken('Same name', tokenOf(launch, `a${n}`)) };
    const ads = await api.post('ad/create/', { adgroup_id: adgroup, creatives: [creative] });
    made.set(n, { adgroup, ad: String((ads.data['ad_ids'] as string[])[0]) });
  }
  api.sandbox.setFaults({ ...noFaults(5), throttle: 0.3, error500: { p: 0.3, appliedShare: 0 } });
  const met: Record<string, string> = {};
  const meet = async (what: string, sent: Promise<TiktokAnswer>): Promise<void> => {
    const { code } = await sent;
    met[what] = THROTTLED.has(code) ? 'throttled' : String(code);
  };
  for (const n of order) {
    const { adgroup = '', ad = '' } = made.get(n) ?? {};
    await meet(`name ${n}`, api.get('ad/get/', { filtering: { ad_name: nameWithToken('Same name', tokenOf(launch, `a${n}`)) } }));
    await meet(`read ${n}`, api.get('adgroup/get/', { filtering: { adgroup_ids: [adgroup] } }));
    await meet(`switch ${n}`, api.post('ad/status/update/', { ad_ids: [ad], operation_status: 'ENABLE' }));
    const url = {
      upload_type: 'UPLOAD_BY_URL',
      image_url: `https://example.com/${n}.png`,
      file_name: nameWithToken('m', tokenOf(launch, `m${n}`)),
    };
    await meet(`picture ${n}`, api.upload('file/image/ad/upload/', url));
  }
  api.sandbox.close();
  return met;
}

test('what is looked up, read, switched or uploaded for a token meets the same in the next run, too', async () => {
  const numbers = Array.from({ length: 16 }, (_, n) => n);
  const first = await laterFates('one', numbers);
  expect(await laterFates('two', numbers)).toEqual(first);
  expect(await laterFates('three', numbers.toReversed())).toEqual(first);
  expect(new Set(Object.values(first)).size).toBeGreaterThan(2);
});
