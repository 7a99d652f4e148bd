import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { createSandbox, defaultFaultPlan, noFaults, type FaultPlan } from '../index.ts';
import { ACCOUNT, ADSET, CAMPAIGN, CREATIVE, makeTree, openGraph, type GraphAnswer } from './testing/graph-client.ts';

const only = (part: Partial<FaultPlan>): FaultPlan => ({ ...noFaults(9), ...part });

test('answer lost: the object exists and the caller never hears of it', async () => {
  const graph = await openGraph({ faults: only({ answerLost: 1, hangMs: 5 }) });
  expect(await graph.tryCall('POST', `${ACCOUNT}/campaigns`, CAMPAIGN)).toBeNull();
  const made = graph.sandbox.meta.objects().filter((object) => object.kind === 'campaign');
  expect(made.map((object) => object.name)).toEqual([CAMPAIGN.name]);
  expect((await graph.all(`${ACCOUNT}/campaigns`, { fields: 'name' }))[0]?.['name']).toBe(CAMPAIGN.name); // reads are answered
  await graph.sandbox.close();
});

test('late apply: nothing at first, the object a little later, a retry in between makes two', async () => {
  const graph = await openGraph({ faults: only({ lateApply: { p: 1, maxMs: 60 } }) });
  expect(await graph.tryCall('POST', `${ACCOUNT}/campaigns`, { ...CAMPAIGN, adlabels: [{ name: 'late' }] })).toBeNull();
  expect(graph.sandbox.meta.objects().filter((object) => object.kind === 'campaign')).toHaveLength(0);
  graph.sandbox.setFaults(noFaults(9));
  await graph.post(`${ACCOUNT}/campaigns`, { ...CAMPAIGN, adlabels: [{ name: 'late' }] });
  expect(graph.sandbox.meta.countDuplicates()).toBe(0);
  await expect.poll(() => graph.sandbox.meta.countDuplicates(), { timeout: 1000 }).toBe(1);
  await graph.sandbox.close();
});

test('a 500 is applied or not, by the plan', async () => {
  for (const appliedShare of [0, 1]) {
    const graph = await openGraph({ faults: only({ error500: { p: 1, appliedShare } }) });
    const answer = await graph.post(`${ACCOUNT}/campaigns`, CAMPAIGN);
    expect(answer.status).toBe(500);
    expect(answer.body.error).toMatchObject({ code: 1, is_transient: true });
    expect(graph.sandbox.meta.objects().filter((object) => object.kind === 'campaign')).toHaveLength(appliedShare);
    await graph.sandbox.close();
  }
});

test('a flaky refusal says 100/1487390, applies nothing, and the same request passes later', async () => {
  const graph = await openGraph({ faults: only({ flaky: 0.5 }) });
  const codes: unknown[] = [];
  for (let n = 0; n < 8; n += 1) codes.push((await graph.post(`${ACCOUNT}/campaigns`, CAMPAIGN)).body.error?.error_subcode ?? 'made');
  expect(new Set(codes)).toEqual(new Set([1487390, 'made']));
  expect(graph.sandbox.meta.objects().filter((object) => object.kind === 'campaign')).toHaveLength(
    codes.filter((code) => code === 'made').length,
  );
  await graph.sandbox.close();
});

test('a throttle comes as 400 or as 429, carries full usage headers and applies nothing', async () => {
  const graph = await openGraph({ faults: only({ throttle: 1 }) });
  const statuses = new Set<number>();
  for (let n = 0; n < 30; n += 1) {
    const { status, body } = await graph.post(`${ACCOUNT}/campaigns`, CAMPAIGN);
    expect([17, 613, 80004]).toContain(body.error?.code);
    statuses.add(status);
  }
  expect(statuses).toEqual(new Set([400, 429]));
  const answer = await graph.post(`${ACCOUNT}/campaigns`, CAMPAIGN);
  expect(JSON.parse(answer.headers.get('x-ad-account-usage') ?? '{}')).toMatchObject({ acc_id_util_pct: 100 });
  expect(graph.sandbox.meta.objects().some((object) => object.kind === 'campaign')).toBe(false);
  await graph.sandbox.close();
});

