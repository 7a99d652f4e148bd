import { afterEach, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { DEMO_ADVERTISERS, DEMO_ASSETS, TIKTOK_APP } from './index.ts';
import { CAMPAIGN, makeTree, openTiktok, requestIdOf, type ApiClient } from './testing/api-client.ts';

let api: ApiClient;
afterEach(() => api.sandbox.close());

test('a page has 10 rows unless asked otherwise, newest first, and ends with its number of pages', async () => {
  api = openTiktok();
  for (let n = 0; n < 23; n += 1) await api.post('campaign/create/', { ...CAMPAIGN, campaign_name: `c${n}` });
  const first = await api.get('campaign/get/');
  expect(first.data['page_info']).toEqual({ page: 1, page_size: 10, total_number: 23, total_page: 3 });
  expect((first.data['list'] as { campaign_name: string }[]).map((one) => one.campaign_name).slice(0, 2)).toEqual(['c22', 'c21']);
  expect((await api.get('campaign/get/', { page: '3' })).data['list']).toHaveLength(3);
  expect((await api.get('campaign/get/', { page: '4' })).data['list']).toEqual([]);
  for (const wrong of [{ page: '0' }, { page_size: '1001' }, { page_size: 'ten' }])
    expect((await api.get('campaign/get/', wrong)).code).toBe(40002);
});

test('fields narrow a row; filters find by name, parent, time and status; an unknown filter is refused', async () => {
  api = openTiktok({ demo: true });
  const { campaign, adgroup, ad } = await makeTree(api, 'found');
  expect((await api.get('campaign/get/', { fields: ['campaign_name'], filtering: { campaign_ids: [campaign] } })).data['list']).toEqual([
    { campaign_id: campaign, campaign_name: 'C found' },
  ]);
  expect(await api.list('campaign/get/', { campaign_name: 'C found' })).toHaveLength(1);
  expect(await api.list('campaign/get/', { campaign_name: 'found' })).toHaveLength(0);
  api.sandbox.tiktok.settings.nameFilter = 'contains';
  expect(await api.list('campaign/get/', { campaign_name: 'found' })).toHaveLength(1);
  expect(await api.list('ad/get/', { adgroup_ids: [adgroup], ad_name: 'A found' })).toHaveLength(1);
  expect(await api.list('ad/get/', { campaign_ids: [campaign], primary_status: 'STATUS_DISABLE' })).toHaveLength(1);
  expect(await api.list('ad/get/', { objective_type: 'TRAFFIC' })).toMatchObject([{ ad_id: ad }]);
  const { createdTime } = api.sandbox.tiktok.objects().find((one) => one.id === campaign) ?? { createdTime: '' };
  const second = createdTime.slice(0, 19).replace('T', ' ');
  expect(await api.list('campaign/get/', { creation_filter_start_time: second })).toHaveLength(1);
  expect(await api.list('campaign/get/', { creation_filter_start_time: second, campaign_name: 'x' })).toHaveLength(0);
  expect((await api.get('campaign/get/', { filtering: { name: 'x' } })).code).toBe(40002);
  expect((await api.get('campaign/get/', { filtering: { campaign_ids: Array.from({ length: 101 }, String) } })).code).toBe(40011);
});

test('what was just made is missing in lists and name filters, not in a filter by its id', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  api = openTiktok({ faults: { ...noFaults(1), searchLagMs: 5000 }, now: () => now });
  const { campaign, ad } = await makeTree(api, 'lag');
  expect(await api.list('campaign/get/', { campaign_name: 'C lag' })).toEqual([]);
  expect(await api.list('ad/get/')).toEqual([]);
  expect(await api.list('campaign/get/', { campaign_ids: [campaign] })).toHaveLength(1);
  expect(await api.list('ad/get/', { ad_ids: [ad] })).toHaveLength(1);
  now += 5000;
  expect(await api.list('campaign/get/', { campaign_name: 'C lag' })).toHaveLength(1);
});

test('a request_id makes one object in ten seconds, a second one afterwards, and forgets refusals', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  api = openTiktok({ now: () => now });
  const create = (more: object = {}) => api.post('campaign/create/', { ...CAMPAIGN, request_id: requestIdOf('c'), ...more });
  expect((await create({ objective_type: 'x' })).code).toBe(40002);
  const first = await create();
  expect(first.code).toBe(0);
  now += 9000;
  expect((await create()).code).toBe(40050);
  api.sandbox.tiktok.settings.requestIdReplay = 'same';
  expect((await create()).data['campaign_id']).toBe(first.data['campaign_id']);
  expect((await create({ advertiser_id: DEMO_ADVERTISERS.dollars })).data['campaign_id']).not.toBe(first.data['campaign_id']);
  expect(api.sandbox.tiktok.countDuplicates()).toBe(0);
  now += 1000;
  expect((await create()).code).toBe(0);
  expect(api.sandbox.tiktok.countDuplicates()).toBe(1);
});

