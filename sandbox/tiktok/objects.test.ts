import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_ADVERTISERS, DEMO_ASSETS } from './index.ts';
import {
  AD,
  ADGROUP,
  ADVERTISER,
  CAMPAIGN,
  makeSmartTree,
  makeTree,
  openTiktok,
  requestIdOf,
  SMART_AD,
  SMART_ADGROUP,
  SMART_CAMPAIGN,
  START,
  type ApiClient,
} from './testing/api-client.ts';

let api: ApiClient;
beforeEach(() => {
  api = openTiktok();
});
afterEach(() => api.sandbox.close());

const once = (name: string): { request_id: string } => ({ request_id: requestIdOf(name) });
const campaign = async (more: object = {}): Promise<string> =>
  String((await api.post('campaign/create/', { ...CAMPAIGN, ...more })).data['campaign_id']);
const truth = (id: string) => api.sandbox.tiktok.objects().find((object) => object.id === id);

describe('the envelope', () => {
  test('every answer is a 200 with code, message, a request_id of its own and data', async () => {
    const good = await api.get('campaign/get/');
    const bad = await api.post('campaign/create/', {});
    expect([good.status, good.code, good.message]).toEqual([200, 0, 'OK']);
    expect([bad.status, bad.code, bad.data]).toEqual([200, 40002, {}]);
    expect(good.request_id).toMatch(/^\d{14}[0-9A-F]{18}$/);
    expect(good.request_id).not.toBe(bad.request_id);
  });

  test('the slash is part of the path, a wrong method is 405, and another version is refused in the body', async () => {
    const send = async (path: string, method = 'GET') =>
      api.sandbox.handle(
        new Request(`https://business-api.tiktok.com/open_api/${path}`, { method, headers: { 'access-token': api.token } }),
      );
    expect((await send('v1.3/campaign/get'))?.status).toBe(404);
    expect((await send('v1.3/nowhere/get/'))?.status).toBe(404);
    expect((await send('v1.3/campaign/get/', 'POST'))?.status).toBe(405);
    expect(await (await send('v1.2/campaign/get/'))?.json()).toMatchObject({ code: 40051, data: {} });
    expect((await api.post('campaign/spc/create/', {})).code).toBe(40008);
  });

  test('bodies and query values that are not JSON get the platform’s own words', async () => {
    const headers = { 'access-token': api.token, 'content-type': 'application/json' };
    const at = 'https://business-api.tiktok.com/open_api/v1.3/';
    const broken = await api.sandbox.handle(new Request(`${at}campaign/create/`, { method: 'POST', headers, body: '{' }));
    expect([broken?.status, await broken?.json()]).toEqual([200, expect.objectContaining({ code: 40002 })]);
    const plain = await api.sandbox.handle(
      new Request(`${at}campaign/get/?advertiser_id=${ADVERTISER}&filtering=campaign_ids`, { headers }),
    );
    expect(await plain?.json()).toMatchObject({ code: 40002 });
  });
});

