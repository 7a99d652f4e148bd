import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { defaultFaultPlan, noFaults, type FaultPlan } from '../core/faults.ts';
import { ACCOUNT, CAMPAIGN, itemsIn, makeTree, openSnap, shownIn } from './testing/snap-client.ts';

const only = (part: Partial<FaultPlan>): FaultPlan => ({ ...noFaults(9), ...part });
const one = { campaigns: [CAMPAIGN] };
const tokenOf = (launch: string, item: string): string => formatClientToken(createHash('sha256').update(`${launch} ${item}`).digest());

test('answer lost: the objects exist and the caller never hears of them', async () => {
  const snap = openSnap({ faults: only({ answerLost: 1, hangMs: 5 }) });
  expect(await snap.tryCall('POST', `${ACCOUNT}/campaigns`, one)).toBeNull();
  const shown = shownIn(await snap.get(`${ACCOUNT}/campaigns`), 'campaigns', 'campaign'); // reads are answered
  expect(shown.map((campaign) => campaign['name'])).toEqual([CAMPAIGN.name]);
  const ids = { campaign_ids: shown.map((campaign) => campaign['id']) };
  expect((await snap.post(`${ACCOUNT}/get_campaigns_by_ids`, ids)).status).toBe(200); // a POST that reads
  snap.sandbox.close();
});

test('request lost: nobody answers, and nothing ever exists', async () => {
  const snap = openSnap({ faults: only({ requestLost: 1, hangMs: 5 }) });
  expect(await snap.tryCall('POST', `${ACCOUNT}/campaigns`, one)).toBeNull();
  expect(snap.sandbox.snapchat.objects()).toHaveLength(0);
  expect((await snap.get(`${ACCOUNT}/campaigns`)).status).toBe(200);
  snap.sandbox.close();
});

test('late apply: nothing at first, the object a little later, a retry in between makes two', async () => {
  const snap = openSnap({ faults: only({ lateApply: { p: 1, maxMs: 60 } }) });
  expect(await snap.tryCall('POST', `${ACCOUNT}/campaigns`, one)).toBeNull();
  expect(snap.sandbox.snapchat.objects()).toHaveLength(0);
  snap.sandbox.setFaults(noFaults(9));
  await snap.post(`${ACCOUNT}/campaigns`, one);
  expect(snap.sandbox.snapchat.countDuplicates()).toBe(0);
  await expect.poll(() => snap.sandbox.snapchat.countDuplicates(), { timeout: 1000 }).toBe(1);
  snap.sandbox.close();
});

test('a 500 is applied or not, by the plan', async () => {
  for (const appliedShare of [0, 1]) {
    const snap = openSnap({ faults: only({ error500: { p: 1, appliedShare } }) });
    const answer = await snap.post(`${ACCOUNT}/campaigns`, one);
    expect([answer.status, answer.body.request_status]).toEqual([500, 'ERROR']);
    expect(snap.sandbox.snapchat.objects()).toHaveLength(appliedShare);
    snap.sandbox.close();
  }
});

test('a throttle is a bare 429 and applies nothing', async () => {
  const snap = openSnap({ faults: only({ throttle: 1 }) });
  const answer = await snap.post(`${ACCOUNT}/campaigns`, one);
  expect([answer.status, answer.body, [...answer.headers.keys()]]).toEqual([429, { text: '' }, []]);
  expect(snap.sandbox.snapchat.objects()).toHaveLength(0);
  snap.sandbox.close();
});

test('some items of an array are dropped or refused for nothing, the others are made', async () => {
  const snap = openSnap({ faults: only({ batchNull: 0.3, flaky: 0.3 }) });
  const campaigns = Array.from({ length: 30 }, (_, n) => ({ ...CAMPAIGN, name: `C${n}` }));
  const items = itemsIn(await snap.post(`${ACCOUNT}/campaigns`, { campaigns }), 'campaigns');
  const met = items.map((item) => /E\d+/.exec(item.sub_request_error_reason ?? '')?.[0] ?? 'made');
  expect(new Set(met)).toEqual(new Set(['E4001', 'E2002', 'made']));
  expect(snap.sandbox.snapchat.objects()).toHaveLength(met.filter((word) => word === 'made').length);
  snap.sandbox.close();
});

