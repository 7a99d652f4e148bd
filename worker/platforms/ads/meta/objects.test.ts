import { expect, test } from 'vitest';
import type { AdSetSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import type { CreateRequest } from '../ad-platform.ts';
import { mapError } from './map-error.ts';
import { metaObjects } from './objects.ts';
import { toAsBuilt } from './to-as-built.ts';
import { toCreateParams } from './to-create-params.ts';

const TOKEN = '0123456789ABC';
const base = {
  name: `Ad set ·${TOKEN}`,
  clientToken: TOKEN,
  account: { currency: 'EUR', timezone: 'Europe/Paris', advertiser: 'Inlay demo' },
};
const adSetSpec: AdSetSpec = {
  campaignPath: 'c1',
  dailyBudgetMinor: 2_000,
  bidStrategy: 'LOWEST_COST_WITHOUT_CAP',
  bidMinor: null,
  currency: 'EUR',
  objective: 'OUTCOME_LEADS',
  conversionEvent: null,
  political: false,
  locale: null,
  keywords: [],
  optimizationGoal: 'LEAD_GENERATION',
  billingEvent: 'IMPRESSIONS',
  startTime: '2026-12-01T09:00:00Z',
  countries: ['FR', 'BE'],
  ageMin: 18,
  ageMax: null,
  pageId: '107',
  leadFormId: '108',
  pixelId: null,
  mediaKinds: ['image'],
  urlTags: '',
  enhancements: {},
};
const creativeSpec: CreativeSpec = {
  brandName: null,
  logoId: null,
  mediaRatio: '1x1',
  objective: 'OUTCOME_LEADS',
  pageId: '107',
  mediaPath: 'media:1',
  mediaKind: 'image',
  thumbnailPath: null,
  headline: 'H',
  primaryText: 'P',
  description: '',
  moreHeadlines: [],
  morePrimaryTexts: [],
  moreDescriptions: [],
  linkUrl: 'https://example.com',
  urlTags: 'utm_content={{ad.id}}',
  callToAction: 'SIGN_UP',
  leadFormId: '108',
  enhancements: { image_touchups: true },
};
const adSet: CreateRequest = { ...base, kind: 'ad_set', spec: adSetSpec, parents: { campaign: '1' } };
const creative: CreateRequest = {
  ...base,
  kind: 'creative',
  spec: creativeSpec,
  parents: { media: [{ externalId: 'hash', kind: 'image' }] },
};

/** What the platform answers for what we sent: budgets as text, instants with an offset, ids of children inside objects. */
const asRead = (request: CreateRequest, changes: Record<string, unknown> = {}) =>
  toAsBuilt({
    id: '9',
    ...toCreateParams(request),
    daily_budget: '2000',
    start_time: '2026-12-01T10:00:00+0100',
    created_time: '2026-11-20T10:00:00+0000',
    ...changes,
  });

test('everything is made paused and carries its token in label, name and link', () => {
  expect(toCreateParams(adSet)).toMatchObject({
    status: 'PAUSED',
    adlabels: [{ name: TOKEN }],
    name: expect.stringContaining(TOKEN),
    dsa_beneficiary: 'Inlay demo',
    dsa_payor: 'Inlay demo',
    destination_type: 'ON_AD',
  });
  const params = toCreateParams(creative);
  expect(params['url_tags']).toBe(`utm_content={{ad.id}}&inlay=${TOKEN}`);
  const features = (params['degrees_of_freedom_spec'] as { creative_features_spec: Record<string, { enroll_status: string }> })
    .creative_features_spec;
  expect(
    Object.entries(features)
      .filter(([, one]) => one.enroll_status === 'OPT_IN')
      .map(([name]) => name),
  ).toEqual(['image_touchups']);
  expect(
    toCreateParams({
      ...base,
      kind: 'campaign',
      spec: { objective: 'OUTCOME_LEADS', specialAdCategories: [], dailyBudgetMinor: null, bidStrategy: null, currency: 'EUR' },
      parents: {},
    }),
  ).toMatchObject({ special_ad_categories: [], is_adset_budget_sharing_enabled: false });
});

test("the platform's own spellings are no drift", () => {
  expect(
    metaObjects.compare(
      adSet,
      asRead(adSet, {
        targeting: {
          geo_locations: { countries: ['BE', 'FR'], location_types: ['home'] },
          age_min: 18,
          targeting_automation: { advantage_audience: 0 },
        },
        budget_remaining: '2000',
      }),
    ),
  ).toEqual([]);
  expect(metaObjects.compare(creative, asRead(creative))).toEqual([]);
});

test.each([
  [adSet, { daily_budget: '2100' }, 'daily_budget'],
  [adSet, { status: 'ACTIVE' }, 'status'],
  [adSet, { start_time: '2026-12-01T09:00:01Z' }, 'start_time'],
  [adSet, { campaign_id: '2' }, 'campaign_id'],
  [
    adSet,
    { targeting: { geo_locations: { countries: ['FR'] }, age_min: 18, targeting_automation: { advantage_audience: 0 } } },
    'targeting.geo_locations.countries',
  ],
  [
    adSet,
    { targeting: { geo_locations: { countries: ['FR', 'BE'] }, age_min: 18, targeting_automation: { advantage_audience: 1 } } },
    'targeting.targeting_automation.advantage_audience',
  ],
  [adSet, { dsa_payor: undefined }, 'dsa_payor'],
  [creative, { url_tags: 'utm_content={{ad.id}}' }, 'url_tags'],
  [
    creative,
    {
      degrees_of_freedom_spec: {
        creative_features_spec: { image_touchups: { enroll_status: 'OPT_IN' }, brand_new_feature: { enroll_status: 'OPT_IN' } },
      },
    },
    'degrees_of_freedom_spec.creative_features_spec',
  ],
  [
    creative,
    {
      object_story_spec: {
        page_id: '107',
        link_data: {
          link: 'https://example.com/',
          message: 'Other',
          name: 'H',
          image_hash: 'hash',
          call_to_action: { type: 'SIGN_UP', value: { link: 'https://example.com', lead_gen_form_id: '108' } },
        },
      },
    },
    'object_story_spec.link_data.message',
  ],
] as const)('a changed field is drift, %#', (request, changes, field) => {
  expect(metaObjects.compare(request, asRead(request, changes)).map((drift) => drift.field)).toEqual([field]);
});

const answer = (status: number, json: unknown) => mapError({ status, headers: new Headers(), text: '', json }).failure;
const error = (code: number, subcode?: number, more: object = {}) => ({
  error: { code, message: 'x', ...(subcode === undefined ? {} : { error_subcode: subcode }), ...more },
});

test.each([
  ['throttled', 400, error(4)],
  ['throttled', 400, error(17, 2446079)],
  ['throttled', 400, error(613, 1487742)],
  ['throttled', 400, error(80004)],
  ['throttled', 429, undefined],
  ['throttled', 429, error(17, 2446079)],
  ['throttled', 429, error(1)],
  ['throttled', 429, { error: { message: 'Too many requests' } }],
  ['auth', 401, error(190, 463)],
  ['missing', 400, error(100, 33)],
  ['refused', 400, error(100)],
  ['refused', 403, error(200)],
  ['refused', 400, error(368)],
  ['unknown', 400, error(100, 1487390)],
  ['unknown', 500, error(1)],
  ['unknown', 400, error(2)],
  ['unknown', 400, error(100, undefined, { is_transient: true })],
  ['unknown', 502, undefined],
  ['unknown', 400, undefined],
  ['unknown', 400, error(987654)],
] as const)('%s: status %i', (failure, status, json) => {
  expect(answer(status, json)).toBe(failure);
});