describe('manual objects', () => {
  test('a tree: the campaign is on whatever was asked, everything below is off, nothing can spend', async () => {
    const id = await campaign({ operation_status: 'DISABLE' });
    expect((await api.list('campaign/get/', { campaign_ids: [id] }))[0]).toMatchObject({
      operation_status: 'ENABLE',
      secondary_status: 'CAMPAIGN_STATUS_ENABLE',
    });
    const off = await api.post('campaign/status/update/', { campaign_ids: [id], operation_status: 'DISABLE' });
    expect(off.data).toMatchObject({ campaign_ids: [id], status: 'DISABLE' });
    const adgroup = await api.post('adgroup/create/', { ...ADGROUP, campaign_id: id });
    expect(adgroup.data).toMatchObject({
      campaign_id: id,
      operation_status: 'DISABLE',
      budget: 30,
      secondary_status: 'ADGROUP_STATUS_CAMPAIGN_DISABLE',
    });
    const made = await api.post('ad/create/', {
      adgroup_id: adgroup.data['adgroup_id'],
      creatives: [AD, { ...AD, ad_name: 'Ad 2', ad_format: 'SINGLE_IMAGE', image_ids: [DEMO_ASSETS.image], video_id: undefined }],
    });
    expect(made.data['ad_ids']).toHaveLength(2);
    expect(made.data['creatives']).toMatchObject([
      { ad_name: 'Ad 1', campaign_id: id, secondary_status: 'AD_STATUS_CAMPAIGN_DISABLE' },
      { ad_name: 'Ad 2', operation_status: 'DISABLE' },
    ]);
    expect(api.sandbox.tiktok.objects().filter((one) => one.canSpend)).toEqual([]);
    expect(truth(String((made.data['ad_ids'] as string[])[0]))?.parentIds).toEqual([id, adgroup.data['adgroup_id']]);
  });

  test('without a status everything is on: this is how money is lost', async () => {
    const id = await campaign();
    const { operation_status: _off, ...adgroup } = ADGROUP;
    const made = await api.post('adgroup/create/', { ...adgroup, campaign_id: id, schedule_start_time: '2026-01-01 00:00:00' });
    const { operation_status: _also, ...ad } = AD;
    const ads = await api.post('ad/create/', { adgroup_id: made.data['adgroup_id'], creatives: [ad] });
    api.sandbox.tiktok.settings.reviewMs = 0;
    expect(truth(String((ads.data['ad_ids'] as string[])[0]))).toMatchObject({
      status: 'ENABLE',
      secondaryStatus: 'AD_STATUS_DELIVERY_OK',
      canSpend: true,
    });
  });

  test('an allowlisted app may create a campaign switched off', async () => {
    api.sandbox.tiktok.settings.campaignStatusAllowlisted = true;
    expect(truth(await campaign({ operation_status: 'DISABLE' }))?.status).toBe('DISABLE');
  });

  test.each([
    ['no name', { campaign_name: '' }],
    ['an emoji in the name', { campaign_name: 'Launch 🚀' }],
    ['an old objective', { objective_type: 'CONVERSIONS' }],
    ['an unknown objective', { objective_type: 'LEADS' }],
    ['a budget without a sum', { budget_mode: 'BUDGET_MODE_DAY' }],
    ['a budget below the least', { budget_mode: 'BUDGET_MODE_DAY', budget: 1 }],
    ['optimization without a budget', { budget_optimize_on: true }],
    ['a request_id that is no number', { request_id: 'abc' }],
    ['a request_id beyond 64 bits', { request_id: '9'.repeat(20) }],
  ])('a campaign with %s is refused', async (_what, wrong) => {
    const answer = await api.post('campaign/create/', { ...CAMPAIGN, ...wrong });
    expect([answer.status, answer.code, answer.data]).toEqual([200, 40002, {}]);
  });

  test.each([
    ['an unknown campaign', { campaign_id: '1' }],
    ['no place', { location_ids: [] }],
    ['no placement', { placements: undefined }],
    ['a goal of another objective', { optimization_goal: 'LEAD_GENERATION', billing_event: 'OCPM' }],
    ['the wrong billing', { billing_event: 'OCPM' }],
    ['no pacing', { pacing: undefined }],
    ['no start', { schedule_start_time: undefined }],
    ['a time in another shape', { schedule_start_time: '2027-06-01T08:00:00Z' }],
    ['an end before its start', { schedule_type: 'SCHEDULE_START_END', schedule_end_time: '2027-05-01 00:00:00' }],
    ['a total budget without an end', { budget_mode: 'BUDGET_MODE_TOTAL', budget: 500 }],
    ['an audience that cannot be used', { audience_ids: ['7330000000000000003'] }],
    ['an own bid without its sum', { bid_type: 'BID_TYPE_CUSTOM' }],
    ['a number where a list belongs', { languages: 7 }],
    ['a word where a flag belongs', { comment_disabled: 'perhaps' }],
    ['no budget of its own', { budget: 0, budget_mode: 'BUDGET_MODE_INFINITE' }],
  ])('an ad group with %s is refused', async (_what, wrong) => {
    const answer = await api.post('adgroup/create/', { ...ADGROUP, campaign_id: await campaign(), ...wrong });
    expect([answer.code, answer.data]).toEqual([40002, {}]);
  });

  test.each([
    ['an unknown video', { video_id: 'v1' }, 40053],
    ['an unknown identity', { identity_id: '1' }, 40002],
    ['an identity of another type', { identity_type: 'TT_USER' }, 40002],
    ['no text', { ad_text: '' }, 40002],
    ['a text that is too long', { ad_text: 'a'.repeat(101) }, 40002],
    ['no landing page', { landing_page_url: '' }, 40002],
    ['an address that is none', { landing_page_url: 'example.com' }, 40002],
    ['an unknown button', { call_to_action: 'PRESS' }, 40002],
    ['a form that is a draft', { page_id: DEMO_ASSETS.draftForm }, 40002],
    ['an unknown pixel', { tracking_pixel_id: 5 }, 40002],
  ])('an ad with %s is refused, and with it the whole call', async (_what, wrong, code) => {
    const { adgroup } = await makeTree(api);
    const answer = await api.post('ad/create/', {
      adgroup_id: adgroup,
      creatives: [
        { ...AD, ad_name: 'good' },
        { ...AD, ...wrong },
      ],
    });
    expect([answer.code, answer.data]).toEqual([code, {}]);
    expect(api.sandbox.tiktok.objects().some((one) => one.name === 'good')).toBe(false);
  });

  test('with a campaign budget ad groups have none, and refuse one', async () => {
    const id = await campaign({ budget_optimize_on: true, budget_mode: 'BUDGET_MODE_DAY', budget: 200 });
    expect((await api.post('adgroup/create/', { ...ADGROUP, campaign_id: id })).code).toBe(40002);
    const own = { budget: 0, budget_mode: 'BUDGET_MODE_INFINITE' };
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...own, campaign_id: id })).data).toMatchObject(own);
  });

  test('an ad group holds 50 ads, a call 20; deleted ones make room', async () => {
    const { adgroup, ad } = await makeTree(api);
    const many = (count: number) =>
      api.post('ad/create/', { adgroup_id: adgroup, creatives: Array.from({ length: count }, (_, n) => ({ ...AD, ad_name: `n${n}` })) });
    expect((await many(21)).code).toBe(40002);
    expect([(await many(20)).code, (await many(20)).code, (await many(9)).code]).toEqual([0, 0, 0]);
    expect((await many(1)).code).toBe(40002);
    await api.post('ad/status/update/', { ad_ids: [ad], operation_status: 'DELETE' });
    expect((await many(1)).code).toBe(0);
  });

  test('names are unique per account, except when a request_id is sent or the other one was deleted', async () => {
    const id = await campaign();
    expect((await api.post('campaign/create/', CAMPAIGN)).code).toBe(40002);
    expect((await api.post('campaign/create/', { ...CAMPAIGN, ...once('x') })).code).toBe(0);
    expect((await api.post('campaign/create/', { ...CAMPAIGN, advertiser_id: DEMO_ADVERTISERS.dollars })).code).toBe(0);
    expect(api.sandbox.tiktok.countDuplicates()).toBe(1);
    const [second] = await api.list('campaign/get/', { campaign_name: CAMPAIGN.campaign_name });
    await api.post('campaign/status/update/', { campaign_ids: [id, String(second?.['campaign_id'])], operation_status: 'DELETE' });
    expect((await api.post('campaign/create/', CAMPAIGN)).code).toBe(0);
  });

  test('a lead ad group opens a published form; numbers beyond 2^53 are only understood as digits', async () => {
    const id = await campaign({ objective_type: 'LEAD_GENERATION' });
    const lead = { promotion_type: 'LEAD_GENERATION', optimization_goal: 'LEAD_GENERATION', billing_event: 'OCPM' };
    const adgroup = String((await api.post('adgroup/create/', { ...ADGROUP, ...lead, campaign_id: id })).data['adgroup_id']);
    const send = async (page: string) => {
      const body = JSON.stringify({
        advertiser_id: ADVERTISER,
        adgroup_id: adgroup,
        creatives: [{ ...AD, landing_page_url: undefined, page_id: 'PAGE' }],
      });
      const answer = await api.sandbox.handle(
        new Request('https://business-api.tiktok.com/open_api/v1.3/ad/create/', {
          method: 'POST',
          headers: { 'access-token': api.token, 'content-type': 'application/json' },
          body: body.replace('"PAGE"', page),
        }),
      );
      if (answer === null) throw new Error('cut');
      return ((await answer.json()) as { code: number }).code;
    };
    expect(await send(DEMO_ASSETS.form)).toBe(0);
    expect(await send(String(Number(DEMO_ASSETS.form)))).toBe(40002); // rounded
  });

  test('a goal that counts events needs its pixel', async () => {
    const id = await campaign({ objective_type: 'WEB_CONVERSIONS' });
    const goal = { optimization_goal: 'CONVERT', billing_event: 'OCPM', campaign_id: id };
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...goal, optimization_event: 'ON_WEB_ORDER' })).code).toBe(40002);
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...goal, pixel_id: DEMO_ASSETS.pixel })).code).toBe(40002);
    const pixel = { pixel_id: DEMO_ASSETS.pixel, optimization_event: 'ON_WEB_ORDER' };
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...goal, ...pixel })).code).toBe(0);
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...goal, ...pixel, pixel_id: DEMO_ASSETS.dollarsPixel })).code).toBe(40002);
  });

  test('a Spark ad keeps the caption of its post', async () => {
    const { adgroup } = await makeTree(api);
    const spark = { ...AD, identity_type: 'TT_USER', identity_id: DEMO_ASSETS.tiktokIdentity, tiktok_item_id: DEMO_ASSETS.post };
    const made = await api.post('ad/create/', { adgroup_id: adgroup, creatives: [spark] });
    expect((made.data['creatives'] as object[])[0]).toMatchObject({ ad_text: 'How we roast', tiktok_item_id: DEMO_ASSETS.post });
    const foreign = { ...spark, tiktok_item_id: DEMO_ASSETS.sharedPost };
    expect((await api.post('ad/create/', { adgroup_id: adgroup, creatives: [foreign] })).code).toBe(40002);
    const business = { ...AD, identity_type: 'BC_AUTH_TT', identity_id: DEMO_ASSETS.businessIdentity };
    expect((await api.post('ad/create/', { adgroup_id: adgroup, creatives: [business] })).code).toBe(40002);
  });

  test('from the end of manual creation on, four objectives are refused and the others pass', async () => {
    api.sandbox.tiktok.settings.manualEndsAt = 0;
    expect((await api.post('campaign/create/', { ...CAMPAIGN, objective_type: 'LEAD_GENERATION' })).code).toBe(40002);
    expect((await api.post('campaign/create/', CAMPAIGN)).code).toBe(0);
  });
});