test('an expired token stops working in the middle: 190 with 463', async () => {
  const graph = await openGraph({ faults: only({ expireTokenAfterCalls: 2 }) });
  expect((await graph.get('me')).status).toBe(200);
  expect((await graph.get('me')).status).toBe(200);
  expect((await graph.get('me')).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  await graph.sandbox.close();
});

test('a dead platform cuts every connection, over a real socket too', async () => {
  const sandbox = await createSandbox({ seed: 1, demo: false });
  const url = `${sandbox.url}/graph.facebook.com/v26.0/me?access_token=${sandbox.meta.issueToken()}`;
  expect((await fetch(url)).status).toBe(200);
  sandbox.meta.setDead(true);
  await expect(fetch(url)).rejects.toThrow();
  expect((await fetch(`${sandbox.url}/api.resend.com/`)).status).toBeGreaterThan(0); // the others live
  sandbox.meta.setDead(false);
  expect((await fetch(url)).status).toBe(200);
  await sandbox.close();
});

test('one enhancement comes back switched on by itself when the plan says so', async () => {
  const graph = await openGraph({ faults: only({ enhancementFlip: 1 }) });
  const tree = await makeTree(graph);
  const { body } = await graph.get(tree.creative, { fields: 'degrees_of_freedom_spec' });
  expect(body['degrees_of_freedom_spec']).toEqual({
    creative_features_spec: { image_brightness_and_contrast: { enroll_status: 'OPT_IN' } },
  });
  await graph.sandbox.close();
});

test('the limited tier runs dry after 20 writes and refills with time', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const graph = await openGraph({ now: () => now });
  graph.sandbox.meta.setTier('limited');
  const write = () => graph.post(`${ACCOUNT}/adlabels`, { name: 'label' });
  for (let n = 0; n < 20; n += 1) expect((await write()).status).toBe(200);
  const refused = await write();
  expect(refused.body.error).toMatchObject({ code: 17, error_subcode: 2446079 });
  expect(JSON.parse(refused.headers.get('x-ad-account-usage') ?? '{}')).toMatchObject({
    acc_id_util_pct: 100,
    reset_time_duration: 300,
    ads_api_access_tier: 'development_access',
  });
  now += 15_000; // 60 points per 300 s = one write per 15 s
  expect((await write()).status).toBe(200);
  expect((await write()).status).toBe(400);
  await graph.sandbox.close();
});

/** A client token as a launch would make it: new for every launch, here by `launch`. */
const tokenOf = (launch: string, item: string): string => formatClientToken(createHash('sha256').update(`${launch} ${item}`).digest());

/** What each of 60 creates met, whatever order they are sent in and whatever tokens they carry. */
async function fates(seed: number, order: number[], launch: string): Promise<Record<string, string>> {
  const graph = await openGraph({ seed, faults: { ...defaultFaultPlan(seed), flaky: 0.1, searchLagMs: 0, hangMs: 1 } });
  const met: Record<string, string> = {};
  await Promise.all(
    order.map(async (n) => {
      const token = tokenOf(launch, `c${n}`);
      const campaign = { ...CAMPAIGN, name: nameWithToken(`c${n}`, token), adlabels: [{ name: token }] };
      const answer = await graph.tryCall('POST', `${ACCOUNT}/campaigns`, campaign);
      met[`c${n}`] = answer === null ? 'cut' : String(answer.body.error?.code ?? 'made');
    }),
  );
  await graph.sandbox.close();
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

/** What 160 later calls about a launch met: uploads, look-ups by label and by name, reads and switches of ads that share a name. */
async function laterFates(launch: string, order: number[]): Promise<Record<string, string>> {
  const graph = await openGraph({ seed: 5, faults: noFaults(5) });
  const made = async (edge: string, item: string, name: string, params: Record<string, unknown>): Promise<string> => {
    const token = tokenOf(launch, item);
    const answer = await graph.post(`${ACCOUNT}/${edge}`, { ...params, name: nameWithToken(name, token), adlabels: [{ name: token }] });
    return String(answer.body.id);
  };
  const campaign = await made('campaigns', 'c', 'Campaign', CAMPAIGN);
  const ads = new Map<number, string>();
  for (const n of order) {
    const adset = await made('adsets', `s${n}`, `Set ${n}`, { ...ADSET, campaign_id: campaign });
    const creative = await made('adcreatives', `k${n}`, `Creative ${n}`, CREATIVE);
    ads.set(n, await made('ads', `a${n}`, 'Same name', { adset_id: adset, creative: { creative_id: creative }, status: 'PAUSED' }));
  }
  graph.sandbox.setFaults({ ...noFaults(5), throttle: 0.3, error500: { p: 0.3, appliedShare: 0 } });
  const met: Record<string, string> = {};
  const meet = async (what: string, sent: Promise<GraphAnswer>): Promise<void> => {
    met[what] = String((await sent).body.error?.code ?? 'done');
  };
  for (const n of order) {
    const token = tokenOf(launch, `a${n}`);
    const look = (field: string, operator: string, value: unknown) => ({ fields: 'name', filtering: [{ field, operator, value }] });
    await meet(`label ${n}`, graph.get(`${ACCOUNT}/adlabels`, look('name', 'IN', [token])));
    await meet(`name ${n}`, graph.get(`${ACCOUNT}/ads`, look('name', 'CONTAIN', token)));
    await meet(`read ${n}`, graph.get(String(ads.get(n)), { fields: 'name,status' }));
    const file = { name: `inlay-${tokenOf(launch, `m${n}`)}.png`, bytes: Buffer.from(`picture ${n}`).toString('base64') };
    await meet(`picture ${n}`, graph.post(`${ACCOUNT}/adimages`, file));
  }
  await graph.sandbox.close();
  return Object.fromEntries(Object.entries(met).map(([what, code]) => [what, THROTTLED.has(code) ? 'throttled' : code]));
}
const THROTTLED = new Set(['17', '613', '80004']);

test('what is looked up, read or uploaded for a token meets the same in the next run, too', async () => {
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  const first = await laterFates('one', numbers);
  expect(await laterFates('two', numbers)).toEqual(first);
  expect(await laterFates('three', numbers.toReversed())).toEqual(first);
  expect(new Set(Object.values(first)).size).toBeGreaterThan(2);
});