test('a field that nobody knows may appear in every object', async () => {
  const snap = openSnap();
  snap.sandbox.snapchat.settings.extraField = 'shiny';
  const shown = shownIn(await snap.post(`${ACCOUNT}/campaigns`, one), 'campaigns', 'campaign');
  expect(shown[0]).toMatchObject({ shiny: 'new' });
  snap.sandbox.close();
});

/** What each of 60 creates met, whatever order they are sent in and whatever tokens they carry. */
async function fates(seed: number, order: number[], launch: string): Promise<Record<string, string>> {
  const faults = { ...defaultFaultPlan(seed), flaky: 0.1, batchNull: 0.05, searchLagMs: 0, hangMs: 1 };
  const snap = openSnap({ seed, faults });
  snap.sandbox.snapchat.setLimits({ perApp: 1000, perToken: 1000 });
  const met: Record<string, string> = {};
  await Promise.all(
    order.map(async (n) => {
      const name = nameWithToken(`c${n}`, tokenOf(launch, `c${n}`));
      const answer = await snap.tryCall('POST', `${ACCOUNT}/campaigns`, { campaigns: [{ ...CAMPAIGN, name }] });
      met[`c${n}`] = answer === null ? 'cut' : `${answer.status} ${String(answer.body.request_status)}`;
    }),
  );
  snap.sandbox.close();
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

/** What later calls about a launch met: reads by id, reads of many and switches, of ads that share a name in squads that do not. */
async function laterFates(launch: string, order: number[]): Promise<Record<string, number>> {
  const snap = openSnap({ seed: 5 });
  const trees = new Map<number, Awaited<ReturnType<typeof makeTree>>>();
  for (const n of order) trees.set(n, await makeTree(snap, ` ${n} ·${tokenOf(launch, `t${n}`)}`));
  snap.sandbox.setFaults({ ...noFaults(5), throttle: 0.3, error500: { p: 0.3, appliedShare: 0 } });
  const met: Record<string, number> = {};
  for (const n of order) {
    const { ad = '', adsquad = '' } = trees.get(n) ?? {};
    met[`read ${n}`] = (await snap.get(`ads/${ad}`)).status;
    met[`many ${n}`] = (await snap.post(`${ACCOUNT}/get_ads_by_ids`, { ad_ids: [ad] })).status;
    met[`under ${n}`] = (await snap.get(`adsquads/${adsquad}/ads`)).status;
    met[`switch ${n}`] = (await snap.patch(`ads/${ad}`, [{ op: 'replace', path: '/status', value: 'ACTIVE' }])).status;
  }
  snap.sandbox.close();
  return met;
}

test('what is read or switched meets the same in the next run, whatever its ids and tokens', async () => {
  const numbers = Array.from({ length: 12 }, (_, n) => n);
  const first = await laterFates('one', numbers);
  expect(await laterFates('two', numbers)).toEqual(first);
  expect(await laterFates('three', numbers.toReversed())).toEqual(first);
  expect(new Set(Object.values(first))).toEqual(new Set([200, 429, 500]));
});

test('ads are found by their token, and a state file brings everything back', async () => {
  const snap = openSnap({ demo: true });
  const token = tokenOf('x', 'a');
  const tree = await makeTree(snap, ` ·${token}`);
  expect(snap.sandbox.snapchat.adsByToken(token)).toMatchObject([
    { id: tree.ad, token, kind: 'ad', parentIds: [tree.campaign, tree.adsquad, tree.creative], canSpend: false, isDeleted: false },
  ]);
  await snap.patch('campaigns/9a000000-0000-4000-a000-000000000001', [{ op: 'replace', path: '/status', value: 'PAUSED' }]);
  const before = snap.sandbox.snapchat.objects();
  const saved = structuredClone(snap.sandbox.snapchat.snapshot());
  snap.sandbox.reset();
  expect(snap.sandbox.snapchat.adsByToken(token)).toEqual([]);
  snap.sandbox.snapchat.restore(saved);
  expect(snap.sandbox.snapchat.objects().toSorted(byId)).toEqual(before.toSorted(byId));
  expect((await snap.get(`ads/${tree.ad}`)).status).toBe(200); // the token came back as well
  snap.sandbox.close();
});
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