describe('Smart+ objects', () => {
  test('a tree of its own, with an ad id that is no ad id', async () => {
    const { campaign: id, adgroup, ad } = await makeSmartTree(api);
    expect(await api.list('campaign/get/')).toEqual([]);
    expect((await api.list('smart_plus/campaign/get/'))[0]).toMatchObject({ campaign_id: id, operation_status: 'ENABLE', budget: 80 });
    const [shown] = await api.list('smart_plus/ad/get/', { adgroup_ids: [adgroup] });
    expect(shown).toMatchObject({ smart_plus_ad_id: ad, ad_name: 'A smart', operation_status: 'DISABLE' });
    expect(shown?.['ad_id']).toBeUndefined();
    expect((await api.post('ad/status/update/', { ad_ids: [ad], operation_status: 'DISABLE' })).code).toBe(40002);
  });

  test('request_id is obligatory, and ads know no filter by name', async () => {
    expect((await api.post('smart_plus/campaign/create/', SMART_CAMPAIGN)).code).toBe(40002);
    const { campaign: id } = await makeSmartTree(api);
    expect((await api.post('smart_plus/adgroup/create/', { ...SMART_ADGROUP, campaign_id: id })).code).toBe(40002);
    expect((await api.get('smart_plus/ad/get/', { filtering: { ad_name: 'A smart' } })).code).toBe(40002);
    expect((await api.get('smart_plus/ad/get/', { page_size: 101 })).code).toBe(40002);
  });

  test('a manual campaign takes no Smart+ ad group, and the other way round', async () => {
    const { campaign: smart } = await makeSmartTree(api);
    const own = { budget: 0, budget_mode: 'BUDGET_MODE_INFINITE' };
    const manual = await campaign({
      objective_type: 'LEAD_GENERATION',
      budget_optimize_on: true,
      budget_mode: 'BUDGET_MODE_DAY',
      budget: 100,
    });
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...own, campaign_id: manual })).code).toBe(0);
    expect((await api.post('adgroup/create/', { ...ADGROUP, ...own, campaign_id: smart })).code).toBe(40002);
    expect((await api.post('smart_plus/adgroup/create/', { ...SMART_ADGROUP, ...once('y'), campaign_id: manual })).code).toBe(40002);
  });

  test.each([
    ['no creatives', { creative_list: [] }],
    ['32 creatives', { creative_list: Array.from({ length: 32 }, () => SMART_AD.creative_list[0]) }],
    ['6 texts', { ad_text_list: Array.from({ length: 6 }, () => ({ ad_text: 'x' })) }],
    ['4 buttons', { call_to_action_list: Array.from({ length: 4 }, () => ({ call_to_action: 'SIGN_UP' })) }],
    ['no form', { page_list: [] }],
    ['a creative without media', { creative_list: [{ creative_info: { ad_format: 'SINGLE_VIDEO' } }] }],
  ])('an ad with %s is refused', async (_what, wrong) => {
    const { adgroup } = await makeSmartTree(api);
    expect((await api.post('smart_plus/ad/create/', { ...SMART_AD, adgroup_id: adgroup, ...wrong })).code).toBe(40002);
  });

  test('a campaign holds 30 ad groups', async () => {
    const { campaign: id } = await makeSmartTree(api);
    const codes: number[] = [];
    for (let n = 0; n < 30; n += 1)
      codes.push((await api.post('smart_plus/adgroup/create/', { ...SMART_ADGROUP, ...once(`s${n}`), campaign_id: id })).code);
    expect([...new Set(codes.slice(0, 29)), codes[29]]).toEqual([0, 40002]);
  });

  test('an app that is not allowlisted is told so', async () => {
    api.sandbox.tiktok.settings.smartPlusAllowlisted = false;
    expect((await api.get('smart_plus/campaign/get/')).code).toBe(40118);
  });
});

