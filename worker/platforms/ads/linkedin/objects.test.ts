import { expect, test } from 'vitest';
import type { AdSetSpec, AdSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { biddingOf } from './bidding.ts';
import { fromLittleText, toLittleText } from './commentary.ts';
import { linkedinObjects } from './objects.ts';
import { mapError } from './map-error.ts';
import type { Row } from './read.ts';
import { targetingOf } from './targeting.ts';
import { toAsBuilt } from './to-as-built.ts';
import { toCreate } from './to-create.ts';

const TOKEN = '0123456789ABC';
const base = {
  name: `Thing ·${TOKEN}`,
  clientToken: TOKEN,
  account: { currency: 'EUR', timezone: 'UTC', advertiser: 'Northwind Coffee' },
};
const adSetSpec: AdSetSpec = {
  campaignPath: 'c1',
  dailyBudgetMinor: 5_000,
  bidStrategy: 'COST_CAP',
  bidMinor: 1_250,
  currency: 'EUR',
  objective: 'WEBSITE_VISITS',
  optimizationGoal: 'MAX_CLICK',
  billingEvent: 'CPM',
  conversionEvent: null,
  political: false,
  locale: 'fr_FR',
  keywords: [],
  startTime: '2026-12-01T09:00:00Z',
  countries: ['FR', 'BE'],
  ageMin: 25,
  ageMax: null,
  mediaKinds: ['image'],
  urlTags: 'utm_content={{CREATIVE_ID}}&utm_source=linkedin',
  enhancements: {},
  pageId: '2000001',
  leadFormId: null,
  pixelId: null,
};
const content: CreativeSpec = {
  mediaRatio: '1x1',
  logoId: null,
  brandName: null,
  objective: 'WEBSITE_VISITS',
  pageId: '2000001',
  mediaPath: 'media:1',
  mediaKind: 'image',
  thumbnailPath: null,
  headline: 'H',
  primaryText: 'Up to 50 % off (today) #coffee',
  description: '',
  moreHeadlines: [],
  morePrimaryTexts: [],
  moreDescriptions: [],
  linkUrl: 'https://example.com',
  urlTags: 'c=spring&utm_content={{CREATIVE_ID}}&utm_source=linkedin',
  callToAction: 'APPLY_NOW',
  leadFormId: '6000001',
  enhancements: {},
};
const adSpec: AdSpec = { adSetPath: 'c1/s1', creativePath: null, leadFormId: null, creative: content };
const group: CreateRequest = { ...base, kind: 'campaign', spec: { startTime: '2026-12-01T09:00:00Z' }, parents: {} };
const adSet: CreateRequest = { ...base, kind: 'ad_set', spec: adSetSpec, parents: { campaign: '7' } };
const ad: CreateRequest = {
  ...base,
  kind: 'ad',
  spec: adSpec,
  parents: { ad_set: '8', media: [{ externalId: 'urn:li:image:I1', kind: 'image' }] },
};
const session = { accountExternalId: '5', now: () => new Date('2026-11-21T10:00:00Z') };

/** What the platform answers for what we sent. */
function asRead(request: CreateRequest, changes: Row = {}): AsBuilt {
  const sent = toCreate(session, request);
  const creative = (sent['creative'] ?? {}) as Row;
  const post = ((creative['inlineContent'] ?? {}) as Row)['post'] as Row;
  const { post: postChanges, tracking, ...own } = changes as { post?: Row; tracking?: Row };
  const row: Row =
    request.kind === 'ad'
      ? { id: 'urn:li:sponsoredCreative:9', ...creative, content: { reference: 'urn:li:share:3' } }
      : { id: 9, ...sent };
  const beside = request.kind === 'ad' ? { post: { ...post, ...postChanges } } : { tracking: tracking ?? { utm_content: 'CREATIVE_ID' } };
  return toAsBuilt(request.kind, { ...row, ...own }, beside);
}
const drift = (request: CreateRequest, found: AsBuilt): string[] => linkedinObjects.compare(request, found).map((one) => one.field);

test('everything is made paused and carries its token at the end of its name; an ad in its link too', () => {
  expect([toCreate(session, group)['status'], toCreate(session, adSet)['status']]).toEqual(['PAUSED', 'PAUSED']);
  expect(toCreate(session, adSet)).toMatchObject({
    name: expect.stringContaining(TOKEN),
    format: 'STANDARD_UPDATE',
    optimizationTargetType: 'CAP_COST_AND_MAXIMIZE_CLICKS',
    costType: 'CPM',
    unitCost: { amount: '12.50', currencyCode: 'EUR' },
    dailyBudget: { amount: '50.00' },
    politicalIntent: 'NOT_POLITICAL',
    offsiteDeliveryEnabled: false,
    audienceExpansionEnabled: false,
    runSchedule: { start: Date.parse('2026-12-01T09:00:00Z') },
  });
  expect(toCreate(session, ad)).toMatchObject({
    creative: {
      intendedStatus: 'PAUSED',
      leadgenCallToAction: { destination: 'urn:li:adForm:6000001', label: 'APPLY' },
      inlineContent: {
        post: {
          adContext: { dscName: expect.stringContaining(TOKEN) },
          // What the platform fills in stays on the campaign: a key that is given twice would be wrong.
          contentLandingPage: `https://example.com?c=spring&utm_source=linkedin&inlay=${TOKEN}`,
        },
      },
    },
  });
  const soon: CreateRequest = { ...adSet, spec: { ...adSetSpec, startTime: null } };
  expect(toCreate(session, soon)).toMatchObject({ runSchedule: { start: session.now().getTime() } });
});

test('strategy and goal become one word, and a bid of one’s own is charged by what it is for', () => {
  const of = (bidStrategy: string, optimizationGoal: string, bidMinor: number | null = 500) =>
    Object.values(biddingOf({ bidStrategy, optimizationGoal, bidMinor, billingEvent: 'CPM' }));
  expect(of('MAXIMUM_DELIVERY', 'MAX_LEAD', null)).toEqual(['MAX_LEAD', 'CPM', null]);
  expect(of('COST_CAP', 'MAX_LEAD')).toEqual(['CAP_COST_AND_MAXIMIZE_LEADS', 'CPM', 500]);
  expect(of('MANUAL', 'MAX_CLICK')).toEqual(['NONE', 'CPC', 500]);
  expect(of('MANUAL', 'MAX_VIDEO_VIEW')).toEqual(['NONE', 'CPV', 500]);
  expect(of('MANUAL', 'MAX_IMPRESSION')).toEqual(['NONE', 'CPM', 500]);
  expect(() => of('COST_CAP', 'MAX_REACH')).toThrow(RangeError);
  expect(() => of('MANUAL', 'MAX_CLICK', null)).toThrow(RangeError);
});

test('ages are the platform’s ranges; the last has no end', () => {
  const ages = (ageMin: number | null, ageMax: number | null) =>
    JSON.stringify(targetingOf({ countries: ['FR'], ageMin, ageMax })).match(/\(\d+,\d+\)/g);
  expect(ages(null, null)).toBeNull();
  expect(ages(null, 65)).toBeNull();
  expect(ages(25, 54)).toEqual(['(25,34)', '(35,54)']);
  expect(ages(35, null)).toEqual(['(35,54)', '(55,2147483647)']);
  expect(ages(null, 24)).toEqual(['(18,24)']);
  expect(() => targetingOf({ countries: ['XX'], ageMin: null, ageMax: null })).toThrow(RangeError);
});

test('signs with a meaning are escaped in the introduction, hashtags stay; both spellings read back as written', () => {
  expect(toLittleText('Up to 50 % (today) #coffee @home a_b #1 # x')).toBe('Up to 50 % \\(today\\) #coffee \\@home a\\_b #1 \\# x');
  for (const text of ['a (b) [c] {d} <e> *f* _g_ ~h~ |i| \\j @k #l # m', 'plain']) expect(fromLittleText(toLittleText(text))).toBe(text);
  expect(fromLittleText('good {hashtag|\\#|coffee} \\(now\\)')).toBe('good #coffee (now)');
});

test("the platform's own spellings are no drift", () => {
  expect(drift(group, asRead(group, { servingStatuses: ['STOPPED'] }))).toEqual([]);
  expect(
    drift(
      adSet,
      asRead(adSet, {
        dailyBudget: { amount: '50', currencyCode: 'EUR' },
        unitCost: { amount: '12.5', currencyCode: 'EUR' },
        objectiveType: 'WEBSITE_VISIT',
        targetingCriteria: {
          include: {
            and: [
              {
                or: {
                  'urn:li:adTargetingFacet:ageRanges': [
                    'urn:li:ageRange:(55,2147483647)',
                    'urn:li:ageRange:(25,34)',
                    'urn:li:ageRange:(35,54)',
                  ],
                },
              },
              { or: { 'urn:li:adTargetingFacet:locations': ['urn:li:geo:100565514', 'urn:li:geo:105015875'] } },
            ],
          },
          exclude: { or: {} },
        },
        pacingStrategy: 'LIFETIME',
        creativeSelection: 'OPTIMIZED',
      }),
    ),
  ).toEqual([]);
  const leads = { leadgenCallToAction: { destination: 'urn:li:leadGenForm:6000001', label: 'APPLY' } };
  expect(drift(ad, asRead(ad, { ...leads, post: { commentary: 'Up to 50 % off \\(today\\) {hashtag|\\#|coffee}' } }))).toEqual([]);
  // Where the platform bids by itself, so it names the bid.
  const auto: CreateRequest = { ...adSet, spec: { ...adSetSpec, bidStrategy: 'MAXIMUM_DELIVERY', bidMinor: null } };
  expect(drift(auto, asRead(auto, { unitCost: { amount: '7.31', currencyCode: 'EUR' } }))).toEqual([]);
});

test.each([
  [group, { name: 'Other' }, 'name'],
  [group, { status: 'ACTIVE' }, 'status'],
  [group, { runSchedule: { start: 1 } }, 'runSchedule.start'],
  [adSet, { status: 'ACTIVE' }, 'status'],
  [adSet, { campaignGroup: 'urn:li:sponsoredCampaignGroup:1' }, 'campaignGroup'],
  [adSet, { associatedEntity: 'urn:li:organization:1' }, 'associatedEntity'],
  [adSet, { type: 'TEXT_AD' }, 'type'],
  [adSet, { format: 'SINGLE_VIDEO' }, 'format'],
  [adSet, { objectiveType: 'BRAND_AWARENESS' }, 'objectiveType'],
  [adSet, { optimizationTargetType: 'NONE' }, 'optimizationTargetType'],
  [adSet, { costType: 'CPC' }, 'costType'],
  [adSet, { unitCost: { amount: '12.51', currencyCode: 'EUR' } }, 'unitCost'],
  [adSet, { dailyBudget: { amount: '500.00', currencyCode: 'EUR' } }, 'dailyBudget'],
  [adSet, { dailyBudget: { amount: '50.00', currencyCode: 'USD' } }, 'dailyBudget'],
  [adSet, { locale: { country: 'US', language: 'en' } }, 'locale'],
  [adSet, { runSchedule: { start: Date.parse('2026-12-01T09:00:01Z') } }, 'runSchedule.start'],
  [adSet, { politicalIntent: 'POLITICAL' }, 'politicalIntent'],
  [adSet, { offsiteDeliveryEnabled: true }, 'offsiteDeliveryEnabled'],
  [adSet, { audienceExpansionEnabled: true }, 'audienceExpansionEnabled'],
  [
    adSet,
    { targetingCriteria: { include: { and: [{ or: { 'urn:li:adTargetingFacet:locations': ['urn:li:geo:1'] } }] } } },
    'targetingCriteria',
  ],
  [adSet, { tracking: {} }, 'adTrackingParameters'],
  [adSet, { tracking: { utm_content: 'CAMPAIGN_ID' } }, 'adTrackingParameters'],
  [ad, { name: 'Other' }, 'name'],
  [ad, { intendedStatus: 'ACTIVE' }, 'status'],
  [ad, { campaign: 'urn:li:sponsoredCampaign:1' }, 'campaign'],
  [ad, { leadgenCallToAction: { destination: 'urn:li:adForm:1', label: 'APPLY' } }, 'leadgenCallToAction.destination'],
  [ad, { leadgenCallToAction: { destination: 'urn:li:adForm:6000001', label: 'SIGN_UP' } }, 'leadgenCallToAction.label'],
  [ad, { post: { author: 'urn:li:organization:1' } }, 'author'],
  [ad, { post: { commentary: 'Up to 50 % off' } }, 'commentary'],
  [ad, { post: { content: { media: { id: 'urn:li:image:I2', title: 'H' } } } }, 'content.media.id'],
  [ad, { post: { content: { media: { id: 'urn:li:image:I1', title: 'G' } } } }, 'content.media.title'],
  [ad, { post: { contentCallToActionLabel: 'LEARN_MORE' } }, 'contentCallToActionLabel'],
  [ad, { post: { contentLandingPage: 'https://example.com' } }, 'contentLandingPage'],
] as const)('a changed field is drift, %#: %3$s', (request, changes, field) => {
  expect(drift(request, asRead(request, changes))).toEqual([field]);
});

test('a campaign that has to count a conversion is compared with the one it counts; a post that is gone is drift', () => {
  const sales: CreateRequest = {
    ...adSet,
    spec: { ...adSetSpec, objective: 'WEBSITE_CONVERSIONS', optimizationGoal: 'MAX_CONVERSION', pixelId: '81', bidStrategy: 'MANUAL' },
  };
  const counting = (conversions: string[]) => ({ ...asRead(sales), fields: { ...asRead(sales).fields, conversions } });
  expect([drift(sales, counting(['81'])), drift(sales, counting([])), drift(sales, counting(['82']))]).toEqual([
    [],
    ['conversions'],
    ['conversions'],
  ]);
  const gone = { ...asRead(ad), fields: { ...asRead(ad).fields, post: null } };
  expect(drift(ad, gone)).toContain('commentary');
});

test('a word nobody has told us of is kept, and is none of ours', () => {
  expect(toAsBuilt('ad_set', { id: 1, name: 'x', status: 'HIBERNATING' }).status).toEqual({ unified: 'other', raw: 'HIBERNATING' });
  expect(toAsBuilt('ad', { id: 'urn:li:sponsoredCreative:1', intendedStatus: 'DRAFT' }).status).toEqual({
    unified: 'paused',
    raw: 'DRAFT',
  });
});

const envelope = (status: number, more: Row = {}) => ({ message: 'x', status, serviceErrorCode: 100, ...more });
test.each([
  ['throttled', 429, undefined],
  ['throttled', 429, envelope(429)],
  ['auth', 401, envelope(401, { serviceErrorCode: 65601 })],
  ['missing', 404, envelope(404)],
  ['refused', 400, envelope(400, { code: 'MISSING_FIELD' })],
  ['refused', 403, envelope(403)],
  ['refused', 405, envelope(405)],
  ['refused', 409, envelope(409, { code: 'CONFLICT' })],
  ['refused', 411, envelope(411)],
  ['refused', 414, envelope(414)],
  ['refused', 422, envelope(422)],
  ['refused', 426, envelope(426)],
  ['unknown', 408, envelope(408)],
  ['unknown', 412, envelope(412)],
  ['unknown', 500, envelope(500, { code: 'INTERNAL_ERROR' })],
  ['unknown', 503, envelope(503)],
  ['unknown', 504, envelope(504)],
  // A page of something in between proves nothing, whatever its status.
  ['unknown', 400, undefined],
  ['unknown', 401, undefined],
  ['unknown', 404, '<html>'],
  ['unknown', 400, envelope(500)],
  ['unknown', 502, undefined],
  ['unknown', 301, undefined],
] as const)('%s: status %i', (failure, status, json) => {
  expect(mapError(status, json).failure).toBe(failure);
});

test('a refusal names the field in the platform’s words', () => {
  const { detail, message } = mapError(
    400,
    envelope(400, {
      code: 'MISSING_FIELD',
      errorDetails: {
        inputErrors: [{ code: 'MISSING_FIELD', description: 'Field is required', input: { inputPath: { fieldPath: 'runSchedule' } } }],
      },
    }),
  );
  expect([detail.field, detail.code, detail.subcode, message]).toEqual(['runSchedule', 'MISSING_FIELD', '100', 'Field is required']);
});
