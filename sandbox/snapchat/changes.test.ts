import { afterEach, beforeEach, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { DEMO_IDS } from './index.ts';
import { ACCOUNT, CAMPAIGN, firstIn, itemsIn, makeTree, openSnap, shownIn, type SnapClient } from './testing/snap-client.ts';

let snap: SnapClient;
let tree: Awaited<ReturnType<typeof makeTree>>;
beforeEach(async () => {
  snap = openSnap();
  tree = await makeTree(snap);
});
afterEach(() => snap.sandbox.close());

const read = async (plural: string, id: string): Promise<Record<string, unknown> & { id: string }> =>
  firstIn(await snap.get(`${plural}/${id}`), plural, plural.slice(0, -1));
const turnOn = async (): Promise<void> => {
  const replace = [{ op: 'replace', path: '/status', value: 'ACTIVE' }];
  await snap.patch(`ads/${tree.ad}`, replace);
  await snap.patch(`adsquads/${tree.adsquad}`, replace);
  await snap.patch(`campaigns/${tree.campaign}`, replace);
};
const canSpend = (): string[] =>
  snap.sandbox.snapchat
    .objects()
    .filter((one) => one.canSpend)
    .map((one) => one.kind);

test('a PUT sets the whole object: what it leaves out is cleared, what cannot change stays', async () => {
  const end_time = '2026-12-31T00:00:00.000Z';
  const whole: Record<string, unknown> = { ...(await read('campaigns', tree.campaign)), end_time };
  expect(firstIn(await snap.put(`${ACCOUNT}/campaigns`, { campaigns: [whole] }), 'campaigns', 'campaign')['end_time']).toBe(end_time);
  const { end_time: _gone, objective_v2_properties: _kept, ...less } = whole;
  const answer = await snap.put(`${ACCOUNT}/campaigns`, { campaigns: [{ ...less, name: 'Renamed' }] });
  const changed = firstIn(answer, 'campaigns', 'campaign');
  expect(changed).toMatchObject({ name: 'Renamed', objective_v2_properties: { objective_v2_type: 'TRAFFIC' } });
  expect(changed).not.toHaveProperty('end_time');
});

test('a PUT of an id and a status alone misses what is required, and changes nothing', async () => {
  const answer = await snap.put(`${ACCOUNT}/campaigns`, { campaigns: [{ id: tree.campaign, status: 'ACTIVE' }] });
  expect(itemsIn(answer, 'campaigns')[0]?.sub_request_error_reason).toContain('E2001');
  expect((await read('campaigns', tree.campaign))['status']).toBe('PAUSED');
});

test('a PUT tells per item: what cannot change, what is elsewhere, and what passed', async () => {
  const whole = await read('campaigns', tree.campaign);
  const items = [
    { ...whole, objective_v2_properties: { objective_v2_type: 'SALES' } },
    { ...whole, id: DEMO_IDS.pixel },
    { ...whole, status: 'ACTIVE' },
  ];
  const answer = await snap.put(`${ACCOUNT}/campaigns`, { campaigns: items });
  const codes = itemsIn(answer, 'campaigns').map((item) => /E\d+/.exec(item.sub_request_error_reason ?? '')?.[0] ?? 'done');
  expect(codes).toEqual(['E2023', 'E3003', 'done']);
  const second = `adaccounts/${DEMO_IDS.secondAccount}/campaigns`;
  const away = await snap.put(second, { campaigns: [{ ...whole, ad_account_id: DEMO_IDS.secondAccount }] });
  expect(itemsIn(away, 'campaigns')[0]?.sub_request_error_reason).toContain('E3003');
});

test('a PATCH changes what it names; both paths do', async () => {
  const rename = (value: string) => [{ op: 'replace', path: '/name', value }];
  expect(firstIn(await snap.patch(`ads/${tree.ad}`, rename('One')), 'ads', 'ad')['name']).toBe('One');
  expect(firstIn(await snap.patch(`adsquads/${tree.adsquad}/ads/${tree.ad}`, rename('Two')), 'ads', 'ad')['name']).toBe('Two');
  const elsewhere = `campaigns/${tree.campaign}/ads/${tree.ad}`;
  for (const path of [elsewhere, `${ACCOUNT}/creatives/${tree.ad}`]) expect((await snap.patch(path, rename('x'))).status).toBe(404);
  const below = `campaigns/${tree.campaign}/adsquads/${tree.adsquad}`;
  expect(firstIn(await snap.patch(below, rename('Squad two')), 'adsquads', 'adsquad')['name']).toBe('Squad two');
  const foreign = `campaigns/${DEMO_IDS.campaign}/adsquads/${tree.adsquad}`;
  expect((await snap.patch(foreign, rename('x'))).status).toBe(404);
  const patch = [
    { op: 'test', path: '/status', value: 'PAUSED' },
    { op: 'add', path: '/targeting/geos/-', value: { country_code: 'be' } },
    { op: 'copy', from: '/targeting/geos/0', path: '/targeting/geos/1' },
    { op: 'remove', path: '/targeting/geos/0' },
    { op: 'move', from: '/name', path: '/name' },
  ];
  const squad = firstIn(await snap.patch(`adsquads/${tree.adsquad}`, patch), 'adsquads', 'adsquad');
  expect(squad['targeting']).toEqual({ geos: [{ country_code: 'fr' }, { country_code: 'be' }] });
});

test.each([
  ['no list', { op: 'replace' }, 'E1165'],
  ['an empty list', [], 'E1165'],
  ['an unknown operation', [{ op: 'set', path: '/name', value: 'x' }], 'E1165'],
  ['no value', [{ op: 'add', path: '/name' }], 'E1165'],
  ['no slash', [{ op: 'remove', path: 'name' }], 'E1165'],
  ['a place that is not there', [{ op: 'replace', path: '/nothing/here', value: 1 }], 'E1166'],
  ['nothing to remove', [{ op: 'remove', path: '/end_time' }], 'E1166'],
  ['a test that fails', [{ op: 'test', path: '/status', value: 'ACTIVE' }], 'E1166'],
  ['the whole object', [{ op: 'remove', path: '' }], 'E1166'],
  ['what cannot change', [{ op: 'replace', path: '/buy_model', value: 'RESERVED' }], 'E2023'],
  ['the id', [{ op: 'replace', path: '/id', value: 'x' }], 'E2023'],
  ['a wrong value', [{ op: 'replace', path: '/status', value: 'ON' }], 'E2002'],
  ['a required field taken away', [{ op: 'remove', path: '/start_time' }], 'E2001'],
])('a patch with %s changes nothing', async (_what, patch, code) => {
  const before = await read('campaigns', tree.campaign);
  const answer = await snap.patch(`campaigns/${tree.campaign}`, patch);
  expect([answer.status, answer.body.error_code]).toEqual([400, code]);
  expect(await read('campaigns', tree.campaign)).toEqual(before);
});

test('a patch needs its own content type', async () => {
  const answer = await snap.call('PATCH', `campaigns/${tree.campaign}`, [{ op: 'replace', path: '/name', value: 'x' }]);
  expect(answer.body.error_code).toBe('E1001');
});

test('spending needs all three levels on, and a paused campaign shows in its children', async () => {
  expect(canSpend()).toEqual([]);
  await turnOn();
  expect(canSpend()).toEqual(['campaign', 'ad_set', 'ad']);
  snap.pass(60_000);
  expect((await read('ads', tree.ad))['delivery_status']).toEqual(['INVALID_NOT_EFFECTIVE_ACTIVE']); // begins in December
  await snap.patch(`campaigns/${tree.campaign}`, [{ op: 'replace', path: '/start_time', value: '2026-11-20T00:00:00Z' }]);
  expect((await read('ads', tree.ad))['delivery_status']).toEqual(['VALID']);
  await snap.patch(`campaigns/${tree.campaign}`, [{ op: 'replace', path: '/status', value: 'PAUSED' }]);
  expect(canSpend()).toEqual([]);
  expect((await read('ads', tree.ad))['delivery_status']).toEqual(['INVALID_NOT_EFFECTIVE_ACTIVE']);
});

test('ads wait for a reviewer, who may refuse them with reasons; another creative begins the review anew', async () => {
  snap.pass(60_000);
  expect((await read('ads', tree.ad))['review_status']).toBe('APPROVED');
  snap.sandbox.snapchat.review(tree.ad, 'REJECTED', ['Silent video']);
  expect(await read('ads', tree.ad)).toMatchObject({ review_status: 'REJECTED', review_status_reasons: ['Silent video'] });
  const whole = await read('creatives', tree.creative);
  await snap.put(`${ACCOUNT}/creatives`, { creatives: [{ ...whole, headline: 'Another' }] });
  expect((await read('creatives', tree.creative))['review_status']).toBe('PENDING_REVIEW');
});

test('what is deleted is gone for reads and lists, unless asked for, and its children say so', async () => {
  await turnOn();
  expect((await snap.del(`campaigns/${tree.campaign}`)).body.request_status).toBe('SUCCESS');
  expect((await snap.get(`campaigns/${tree.campaign}`)).body.error_code).toBe('E3003');
  expect((await snap.del(`campaigns/${tree.campaign}`)).status).toBe(404);
  expect(shownIn(await snap.get(`${ACCOUNT}/campaigns`), 'campaigns', 'campaign')).toEqual([]);
  const kept = shownIn(await snap.get(`${ACCOUNT}/campaigns?read_deleted_entities=true`), 'campaigns', 'campaign');
  expect(kept).toMatchObject([{ id: tree.campaign, deleted: true }]);
  expect((await read('ads', tree.ad))['delivery_status']).toEqual(['INVALID_EFFECTIVE_DELETED']);
  expect(canSpend()).toEqual([]);
  const added = await snap.post(`campaigns/${tree.campaign}/adsquads`, { adsquads: [{}] });
  expect(added.status).toBe(404);
  for (const path of [`creatives/${tree.creative}`, `media/${tree.media}`]) expect((await snap.del(path)).status).toBe(404);
});

test('a status that the platform ignores is told, or not, by the plan', async () => {
  const on = [{ op: 'replace', path: '/status', value: 'ACTIVE' }];
  snap.sandbox.setFaults({ ...noFaults(1), statusIgnored: { p: 1, silent: false } });
  expect((await snap.patch(`campaigns/${tree.campaign}`, on)).status).toBe(400);
  snap.sandbox.setFaults({ ...noFaults(1), statusIgnored: { p: 1, silent: true } });
  expect((await snap.patch(`campaigns/${tree.campaign}`, on)).status).toBe(200);
  expect((await read('campaigns', tree.campaign))['status']).toBe('PAUSED');
});

test('what a person changes or deletes in the native manager is seen at once', async () => {
  snap.sandbox.snapchat.edit(tree.adsquad, { daily_budget_micro: 90_000_000, bid_micro: null });
  const squad = await read('adsquads', tree.adsquad);
  expect(squad['daily_budget_micro']).toBe(90_000_000);
  expect(squad['updated_at']).not.toBe(squad['created_at']);
  snap.sandbox.snapchat.remove(tree.ad);
  expect((await snap.get(`ads/${tree.ad}`)).status).toBe(404);
});

test('a campaign made with the older objective is translated', async () => {
  const { objective_v2_properties: _new, ...plain } = CAMPAIGN;
  const campaigns = [plain, { ...plain, objective: 'LEAD_GENERATION' }];
  const made = shownIn(await snap.post(`${ACCOUNT}/campaigns`, { campaigns }), 'campaigns', 'campaign');
  expect(made.map((one) => [one['objective'], one['objective_v2_properties']])).toEqual([
    ['BRAND_AWARENESS', { objective_v2_type: 'AWARENESS_AND_ENGAGEMENT' }],
    ['LEAD_GENERATION', { objective_v2_type: 'LEADS' }],
  ]);
});