describe('status', () => {
  test('parts of a list may fail: never for ads, when asked for ad groups, always for Smart+', async () => {
    const { adgroup, ad } = await makeTree(api);
    expect((await api.post('ad/status/update/', { ad_ids: [ad, '1'], operation_status: 'ENABLE' })).code).toBe(40002);
    expect(truth(ad)?.status).toBe('DISABLE');
    const asked = { adgroup_ids: [adgroup, '1'], operation_status: 'ENABLE' };
    expect((await api.post('adgroup/status/update/', asked)).code).toBe(40002);
    const partial = await api.post('adgroup/status/update/', { ...asked, allow_partial_success: true });
    expect([partial.code, partial.data]).toEqual([
      20001,
      { adgroup_ids: [adgroup], status: 'ENABLE', error_list: [{ adgroup_id: '1', error_message: expect.any(String) }] },
    ]);
    const smart = await makeSmartTree(api);
    const both = await api.post('smart_plus/campaign/status/update/', { campaign_ids: [smart.campaign, '1'], operation_status: 'DISABLE' });
    expect([both.code, both.data]).toMatchObject([
      20001,
      { campaign_list: [{ campaign_id: smart.campaign, status: 'DISABLE' }], error_list: [{ campaign_id: '1' }] },
    ]);
  });

  test('21 ids are too many; a status set twice is no mistake; nothing brings back what was deleted', async () => {
    const { ad, campaign: id } = await makeTree(api);
    const many = Array.from({ length: 21 }, () => ad);
    expect((await api.post('ad/status/update/', { ad_ids: many, operation_status: 'ENABLE' })).code).toBe(40011);
    for (let n = 0; n < 2; n += 1) expect((await api.post('ad/status/update/', { ad_ids: [ad], operation_status: 'ENABLE' })).code).toBe(0);
    await api.post('campaign/status/update/', { campaign_ids: [id], operation_status: 'DELETE' });
    expect(truth(ad)).toMatchObject({ status: 'ENABLE', secondaryStatus: 'AD_STATUS_CAMPAIGN_DELETE', canSpend: false });
    expect((await api.post('campaign/status/update/', { campaign_ids: [id], operation_status: 'ENABLE' })).code).toBe(40002);
    expect((await api.post('adgroup/create/', { ...ADGROUP, campaign_id: id })).code).toBe(40002);
    expect(await api.list('campaign/get/')).toEqual([]);
    expect(await api.list('campaign/get/', { primary_status: 'STATUS_DELETE' })).toHaveLength(1);
  });

  test('a start that lies ahead keeps an enabled tree from spending, but only until then', async () => {
    let now = Date.parse('2027-01-10T00:00:00Z');
    const later = openTiktok({ now: () => now });
    later.sandbox.tiktok.settings.reviewMs = 0;
    const { adgroup, ad } = await makeTree(later);
    await later.post('adgroup/status/update/', { adgroup_ids: [adgroup], operation_status: 'ENABLE' });
    await later.post('ad/status/update/', { ad_ids: [ad], operation_status: 'ENABLE' });
    const status = () => later.sandbox.tiktok.objects().find((one) => one.id === ad)?.secondaryStatus;
    expect(status()).toBe('AD_STATUS_NOT_START');
    now = Date.parse(`${START.replace(' ', 'T')}Z`);
    expect(status()).toBe('AD_STATUS_DELIVERY_OK');
    later.sandbox.close();
  });
});

