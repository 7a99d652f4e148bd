import { expect, test } from 'vitest';
import type { AdSetSpec, AdSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import type { CreateRequest } from '../ad-platform.ts';
import { requestId } from './request-id.ts';
import { tiktokObjects } from './objects.ts';
import { toAsBuilt } from './to-as-built.ts';
import { toCreateParams } from './to-create-params.ts';

const TOKEN = '0123456789ABC';
const NOW = new Date('2026-11-20T10:00:00Z');
const base = {
  clientToken: TOKEN,
  account: { currency: 'EUR', timezone: 'Europe/Paris', advertiser: 'Northwind' },
};
const campaignSpec: CampaignSpec = {
  objective: 'TRAFFIC',
  specialAdCategories: [],
  dailyBudgetMinor: 8_000,
  bidStrategy: null,
  bidMinor: null,
  currency: 'EUR',
  political: false,
  startTime: null,
  optimizationGoal: 'CLICK',
  locale: null,
  countries: ['FR'],
};
const adSetSpec: AdSetSpec = {
  campaignPath: 'c1',
  dailyBudgetMinor: 2_050,
  bidStrategy: 'BID_TYPE_CUSTOM',
  bidMinor: 45,
  currency: 'EUR',
  objective: 'TRAFFIC',
  optimizationGoal: 'CLICK',
  billingEvent: 'CPC',
  conversionEvent: null,
  political: false,
  locale: null,
  keywords: [],
  startTime: '2026-12-01T09:00:00Z',
  countries: ['FR', 'BE'],
  ageMin: 25,
  ageMax: null,
  mediaKinds: ['video'],
  urlTags: '',
  enhancements: {},
  pageId: '7370000000000000001',
  leadFormId: null,
  pixelId: null,
};
const content: CreativeSpec = {
  pageId: '7370000000000000001',
  mediaPath: 'media:1',
  mediaKind: 'video',
  thumbnailPath: null,
  headline: '',
  primaryText: 'P',
  description: '',
  moreHeadlines: [],
  morePrimaryTexts: ['P2'],
  moreDescriptions: [],
  brandName: null,
  mediaRatio: '9x16',
  logoId: null,
  linkUrl: 'https://example.com',
  urlTags: 'utm_content=__CID__',
  callToAction: 'DOWNLOAD',
  objective: 'TRAFFIC',
  leadFormId: null,
  enhancements: {},
};
const sales = { objective: 'WEB_CONVERSIONS', optimizationGoal: 'CONVERT' };
const campaign: CreateRequest = { ...base, name: `C ·${TOKEN}`, kind: 'campaign', spec: campaignSpec, parents: {} };
const smartCampaign: CreateRequest = { ...campaign, spec: { ...campaignSpec, ...sales } };
const adSet: CreateRequest = { ...base, name: `S ·${TOKEN}`, kind: 'ad_set', spec: adSetSpec, parents: { campaign: '1' } };
const smartAdSet: CreateRequest = {
  ...adSet,
  spec: { ...adSetSpec, ...sales, pixelId: '7350000000000000001', dailyBudgetMinor: null, startTime: null },
};
const adOf = (change: Partial<CreativeSpec>): CreateRequest => ({
  ...base,
  name: `A ·${TOKEN}`,
  kind: 'ad',
  spec: { adSetPath: 'c1/s1', creativePath: null, leadFormId: null, creative: { ...content, ...change } } satisfies AdSpec,
  parents: { ad_set: '2', media: [{ externalId: 'v1', kind: 'video' }] },
});
const ad = adOf({});
const smartAd = adOf({ objective: 'WEB_CONVERSIONS' });
const formAd = adOf({ objective: 'LEAD_GENERATION', leadFormId: '7340000000000000001', pageId: 'BC_AUTH_TT:7370000000000000003@7390' });

test('everything is made switched off; amounts are decimals, ids digit text, places and ages the platform’s own', () => {
  expect(toCreateParams(campaign, NOW)).toEqual({
    campaign_name: `C ·${TOKEN}`,
    operation_status: 'DISABLE',
    objective_type: 'TRAFFIC',
    budget_optimize_on: true,
    budget_mode: 'BUDGET_MODE_DAY',
    budget: 80,
  });
  expect(toCreateParams(adSet, NOW)).toMatchObject({
    operation_status: 'DISABLE',
    campaign_id: '1',
    promotion_type: 'WEBSITE',
    billing_event: 'CPC',
    bid_type: 'BID_TYPE_CUSTOM',
    bid_price: 0.45,
    budget: 20.5,
    budget_mode: 'BUDGET_MODE_DAY',
    location_ids: ['3017382', '2802361'],
    age_groups: ['AGE_25_34', 'AGE_35_44', 'AGE_45_54', 'AGE_55_100'],
    schedule_start_time: '2026-12-01 09:00:00',
  });
  expect(toCreateParams(ad, NOW)).toMatchObject({
    operation_status: 'DISABLE',
    ad_format: 'SINGLE_VIDEO',
    video_id: 'v1',
    identity_type: 'CUSTOMIZED_USER',
    call_to_action: 'DOWNLOAD_NOW',
    landing_page_url: `https://example.com?utm_content=__CID__&inlay=${TOKEN}`,
  });
});

test('leads and sales are Smart+: a request id that stays the same, no widened audience, a form instead of a page', () => {
  const once = requestId(TOKEN);
  expect(once).toMatch(/^\d{1,19}$/);
  expect(BigInt(once)).toBeLessThan(2n ** 63n);
  expect(requestId('ZZZZZZZZZZZZZ')).toBe(String(2n ** 63n - 1n));
  expect(toCreateParams(smartCampaign, NOW)).toMatchObject({
    request_id: once,
    sales_destination: 'WEBSITE',
    budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET',
  });
  expect(toCreateParams({ ...smartCampaign, spec: { ...campaignSpec, ...sales, dailyBudgetMinor: null } }, NOW)).not.toHaveProperty(
    'budget_mode',
  );
  expect(toCreateParams(smartAdSet, NOW)).toMatchObject({
    request_id: once,
    targeting_optimization_mode: 'MANUAL',
    targeting_spec: { location_ids: ['3017382', '2802361'] },
    pixel_id: '7350000000000000001',
    optimization_event: 'SHOPPING',
    billing_event: 'OCPM',
    conversion_bid_price: 0.45,
    schedule_start_time: '2026-11-20 10:05:00',
  });
  expect(toCreateParams(smartAdSet, NOW)).not.toHaveProperty('budget');
  expect(toCreateParams(formAd, NOW)).toMatchObject({
    ad_text_list: [{ ad_text: 'P' }, { ad_text: 'P2' }],
    page_list: [{ page_id: '7340000000000000001' }],
    creative_list: [
      { creative_info: { identity_type: 'BC_AUTH_TT', identity_id: '7370000000000000003', identity_authorized_bc_id: '7390' } },
    ],
  });
  expect(toCreateParams(formAd, NOW)).not.toHaveProperty('request_id');
});

test('what the platform has no word for is refused before anything is sent', async () => {
  const session = {
    outside: () => Promise.reject(new Error('sent')),
    accessToken: 't',
    accountExternalId: '1',
    timeoutMs: 1,
  };
  for (const spec of [
    { ...adSetSpec, countries: ['AQ'] },
    { ...adSetSpec, ageMin: 20 },
  ])
    await expect(tiktokObjects.create(session, [{ ...adSet, spec }])).rejects.toMatchObject({
      failure: 'refused',
      detail: { code: 'not_sent' },
    });
});

/** What the platform answers for what we sent, in its own spelling: the shapes of its lists. */
const asRead = (request: CreateRequest, changes: Record<string, unknown> = {}) => {
  const family = request === adSet || request === ad || request === campaign ? 'classic' : 'smart';
  return toAsBuilt(family, request.kind as 'ad', { create_time: '2026-11-20 10:00:02', ...toCreateParams(request, NOW), ...changes });
};
const creativeOf = (more: Record<string, unknown>) => ({
  creative_list: [
    {
      ad_material_id: '9',
      creative_info: {
        ad_format: 'SINGLE_VIDEO',
        video_info: { video_id: 'v1', file_name: 'x' },
        identity_type: 'CUSTOMIZED_USER',
        identity_id: '7370000000000000001',
        ...more,
      },
    },
  ],
});

test("the platform's own spellings are no drift", () => {
  expect(tiktokObjects.compare(campaign, asRead(campaign, { budget: '80.00', secondary_status: 'CAMPAIGN_STATUS_DISABLE' }))).toEqual([]);
  expect(
    tiktokObjects.compare(
      adSet,
      asRead(adSet, { location_ids: ['2802361', '3017382'], budget: 20.5, bid_price: '0.45', gender: 'GENDER_UNLIMITED' }),
    ),
  ).toEqual([]);
  expect(tiktokObjects.compare(smartAdSet, asRead(smartAdSet, { budget: 0, budget_mode: 'BUDGET_MODE_INFINITE' }))).toEqual([]);
  expect(tiktokObjects.compare(ad, asRead(ad, { landing_page_url: `https://example.com/?utm_content=__CID__&inlay=${TOKEN}` }))).toEqual(
    [],
  );
  expect(
    tiktokObjects.compare(smartAd, asRead(smartAd, { ...creativeOf({}), ad_configuration: { identity_id: '7', dark_post_status: 'OFF' } })),
  ).toEqual([]);
});

test.each([
  [campaign, { operation_status: 'ENABLE' }, 'status'],
  [campaign, { budget: 81 }, 'budget'],
  [campaign, { budget_optimize_on: false }, 'budget_optimize_on'],
  [smartCampaign, { objective_type: 'LEAD_GENERATION' }, 'objective_type'],
  [adSet, { campaign_id: '2' }, 'campaign_id'],
  [adSet, { adgroup_name: 'Renamed' }, 'adgroup_name'],
  [adSet, { location_ids: ['3017382'] }, 'location_ids'],
  [adSet, { age_groups: ['AGE_25_34'] }, 'age_groups'],
  [adSet, { bid_price: 0.46 }, 'bid_price'],
  [adSet, { billing_event: 'CPM' }, 'billing_event'],
  [adSet, { schedule_start_time: '2026-12-01 09:00:01' }, 'schedule_start_time'],
  [adSet, { schedule_start_time: '2026-11-20 10:05:00' }, 'schedule_start_time'],
  [adSet, { placement_type: 'PLACEMENT_TYPE_NORMAL' }, 'placement_type'],
  [smartAdSet, { targeting_spec: { location_ids: ['3017382', '2802361'] } }, 'age_groups'],
  [smartAdSet, { targeting_optimization_mode: 'AUTOMATIC' }, 'targeting_optimization_mode'],
  [smartAdSet, { pixel_id: '7' }, 'pixel_id'],
  [smartAdSet, { optimization_event: 'FORM' }, 'optimization_event'],
  [smartAdSet, { schedule_start_time: '2026-11-20 10:30:00' }, 'schedule_start_time'],
  [ad, { video_id: 'v2' }, 'video_id'],
  [ad, { ad_text: 'Other' }, 'ad_text'],
  [ad, { landing_page_url: 'https://example.com/' }, 'landing_page_url'],
  [ad, { identity_id: '7' }, 'identity_id'],
  [ad, { call_to_action: 'SHOP_NOW' }, 'call_to_action'],
  [ad, { creative_auto_enhancement_strategy_list: ['VIDEO_QUALITY'] }, 'creative_auto_enhancement_strategy_list'],
  [
    smartAd,
    { ad_configuration: { creative_auto_enhancement_strategy_list: ['VIDEO_QUALITY'] } },
    'creative_auto_enhancement_strategy_list',
  ],
  [smartAd, { ad_text_list: [{ ad_text: 'P2' }, { ad_text: 'P' }] }, 'ad_text'],
  [smartAd, creativeOf({ video_info: { video_id: 'v2' } }), 'video_id'],
  [formAd, { page_list: [{ page_id: '7340000000000000002' }] }, 'page_id'],
] as const)('a changed field is drift, %#', (request, changes, field) => {
  expect(tiktokObjects.compare(request, asRead(request, changes)).map((drift) => drift.field)).toEqual([field]);
});

test('a second creative that nobody planned is drift', () => {
  const [one] = creativeOf({}).creative_list;
  expect(tiktokObjects.compare(smartAd, asRead(smartAd, { creative_list: [one, one] })).map((drift) => drift.field)).toContain('video_id');
});

test('a planned moment that had passed when the ad group was made starts it right then, and no later', () => {
  const late = { ...adSet, spec: { ...adSetSpec, startTime: '2026-11-20T09:00:00Z' } };
  const sent = toCreateParams(late, NOW)['schedule_start_time'];
  expect(sent).toBe('2026-11-20 10:05:00');
  const read = (start: unknown, made: string) =>
    tiktokObjects.compare(
      late,
      toAsBuilt('classic', 'ad_set', { ...toCreateParams(late, NOW), schedule_start_time: start, create_time: made }),
    );
  expect(read(sent, '2026-11-20 10:00:00')).toEqual([]);
  // Applied late: the start has passed, delivery begins with the switch.
  expect(read(sent, '2026-11-20 10:06:00')).toEqual([]);
  expect(read('2026-11-20 11:00:00', '2026-11-20 10:00:00').map((drift) => drift.field)).toEqual(['schedule_start_time']);
  expect(read(undefined, '2026-11-20 10:00:00').map((drift) => drift.field)).toEqual(['schedule_start_time']);
});