test('accounts: the token’s own, with currency, timezone and state', async () => {
  api = openTiktok();
  const app = { app_id: TIKTOK_APP.id, secret: TIKTOK_APP.secret };
  expect((await api.get('oauth2/advertiser/get/', app)).data['list']).toHaveLength(3);
  expect((await api.get('oauth2/advertiser/get/', { ...app, secret: 'no' })).code).toBe(40101);
  const info = await api.get('advertiser/info/', {
    advertiser_ids: Object.values(DEMO_ADVERTISERS),
    fields: ['currency', 'timezone', 'status'],
  });
  expect(info.data['list']).toEqual([
    { advertiser_id: DEMO_ADVERTISERS.euros, currency: 'EUR', timezone: 'Europe/Paris', status: 'STATUS_ENABLE' },
    { advertiser_id: DEMO_ADVERTISERS.dollars, currency: 'USD', timezone: 'America/New_York', status: 'STATUS_ENABLE' },
    { advertiser_id: DEMO_ADVERTISERS.disabled, currency: 'GBP', timezone: 'Europe/London', status: 'STATUS_DISABLE' },
  ]);
  const disabled = { advertiser_id: DEMO_ADVERTISERS.disabled };
  expect((await api.post('campaign/create/', { ...CAMPAIGN, ...disabled })).code).toBe(40001);
  expect((await api.get('campaign/get/', disabled)).code).toBe(0);
  await api.sandbox.handle(new Request(`http://127.0.0.1/_sandbox/tiktok/advertisers/${DEMO_ADVERTISERS.disabled}`, { method: 'DELETE' }));
  expect((await api.get('campaign/get/', disabled)).code).toBe(40300);
});

test('identities, posts, pixels, audiences, forms and business centers', async () => {
  api = openTiktok();
  const get = async (path: string, params: object, key = 'list') =>
    (await api.get(path, { ...params })).data[key] as Record<string, unknown>[];
  expect((await get('identity/get/', {}, 'identity_list')).map((one) => one['identity_type'])).toEqual([
    'CUSTOMIZED_USER',
    'TT_USER',
    'BC_AUTH_TT',
    'AUTH_CODE',
  ]);
  expect(await get('identity/get/', { identity_type: 'TT_USER' }, 'identity_list')).toMatchObject([
    { identity_id: DEMO_ASSETS.tiktokIdentity },
  ]);
  expect((await api.get('identity/get/', { identity_type: 'BC_AUTH_TT' })).code).toBe(40002);
  const speaker = { identity_type: 'TT_USER', identity_id: DEMO_ASSETS.tiktokIdentity };
  expect((await api.get('identity/video/info/', { ...speaker, item_id: DEMO_ASSETS.post })).data['video_detail']).toMatchObject({
    text: 'How we roast',
  });
  expect((await api.get('identity/video/info/', { ...speaker, item_id: DEMO_ASSETS.sharedPost })).code).toBe(40002);
  expect(await get('identity/video/get/', speaker, 'video_list')).toHaveLength(1);
  expect(await get('pixel/list/', {}, 'pixels')).toMatchObject([{ pixel_id: DEMO_ASSETS.pixel }]);
  expect((await api.get('pixel/list/', { page_size: 21 })).code).toBe(40002);
  expect((await get('dmp/custom_audience/list/', {})).map((one) => one['is_valid'])).toEqual([true, true, false]);
  expect((await get('page/get/', {})).map((one) => one['status'])).toEqual(['PUBLISHED', 'DRAFT']);
  expect((await api.get('page/field/get/', { page_id: DEMO_ASSETS.form })).data['fields']).toEqual(['email', 'name', 'phone_number']);
  expect(await get('bc/get/', {})).toMatchObject([{ bc_info: { bc_id: DEMO_ASSETS.business } }]);
  expect(await get('bc/asset/get/', { bc_id: DEMO_ASSETS.business, asset_type: 'TT_ACCOUNT' })).toMatchObject([
    { asset_id: DEMO_ASSETS.businessIdentity },
  ]);
  expect((await get('tool/region/', {}, 'region_info')).length).toBeGreaterThan(3);
});
