import { expect, test } from 'vitest';
import type { AdSetSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { isJson, type Json } from './kinds.ts';
import type { CreateRequest } from '../ad-platform.ts';
import { fromMicro, toMicro } from './micro.ts';
import { snapchatObjects } from './objects.ts';
import { toAsBuilt } from './to-as-built.ts';
import { toEffectiveStatus } from './status.ts';
import { toCreateBody } from './to-create-body.ts';

const TOKEN = '0123456789ABC';
const PROFILE = '3a000000-0000-4000-a000-000000000001';
const base = {
  name: `Name ·${TOKEN}`,
  clientToken: TOKEN,
  account: { currency: 'EUR', timezone: 'Europe/Paris', advertiser: 'Inlay demo' },
};
const campaignSpec: CampaignSpec = {
  objective: 'SALES',
  specialAdCategories: [],
  dailyBudgetMinor: null,
  bidStrategy: null,
  bidMinor: null,
  currency: 'EUR',
  political: false,
  startTime: null,
  optimizationGoal: 'PIXEL_PURCHASE',
  locale: null,
  countries: ['FR'],
};
const adSetSpec: AdSetSpec = {
  mediaKinds: ['image'],
  urlTags: '',
  enhancements: {},
  campaignPath: 'c1',
  dailyBudgetMinor: 2_000,
  bidStrategy: 'TARGET_COST',
  bidMinor: 150,
  currency: 'EUR',
  objective: 'SALES',
  conversionEvent: null,
  political: false,
  locale: 'fr_FR',
  keywords: [],
  optimizationGoal: 'PIXEL_PURCHASE',
  billingEvent: 'IMPRESSION',
  startTime: '2026-12-01T09:00:00Z',
  countries: ['FR', 'BE'],
  ageMin: 18,
  ageMax: 40,
  pageId: PROFILE,
  leadFormId: null,
  pixelId: '4a000000-0000-4000-a000-000000000001',
};
const creativeSpec: CreativeSpec = {
  mediaRatio: '9x16',
  logoId: null,
  brandName: null,
  objective: 'SALES',
  pageId: PROFILE,
  mediaPath: 'media:1',
  mediaKind: 'image',
  thumbnailPath: null,
  headline: 'H',
  primaryText: 'P',
  description: '',
  moreHeadlines: [],
  morePrimaryTexts: [],
  moreDescriptions: [],
  linkUrl: 'https://example.com/?a=1',
  urlTags: 'utm_content={{ad.id}}',
  callToAction: 'LEARN_MORE',
  leadFormId: null,
  enhancements: {},
};
const media = [{ externalId: '7a', kind: 'image' as const }];
const campaign: CreateRequest = { ...base, kind: 'campaign', spec: { ...campaignSpec, startTime: '2026-12-01T09:00:00Z' }, parents: {} };
const adSet: CreateRequest = { ...base, kind: 'ad_set', spec: adSetSpec, parents: { campaign: '9a' } };
const creative: CreateRequest = { ...base, kind: 'creative', spec: creativeSpec, parents: { media } };
const ad: CreateRequest = {
  ...base,
  kind: 'ad',
  spec: { adSetPath: 'c1/s1', creativePath: 'x', leadFormId: null, creative: null },
  parents: { ad_set: '9b', creative: '8a' },
};

/** What the platform answers for what was sent, with what it adds by itself. */
const asRead = (request: CreateRequest, changes: Json = {}) =>
  toAsBuilt(request.kind, merged({ id: '9', created_at: '2026-11-20T10:00:00.000Z', ...toCreateBody(request) }, changes));

function merged(one: Json, changes: Json): Json {
  const both = { ...one };
  for (const [name, value] of Object.entries(changes)) {
    const known = one[name];
    both[name] = isJson(value) && isJson(known) ? merged(known, value) : value;
  }
  return both;
}

test('everything that has a switch is made paused, and carries its token in its name', () => {
  for (const request of [campaign, adSet, ad]) expect(toCreateBody(request)).toMatchObject({ status: 'PAUSED', name: base.name });
  expect(toCreateBody(creative)).not.toHaveProperty('status');
  expect(toAsBuilt('creative', { id: '1', ...toCreateBody(creative) }).clientToken).toBe(TOKEN);
});

test('one ad squad in full: millionths, one language for several countries, ages, pixel', () => {
  expect(toCreateBody(adSet)).toEqual({
    name: base.name,
    status: 'PAUSED',
    campaign_id: '9a',
    type: 'SNAP_ADS',
    targeting: {
      geos: [{ country_code: 'fr' }, { country_code: 'be' }],
      demographics: [{ min_age: 18, max_age: 40, languages: ['fr'] }],
    },
    placement_v2: { config: 'AUTOMATIC' },
    optimization_goal: 'PIXEL_PURCHASE',
    billing_event: 'IMPRESSION',
    bid_strategy: 'TARGET_COST',
    bid_micro: 1_500_000,
    daily_budget_micro: 20_000_000,
    start_time: '2026-12-01T09:00:00Z',
    pixel_id: '4a000000-0000-4000-a000-000000000001',
  });
  const plain = toCreateBody({
    ...adSet,
    spec: { ...adSetSpec, bidStrategy: 'AUTO_BID', countries: ['FR'], ageMin: null, ageMax: 65, startTime: null, pixelId: null },
  });
  expect(plain).not.toHaveProperty('bid_micro');
  expect(plain).not.toHaveProperty('start_time');
  expect(plain['targeting']).toEqual({ geos: [{ country_code: 'fr' }] });
});

test('a creative opens a page or a form, and the ad is of the type that fits', () => {
  expect(toCreateBody(creative)).toMatchObject({
    type: 'WEB_VIEW',
    web_view_properties: { url: 'https://example.com/?a=1&utm_content={{ad.id}}' },
    call_to_action: 'MORE',
    profile_properties: { profile_id: PROFILE },
  });
  expect(toCreateBody(creative)).not.toHaveProperty('brand_name');
  expect(toCreateBody({ ...creative, spec: { ...creativeSpec, pageId: '' } })).toMatchObject({ brand_name: 'Inlay demo' });
  const form = toCreateBody({ ...creative, spec: { ...creativeSpec, leadFormId: '6a', linkUrl: null } });
  expect(form).toMatchObject({ type: 'LEAD_GENERATION', lead_generation_form_id: '6a' });
  expect(form).not.toHaveProperty('web_view_properties');
  expect(toCreateBody(ad)['type']).toBe('REMOTE_WEBPAGE');
  expect(toCreateBody({ ...ad, spec: { ...(ad.spec as object), leadFormId: '6a' } })['type']).toBe('LEAD_GENERATION');
});

test("the platform's own spellings and additions are no drift", () => {
  expect(
    snapchatObjects.compare(
      adSet,
      asRead(adSet, {
        status: 'paused',
        daily_budget_micro: '20000000',
        start_time: '2026-12-01T10:00:00.000+01:00',
        pixel_id: '4A000000-0000-4000-A000-000000000001',
        targeting: {
          geos: [{ country_code: 'BE', operation: 'INCLUDE' }, { country_code: 'fr' }],
          demographics: [{ languages: ['fr'], max_age: '40', min_age: '18' }],
          regulated_content: false,
        },
        placement_v2: { config: 'automatic', platforms: ['SNAPCHAT'] },
        delivery_constraint: 'DAILY_BUDGET',
        auto_bid: false,
      }),
    ),
  ).toEqual([]);
  expect(snapchatObjects.compare(campaign, asRead(campaign, { buy_model: 'AUCTION', start_time: '2026-12-01T09:00:00.000Z' }))).toEqual([]);
  expect(
    snapchatObjects.compare(creative, asRead(creative, { brand_name: 'Northwind', web_view_properties: { block_preload: false } })),
  ).toEqual([]);
  expect(snapchatObjects.compare(ad, asRead(ad, { render_type: 'STATIC', review_status: 'PENDING' }))).toEqual([]);
  // A start that nobody asked for is the platform's to tell.
  const soon = { ...campaign, spec: campaignSpec };
  expect(snapchatObjects.compare(soon, asRead(soon, { start_time: '2026-11-20T10:00:00.000Z' }))).toEqual([]);
});

test.each([
  [campaign, { name: 'Other' }, 'name'],
  [campaign, { status: 'ACTIVE' }, 'status'],
  [campaign, { objective_v2_properties: { objective_v2_type: 'LEADS' } }, 'objective_v2_properties.objective_v2_type'],
  [campaign, { start_time: '2026-12-01T09:00:01Z' }, 'start_time'],
  [adSet, { campaign_id: '9c' }, 'campaign_id'],
  [adSet, { type: 'LENS' }, 'type'],
  [adSet, { daily_budget_micro: 20_000_001 }, 'daily_budget_micro'],
  [adSet, { daily_budget_micro: undefined, lifetime_budget_micro: 20_000_000 }, 'daily_budget_micro'],
  [adSet, { bid_strategy: 'AUTO_BID' }, 'bid_strategy'],
  [adSet, { bid_micro: 1_500_001 }, 'bid_micro'],
  [adSet, { optimization_goal: 'SWIPES' }, 'optimization_goal'],
  [adSet, { billing_event: 'SWIPE' }, 'billing_event'],
  [adSet, { pixel_id: undefined }, 'pixel_id'],
  [adSet, { placement_v2: { config: 'CUSTOM' } }, 'placement_v2.config'],
  [adSet, { targeting: { geos: [{ country_code: 'fr' }] } }, 'targeting.geos'],
  [adSet, { targeting: { geos: [{ country_code: 'fr', region_id: ['3'] }, { country_code: 'be' }] } }, 'targeting.geos'],
  [adSet, { targeting: { geos: [{ country_code: 'fr', operation: 'EXCLUDE' }, { country_code: 'be' }] } }, 'targeting.geos'],
  [adSet, { targeting: { demographics: [{ min_age: 18, max_age: 49, languages: ['fr'] }] } }, 'targeting.demographics'],
  [adSet, { targeting: { demographics: [{ min_age: 18, max_age: 40, languages: ['fr'], gender: 'MALE' }] } }, 'targeting.demographics'],
  [creative, { headline: 'h' }, 'headline'],
  [creative, { top_snap_media_id: '7b' }, 'top_snap_media_id'],
  [creative, { call_to_action: 'SHOP_NOW' }, 'call_to_action'],
  [creative, { profile_properties: { profile_id: '3b' } }, 'profile_properties.profile_id'],
  [creative, { web_view_properties: { url: 'https://example.com/?a=1' } }, 'web_view_properties.url'],
  [creative, { type: 'DEEP_LINK' }, 'type'],
  [ad, { creative_id: '8b' }, 'creative_id'],
  [ad, { ad_squad_id: '9c' }, 'ad_squad_id'],
  [ad, { type: 'STORY' }, 'type'],
] as const)('a changed field is drift, %#', (request, changes, field) => {
  expect(snapchatObjects.compare(request, asRead(request, changes)).map((drift) => drift.field)).toEqual([field]);
});

test('every field that is sent is one that a change of is seen', () => {
  for (const request of [campaign, adSet, creative, ad]) {
    for (const [name, value] of Object.entries(toCreateBody(request))) {
      const other = isJson(value) ? Object.fromEntries(Object.keys(value).map((part) => [part, 'other'])) : 'other';
      expect(snapchatObjects.compare(request, asRead(request, { [name]: other })).length, `${request.kind} ${name}`).toBeGreaterThan(0);
    }
  }
});

test.each([
  [{ status: 'Active' }, { unified: 'active', raw: 'ACTIVE' }],
  [
    { status: 'PAUSED', review_status: 'REJECTED' },
    { unified: 'paused', raw: 'PAUSED' },
  ],
  [
    { status: 'ACTIVE', review_status: 'rejected' },
    { unified: 'rejected', raw: 'REJECTED' },
  ],
  [
    { status: 'ACTIVE', review_status: 'PENDING' },
    { unified: 'in_review', raw: 'PENDING' },
  ],
  [
    { status: 'ACTIVE', review_status: 'APPROVED', delivery_status: ['INVALID_NOT_EFFECTIVE_ACTIVE'] },
    { unified: 'paused', raw: 'INVALID_NOT_EFFECTIVE_ACTIVE' },
  ],
  [
    { status: 'ACTIVE', deleted: true },
    { unified: 'deleted', raw: 'DELETED' },
  ],
  [{ status: 'HIBERNATING' }, { unified: 'other', raw: 'HIBERNATING' }],
  [{}, { unified: 'other', raw: 'UNKNOWN' }],
] as const)('a status keeps the word of the platform, %#', (node, status) => {
  expect(toEffectiveStatus(node)).toEqual(status);
});

test('a word nobody knows is told as it is, on a creative too', () => {
  expect(toAsBuilt('creative', { id: '1', review_status: 'ON_THE_MOON' }).status).toEqual({ unified: 'other', raw: 'ON_THE_MOON' });
  expect(toAsBuilt('creative', { id: '1', review_status: 'pending_review' }).status.unified).toBe('in_review');
});

test('amounts of currencies with none, two and three decimals go there and back', () => {
  expect([toMicro(500, 'JPY'), toMicro(2_000, 'EUR'), toMicro(1_500, 'KWD')]).toEqual([500_000_000, 20_000_000, 1_500_000]);
  expect([fromMicro(500_000_000, 'JPY'), fromMicro(20_000_000, 'EUR'), fromMicro(1_500_000, 'KWD')]).toEqual([500, 2_000, 1_500]);
  expect([fromMicro(4_999, 'EUR'), fromMicro(5_000, 'EUR'), fromMicro(5_001, 'EUR'), fromMicro(15_000, 'EUR')]).toEqual([0, 0, 1, 2]);
});
