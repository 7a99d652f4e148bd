import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TiktokCall } from './call.ts';
import { DEMO_ADVERTISERS, DEMO_ASSETS } from './index.ts';
import { HANDLERS } from './routes.ts';
import { checkAnswer, checkRequest, loadTiktokSpec, type TiktokSpec } from './spec-check.ts';
import { ADVERTISER, makeSmartTree, makeTree, openTiktok, type ApiClient } from './testing/api-client.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

let api: ApiClient;
beforeAll(() => {
  api = openTiktok({ demo: true });
  api.sandbox.tiktok.settings.taskMs = 0;
});
afterAll(() => api.sandbox.close());

function specOf(): TiktokSpec {
  const spec = loadTiktokSpec();
  if (spec === null) throw new Error('the spec is not there');
  return spec;
}

const call = (method: string, path: string, params: Record<string, unknown>): TiktokCall => ({
  method,
  path,
  params,
  version: 'v1.3',
  files: new Map(),
  token: null,
  requestId: '',
});

test('every imitated path is one the platform describes', (context) => {
  skipWithoutSpec(context);
  const unknown = Object.keys(HANDLERS).flatMap((key) => {
    const [method = '', path = ''] = key.split(' ');
    return checkRequest(specOf(), call(method, path, {}));
  });
  expect(unknown).toEqual([]);
});

test('an unknown field, a wrong type and a value outside its enum are found', (context) => {
  skipWithoutSpec(context);
  const body = { advertiser_id: '1', campaign_name: 7, objective_type: 'LEAD', nonsense: true, request_id: '1' };
  expect(checkRequest(specOf(), call('POST', 'smart_plus/campaign/create/', body))).toEqual([
    'campaign_name must be a string',
    'nonsense is not a field',
    'body.objective_type = LEAD is not in its enum',
  ]);
  expect(checkRequest(specOf(), call('GET', 'ad/get/', { advertiser_id: '1', filtering: { name: 'x' } }))).toEqual([
    'filtering.name is not a field',
  ]);
});

test('an answer with an unknown key or a wrong type is found', (context) => {
  skipWithoutSpec(context);
  const get = { method: 'GET', path: 'smart_plus/ad/get/' };
  expect(checkAnswer(specOf(), get, { list: [{ smart_plus_ad_id: '1', ad_id: '2' }], page_info: { page: 1 } })).toEqual([
    'data.list.ad_id is not answered',
  ]);
  expect(checkAnswer(specOf(), { method: 'GET', path: 'ad/get/' }, { list: [{ ad_id: 7 }], page_info: {} })).toEqual([
    'data.list.ad_id must be a string',
  ]);
});

test('a walk over the whole surface breaks no description', async (context) => {
  skipWithoutSpec(context);
  const { sandbox } = api;
  const manual = await makeTree(api);
  const smart = await makeSmartTree(api);
  await api.post('campaign/update/', { campaign_id: manual.campaign, campaign_name: 'Renamed' });
  await api.post('adgroup/update/', { adgroup_id: manual.adgroup, budget: 31 });
  await api.post('adgroup/budget/update/', { budget: [{ adgroup_id: manual.adgroup, budget: 32 }] });
  await api.post('ad/update/', { adgroup_id: manual.adgroup, patch_update: true, creatives: [{ ad_id: manual.ad, ad_name: 'Renamed' }] });
  await api.post('smart_plus/ad/update/', { smart_plus_ad_id: smart.ad, ad_name: 'Renamed' });
  await api.post('smart_plus/adgroup/update/', { adgroup_id: smart.adgroup, adgroup_name: 'Renamed' });
  for (const [path, list, id] of [
    ['campaign', 'campaign_ids', manual.campaign],
    ['adgroup', 'adgroup_ids', manual.adgroup],
    ['ad', 'ad_ids', manual.ad],
    ['smart_plus/campaign', 'campaign_ids', smart.campaign],
    ['smart_plus/adgroup', 'adgroup_ids', smart.adgroup],
    ['smart_plus/ad', 'smart_plus_ad_ids', smart.ad],
  ] as const) {
    expect((await api.post(`${path}/status/update/`, { [list]: [id], operation_status: 'DISABLE' })).code).toBe(0);
    expect((await api.list(`${path}/get/`)).length).toBeGreaterThan(1);
  }
  const lead = sandbox.tiktok.addLead({ formId: DEMO_ASSETS.form, fields: { email: 'lead-1@example.com' } });
  const report = {
    report_type: 'BASIC',
    data_level: 'AUCTION_AD',
    dimensions: ['ad_id', 'stat_time_day'],
    metrics: ['spend', 'campaign_name'],
  };
  const reads: [string, Record<string, unknown>][] = [
    ['oauth2/advertiser/get/', { app_id: '7400000000000000001', secret: 'sandbox-tiktok-secret' }],
    ['advertiser/info/', { advertiser_ids: Object.values(DEMO_ADVERTISERS) }],
    ['bc/get/', {}],
    ['bc/asset/get/', { bc_id: DEMO_ASSETS.business, asset_type: 'ADVERTISER' }],
    ['identity/get/', {}],
    ['identity/video/info/', { identity_type: 'TT_USER', identity_id: DEMO_ASSETS.tiktokIdentity, item_id: DEMO_ASSETS.post }],
    ['pixel/list/', {}],
    ['dmp/custom_audience/list/', {}],
    ['dmp/custom_audience/get/', { custom_audience_ids: [DEMO_ASSETS.audience] }],
    ['page/get/', {}],
    ['page/field/get/', { page_id: DEMO_ASSETS.form }],
    ['lead/get/', { page_id: DEMO_ASSETS.form, lead_id: lead }],
    ['file/image/ad/info/', { image_ids: [DEMO_ASSETS.image] }],
    ['file/image/ad/search/', {}],
    ['file/video/ad/info/', { video_ids: [DEMO_ASSETS.video] }],
    ['file/video/ad/search/', {}],
    ['file/video/suggestcover/', { video_id: DEMO_ASSETS.video }],
    ['adgroup/quota/', {}],
    ['tool/region/', { placements: ['PLACEMENT_TIKTOK'], objective_type: 'TRAFFIC' }],
    ['report/integrated/get/', { ...report, start_date: '2026-11-01', end_date: '2026-11-20', enable_total_metrics: true }],
  ];
  for (const [path, params] of reads) expect([path, (await api.get(path, params)).code]).toEqual([path, 0]);
  const task = await api.post('report/task/create/', { ...report, start_date: '2026-11-01', end_date: '2026-11-20' });
  for (const path of ['report/task/check/', 'report/task/download/']) {
    expect((await api.get(path, { advertiser_id: ADVERTISER, task_id: task.data['task_id'] })).code).toBe(0);
  }
  const log = await api.post('changelog/task/create/', { start_time: '2020-01-01 00:00:00', end_time: '2040-01-01 00:00:00' });
  expect((await api.get('changelog/task/download/', { task_id: log.data['task_id'] })).code).toBe(0);
  expect(sandbox.log.violations).toEqual([]);
});
