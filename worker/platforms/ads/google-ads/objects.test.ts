import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AdSetSpec, AdSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { createSandbox, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import { demandGenPlan, GOOGLE_ACCOUNT, searchPlan, uploadLogo } from '../../../testing/google-plan.ts';
import { outsideOf } from '../../../testing/outside-of.ts';
import { picture } from '../../../testing/test-plan.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, CreateRequest } from '../ad-platform.ts';
import { buildTree, callsOf, objectsOf, planTree, type Tree } from '../../../testing/conformance/build-tree.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { googleAds } from './index.ts';
import { toMade } from './to-operations.ts';
import { effectiveStatus, ownStatus } from './to-status.ts';

let sandbox: Sandbox;
const calls: { path: string; body: { mutateOperations?: Record<string, unknown>[]; validateOnly?: boolean } }[] = [];
const session = (): AdSession => ({
  outside: (url, init) => {
    calls.push({ path: new URL(url).pathname, body: typeof init?.body === 'string' ? JSON.parse(init.body) : {} });
    return outsideOf(sandbox)(url, init);
  },
  accessToken: sandbox.googleAds.issueToken(),
  accountExternalId: GOOGLE_ACCOUNT,
  timeoutMs: 5_000,
});
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 21, demo: false });
});
beforeEach(() => {
  calls.length = 0;
  sandbox.setFaults(noFaults());
});
afterAll(async () => {
  // Every request and answer of this file was held against the platform's published schema, where that is at hand.
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

const kit = (plan: Subject['plan']): Subject =>
  ({
    platform: googleAds,
    plan,
    picture: (key) => ({ name: key, bytes: picture(key, '1x1', Number(/\d+/.exec(key)?.[0] ?? 0)).bytes.buffer }),
  }) as Subject;
const build = (plan: Subject['plan']): Promise<Tree> => buildTree(kit(plan), session());
const first = (tree: Tree, kind: 'campaign' | 'ad_set' | 'ad') => {
  const [object] = objectsOf(tree, kind);
  if (!object) throw new Error(`no ${kind}`);
  return { ...object, request: tree.request(object.row) };
};
const read = (kind: 'campaign' | 'ad_set' | 'ad', id: string): Promise<AsBuilt> => googleAds.objects.read(session(), kind, id);
const nameOf = (id: string): string => sandbox.googleAds.objects().find((one) => one.id === id)?.resourceName ?? '';
const fieldsOf = (id: string) => sandbox.googleAds.objects().find((one) => one.id === id)?.fields as Record<string, any>;

const base = {
  name: 'A ·0123456789ABC',
  clientToken: '0123456789ABC',
  account: { currency: 'JPY', timezone: 'America/New_York', advertiser: 'Northwind Coffee' },
};
const campaignSpec: CampaignSpec = {
  objective: 'SEARCH',
  specialAdCategories: [],
  dailyBudgetMinor: 500,
  bidStrategy: 'NO_TARGET',
  bidMinor: null,
  currency: 'JPY',
  political: true,
  startTime: '2026-12-01T05:00:00Z',
  optimizationGoal: 'TARGET_SPEND',
  locale: 'zh_TW',
  countries: ['FR', 'US'],
};

test('a campaign: money in millionths, its own budget, the start on the account’s clock, the declaration, places and language', () => {
  expect(toMade({ ...base, kind: 'campaign', spec: campaignSpec, parents: {} }, '1')).toEqual({
    campaignBudget: { amountMicros: '500000000', explicitlyShared: false, deliveryMethod: 'STANDARD' },
    campaign: {
      name: base.name,
      status: 'PAUSED',
      advertisingChannelType: 'SEARCH',
      containsEuPoliticalAdvertising: 'CONTAINS_EU_POLITICAL_ADVERTISING',
      targetSpend: {},
      startDateTime: '2026-12-01 00:00:00',
      networkSettings: {
        targetGoogleSearch: true,
        targetSearchNetwork: false,
        targetContentNetwork: false,
        targetPartnerSearchNetwork: false,
      },
      geoTargetTypeSetting: { positiveGeoTargetType: 'PRESENCE' },
      assetAutomationSettings: [{ assetAutomationType: 'TEXT_ASSET_AUTOMATION', assetAutomationStatus: 'OPTED_OUT' }],
    },
    criteria: [
      { location: { geoTargetConstant: 'geoTargetConstants/2250' } },
      { location: { geoTargetConstant: 'geoTargetConstants/2840' } },
      { language: { languageConstant: 'languageConstants/1018' } },
    ],
  });
});

test.each([
  ['TARGET_SPEND', 'CPC_BID_CEILING', 120, { targetSpend: { cpcBidCeilingMicros: '120000000' } }],
  ['MAXIMIZE_CONVERSIONS', 'TARGET_CPA', 900, { maximizeConversions: { targetCpaMicros: '900000000' } }],
  ['MAXIMIZE_CONVERSIONS', 'NO_TARGET', null, { maximizeConversions: {} }],
])('%s with %s', (optimizationGoal, bidStrategy, bidMinor, bidding) => {
  const spec = { ...campaignSpec, optimizationGoal, bidStrategy, bidMinor };
  expect(toMade({ ...base, kind: 'campaign', spec, parents: {} }, '1').campaign).toMatchObject(bidding);
});

test('ages are said by whom they leave out; words keep their way of matching and come once', () => {
  const spec = { objective: 'SEARCH', countries: [], locale: null, ageMin: 25, ageMax: 44, keywords: ['a b', '[a b]', '"a b"', 'A B'] };
  const made = toMade({ ...base, kind: 'ad_set', spec: spec as unknown as AdSetSpec, parents: { campaign: '7' } }, '1');
  expect(made.adGroup).toEqual({ name: base.name, status: 'PAUSED', campaign: 'customers/1/campaigns/7', type: 'SEARCH_STANDARD' });
  expect(made.criteria).toEqual([
    ...['AGE_RANGE_18_24', 'AGE_RANGE_45_54', 'AGE_RANGE_55_64', 'AGE_RANGE_65_UP', 'AGE_RANGE_UNDETERMINED'].map((type) => ({
      negative: true,
      ageRange: { type },
    })),
    { keyword: { text: 'A B', matchType: 'BROAD' } },
    { keyword: { text: 'a b', matchType: 'EXACT' } },
    { keyword: { text: 'a b', matchType: 'PHRASE' } },
  ]);
  const open = { ...spec, ageMin: 18, ageMax: 65, keywords: [] };
  expect(toMade({ ...base, kind: 'ad_set', spec: open as unknown as AdSetSpec, parents: { campaign: '7' } }, '1').criteria).toEqual([]);
});

test('what the platform has no word for is refused before anything is sent, and the others of the call are made', async () => {
  const tree = planTree(kit(searchPlan({ adSets: 1, concepts: 1 })));
  const [call] = callsOf(googleAds, tree, 'campaign');
  const request = tree.request(call?.[0] as never);
  const stranger = { ...request, spec: { ...(request.spec as CampaignSpec), locale: 'xx_XX' } };
  const told = await googleAds.objects.create(session(), [stranger, request]);
  expect(told[0]).toMatchObject({ failure: 'refused', detail: { code: 'unknown_language' } });
  expect(told[1]).toMatchObject({ externalId: expect.stringMatching(/^\d+$/) });
});

test('one wrong ad of many: it is refused by name, the rest say they may come again at once, and nothing was made', async () => {
  const tree = await build(searchPlan({ adSets: 1, concepts: 1 }));
  const { request } = first(tree, 'ad');
  const before = sandbox.googleAds.objects().length;
  const ad = (n: number, linkUrl = 'https://example.com/offer'): CreateRequest => ({
    ...request,
    clientToken: `012345678${n}ABC`,
    spec: { ...(request.spec as AdSpec), creative: { ...((request.spec as AdSpec).creative as CreativeSpec), linkUrl } },
  });
  const told = await googleAds.objects.create(session(), [ad(1), ad(2, 'ftp://example.com'), ad(3)]);
  expect(told.map((one) => (one instanceof PlatformError ? [one.failure, one.detail.retryAfterSeconds] : one))).toEqual([
    ['throttled', 0],
    ['refused', undefined],
    ['throttled', 0],
  ]);
  expect((told[1] as PlatformError).detail).toMatchObject({
    code: 'urlFieldError.INVALID_PROTOCOL_IN_FINAL_URL',
    field: 'create.ad.final_urls',
  });
  expect(sandbox.googleAds.objects().length).toBe(before);
  expect(calls.filter((one) => one.path.endsWith('googleAds:mutate')).at(-1)?.body.mutateOperations).toHaveLength(3);
});

test('a name that is taken means it is there already: unclear, to be found; the others of the call may come again', async () => {
  const tree = await build(searchPlan({ adSets: 2, concepts: 1 }));
  const rows = objectsOf(tree, 'ad_set').map(({ row }) => tree.request(row));
  const fresh = { ...(rows[1] as CreateRequest), name: 'Another ·0123456789ABD', clientToken: '0123456789ABD' };
  const told = await googleAds.objects.create(session(), [rows[0] as CreateRequest, fresh]);
  expect(told[0]).toMatchObject({ failure: 'unknown', detail: { code: 'adGroupError.DUPLICATE_ADGROUP_NAME' } });
  expect(told[1]).toMatchObject({ failure: 'throttled', detail: { retryAfterSeconds: 0 } });
});

test('the platform’s own check makes nothing and names what is wrong', async () => {
  const tree = await build(searchPlan({ adSets: 1, concepts: 1 }));
  const { request } = first(tree, 'campaign');
  const before = sandbox.googleAds.objects().length;
  const named = { ...request, name: 'Checked ·0123456789ABE' };
  expect(await googleAds.objects.validate?.(session(), named)).toBe('accepted');
  const noon = { ...named, spec: { ...(request.spec as CampaignSpec), startTime: '2030-01-01T12:00:00Z' } };
  await expect(googleAds.objects.validate?.(session(), noon)).rejects.toMatchObject({
    failure: 'refused',
    detail: { field: 'create.start_date_time' },
  });
  expect(await googleAds.objects.validate?.(session(), { ...first(tree, 'ad_set').request, parents: {} })).toBe('not_checkable');
  expect(await googleAds.objects.validate?.(session(), { ...first(tree, 'ad_set').request, name: 'Checked, too' })).toBe('accepted');
  expect(await googleAds.objects.validate?.(session(), first(tree, 'ad').request)).toBe('accepted');
  expect(sandbox.googleAds.objects().length).toBe(before);
});

test('of many status changes each stands for itself; one that is swallowed is seen by reading back', async () => {
  const tree = await build(searchPlan({ adSets: 2, concepts: 1 }));
  const [one, other] = objectsOf(tree, 'ad_set');
  const gone = { kind: 'ad_set' as const, externalId: '999999999999' };
  const lost = { kind: 'ad' as const, externalId: '999999999998' };
  const told = await googleAds.objects.setStatusMany(
    session(),
    [one, gone, lost, other].filter((each) => each !== undefined),
    'active',
  );
  expect([...told].map(([id, answer]) => [id, answer instanceof PlatformError ? answer.failure : answer])).toEqual([
    [lost.externalId, 'missing'],
    [one?.externalId, true],
    [gone.externalId, 'missing'],
    [other?.externalId, true],
  ]);
  sandbox.setFaults({ ...noFaults(2), statusIgnored: { p: 1, silent: true } });
  await googleAds.objects.setStatus(session(), 'ad_set', one?.externalId ?? '', 'paused');
  expect((await read('ad_set', one?.externalId ?? '')).status).toEqual({ unified: 'active', raw: 'ENABLED' });
  sandbox.setFaults(noFaults());
  await googleAds.objects.setStatus(session(), 'ad_set', one?.externalId ?? '', 'archived');
  await googleAds.objects.setStatus(session(), 'ad_set', one?.externalId ?? '', 'archived');
  expect((await read('ad_set', one?.externalId ?? '')).status.unified).toBe('deleted');
});

test('every field we set is compared: a changed one is drift, the platform’s own spelling is not', async () => {
  const { plan } = demandGenPlan({ adSets: 1, concepts: 1 }, await uploadLogo(session()));
  const tree = await build(plan);
  const drifted = async (kind: 'campaign' | 'ad_set' | 'ad', change: (fields: Record<string, any>) => Record<string, unknown>) => {
    const { request, externalId } = first(tree, kind);
    const before = structuredClone(fieldsOf(externalId));
    sandbox.googleAds.editNatively(nameOf(externalId), change(structuredClone(before)));
    const found = googleAds.objects.compare(request, await read(kind, externalId)).map((drift) => drift.field);
    sandbox.googleAds.editNatively(nameOf(externalId), before);
    expect(googleAds.objects.compare(request, await read(kind, externalId))).toEqual([]);
    return found;
  };
  expect(await drifted('campaign', () => ({ name: 'B' }))).toEqual(['name']);
  expect(await drifted('campaign', () => ({ containsEuPoliticalAdvertising: 'CONTAINS_EU_POLITICAL_ADVERTISING' }))).toEqual([
    'containsEuPoliticalAdvertising',
  ]);
  expect(await drifted('campaign', () => ({ biddingStrategyType: 'TARGET_SPEND' }))).toEqual(['bidding']);
  expect(await drifted('campaign', () => ({ maximizeConversions: { targetCpaMicros: '5000000' } }))).toEqual(['targetCpaMicros']);
  expect(await drifted('campaign', () => ({ maximizeConversions: { targetCpaMicros: '0' } }))).toEqual([]);
  expect(await drifted('ad_set', () => ({ optimizedTargetingEnabled: true }))).toEqual(['optimizedTargetingEnabled']);
  const content = (change: Record<string, unknown>) => (fields: Record<string, any>) => ({
    ad: { ...fields['ad'], demandGenMultiAssetAd: { ...fields['ad'].demandGenMultiAssetAd, ...change } },
  });
  expect(await drifted('ad', content({ businessName: 'Southwind' }))).toEqual(['businessName']);
  expect(await drifted('ad', content({ callToActionText: 'Buy' }))).toEqual(['callToActionText']);
  expect(await drifted('ad', content({ logoImages: [] }))).toEqual(['logoImages']);
  expect(await drifted('ad', content({ squareMarketingImages: [{ asset: 'customers/1/assets/5' }] }))).toEqual(['squareMarketingImages']);
  expect(await drifted('ad', content({ marketingImages: [{ asset: 'customers/1/assets/5' }] }))).toEqual(['marketingImages']);
  expect(await drifted('ad', content({ headlines: [{ text: 'Other' }] }))).toEqual(['headlines']);
  expect(await drifted('ad', content({ descriptions: [{ text: 'Other' }] }))).toEqual(['descriptions']);
  expect(await drifted('ad', (fields) => ({ ad: { ...fields['ad'], finalUrls: ['https://example.com/other'] } }))).toEqual(['finalUrls']);
  expect(await drifted('ad', (fields) => ({ ad: { ...fields['ad'], finalUrlSuffix: 'utm_source=google' } }))).toEqual(['finalUrlSuffix']);
  expect(
    await drifted('ad', (fields) => ({
      ad: {
        ...fields['ad'],
        demandGenMultiAssetAd: {
          ...fields['ad'].demandGenMultiAssetAd,
          headlines: fields['ad'].demandGenMultiAssetAd.headlines.toReversed(),
        },
      },
    })),
  ).toEqual([]);
  expect(
    await drifted('ad', () => ({
      adGroupAdAssetAutomationSettings: [{ assetAutomationType: 'GENERATE_VERTICAL_YOUTUBE_VIDEOS', assetAutomationStatus: 'OPTED_IN' }],
    })),
  ).toEqual(['automation']);
});

test('places, languages, ages, words and the budget are read back, too: each that is changed is drift', async () => {
  const tree = await build(searchPlan({ adSets: 1, concepts: 1 }));
  const campaign = first(tree, 'campaign');
  const adSet = first(tree, 'ad_set');
  const built = await read('campaign', campaign.externalId);
  const group = await read('ad_set', adSet.externalId);
  const without = (found: AsBuilt, part: string): AsBuilt => ({
    ...found,
    fields: { ...found.fields, criteria: (found.fields['criteria'] as Record<string, unknown>[]).filter((one) => one[part] === undefined) },
  });
  const drift = (request: CreateRequest, found: AsBuilt) => googleAds.objects.compare(request, found).map((one) => one.field);
  expect(drift(campaign.request, without(built, 'location'))).toEqual(['locations']);
  expect(drift(campaign.request, without(built, 'language'))).toEqual(['languages']);
  expect(drift(adSet.request, without(group, 'ageRange'))).toEqual(['excludedAges']);
  expect(drift(adSet.request, without(group, 'keyword'))).toEqual(['keywords']);
  expect(drift(campaign.request, { ...built, fields: { ...built.fields, campaignBudget: { amountMicros: '1' } } })).toEqual([
    'budget.amountMicros',
    'budget.deliveryMethod',
    'budget.explicitlyShared',
  ]);
  sandbox.googleAds.editNatively(nameOf(campaign.externalId), { networkSettings: { targetGoogleSearch: true, targetSearchNetwork: true } });
  expect(drift(campaign.request, await read('campaign', campaign.externalId))).toContain('networks.targetSearchNetwork');
});

test('criteria that the search does not show yet are no drift: the object cannot be read yet', async () => {
  sandbox.setFaults({ ...noFaults(), searchLagMs: 1_500 });
  const tree = await build(searchPlan({ adSets: 1, concepts: 1 }));
  const { externalId, request } = first(tree, 'ad_set');
  const early = (await googleAds.objects.readMany(session(), [{ kind: 'ad_set', externalId }])).get(externalId);
  expect(early).toMatchObject({ failure: 'unknown' });
  await expect
    .poll(
      async () => (await googleAds.objects.readMany(session(), [{ kind: 'ad_set', externalId }])).get(externalId) instanceof PlatformError,
      {
        timeout: 4_000,
      },
    )
    .toBe(false);
  expect(googleAds.objects.compare(request, await read('ad_set', externalId))).toEqual([]);
});

test('words of a status that nobody knows are kept', () => {
  expect(ownStatus('FROZEN')).toEqual({ unified: 'other', raw: 'FROZEN' });
  expect(ownStatus(undefined)).toEqual({ unified: 'other', raw: 'UNKNOWN' });
  expect(effectiveStatus({ primaryStatus: 'HIBERNATING', status: 'ENABLED' })).toEqual({ unified: 'other', raw: 'HIBERNATING' });
  expect(effectiveStatus({ primaryStatus: 'NOT_ELIGIBLE', policySummary: { approvalStatus: 'DISAPPROVED' } }).unified).toBe('rejected');
  expect(effectiveStatus({ status: 'PAUSED' })).toEqual({ unified: 'paused', raw: 'PAUSED' });
});