describe('changes', () => {
  test('only what is named changes, and the change log tells our calls from people', async () => {
    api.sandbox.tiktok.settings.taskMs = 0;
    const { campaign: id, adgroup, ad } = await makeTree(api);
    expect((await api.post('adgroup/update/', { adgroup_id: adgroup, budget: 45, age_groups: ['AGE_18_24'] })).data).toMatchObject({
      budget: 45,
      location_ids: ADGROUP.location_ids,
    });
    expect(
      (await api.post('ad/update/', { adgroup_id: adgroup, patch_update: true, creatives: [{ ad_id: ad, ad_text: 'New words' }] })).code,
    ).toBe(0);
    expect((await api.post('ad/update/', { adgroup_id: adgroup, creatives: [{ ad_id: ad, ad_text: 'New words' }] })).code).toBe(40002); // not a patch
    expect((await api.post('campaign/update/', { campaign_id: id, budget: 100 })).code).toBe(40002); // has none
    await api.sandbox.handle(
      new Request(`http://127.0.0.1/_sandbox/tiktok/objects/${ad}`, { method: 'PUT', body: JSON.stringify({ ad_text: 'By a person' }) }),
    );
    const wish = { start_time: '2020-01-01 00:00:00', end_time: '2040-01-01 00:00:00', object_ids: [ad] };
    const task = await api.post('changelog/task/create/', wish);
    const { changelog } = (await api.get('changelog/task/download/', { task_id: task.data['task_id'] })).data as {
      changelog: { file_data: { logs: { source: string }[] } };
    };
    expect(changelog.file_data.logs.map((log) => log.source)).toEqual(['API', 'Ads Manager']);
  });

  test('single creatives of a Smart+ ad are switched and taken out, but never the last one', async () => {
    const { adgroup } = await makeSmartTree(api);
    const [creative] = SMART_AD.creative_list;
    const made = await api.post('smart_plus/ad/create/', { ...SMART_AD, adgroup_id: adgroup, creative_list: [creative, creative] });
    const [first, second] = (made.data['creative_list'] as { ad_material_id: string }[]).map((one) => one.ad_material_id);
    const change = (ad_material_ids: unknown[], operation_status: string) =>
      api.post('smart_plus/ad/material_status/update/', {
        smart_plus_ad_id: made.data['smart_plus_ad_id'],
        ad_material_ids,
        operation_status,
      });
    expect((await change([first], 'DISABLE')).code).toBe(0);
    expect((await change([second], 'DELETE')).code).toBe(0);
    expect((await change([second], 'ENABLE')).code).toBe(40002);
    expect((await change([first], 'DELETE')).code).toBe(40002);
    const [ad] = await api.list('smart_plus/ad/get/', { smart_plus_ad_ids: [made.data['smart_plus_ad_id']] });
    expect(ad?.['creative_list']).toMatchObject([{ ad_material_id: first, material_operation_status: 'DISABLE' }]);
  });
});
