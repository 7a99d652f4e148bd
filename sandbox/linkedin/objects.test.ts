import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { FACET_PREFIX } from './targeting-entities.ts';
import {
  ACCOUNT,
  ACCOUNT_URN,
  campaign,
  encoded,
  group,
  inlineCreative,
  makeTree,
  openLinkedin,
  post,
  type RestAnswer,
  type RestClient,
} from './testing/rest-client.ts';
import { DEFAULT_SETTINGS } from './world.ts';

let rest: RestClient;
let groupId: string;
beforeAll(async () => {
  rest = openLinkedin();
  groupId = (await rest.post(`${ACCOUNT}/adCampaignGroups`, group())).id;
});
beforeEach(() => {
  Object.assign(rest.sandbox.linkedin.settings, DEFAULT_SETTINGS, { nextReviews: [] });
});
afterAll(() => rest.sandbox.close());

const newCampaign = (more?: Record<string, unknown>): Promise<RestAnswer> => rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId, more));
const problems = (answer: RestAnswer): string[] =>
  (answer.body.errorDetails?.inputErrors ?? []).map((one) => `${one.code} ${one.input.inputPath.fieldPath}`);

test('a create answers 201 with an empty body and the id in a header; a read shows defaults and serving states', async () => {
  const answer = await newCampaign();
  expect([answer.status, answer.body]).toEqual([201, {}]);
  expect(answer.id).toMatch(/^5\d{14}$/);
  expect((await rest.get(`${ACCOUNT}/adCampaigns/${answer.id}`)).body).toMatchObject({
    id: Number(answer.id),
    account: ACCOUNT_URN,
    status: 'PAUSED',
    dailyBudget: { amount: '50.00', currencyCode: 'EUR' },
    creativeSelection: 'OPTIMIZED',
    optimizationTargetType: 'NONE',
    servingStatuses: expect.arrayContaining(['STOPPED']),
    changeAuditStamps: { created: { time: expect.any(Number) } },
  });
});

test.each([
  ['account', 'MISSING_FIELD account'],
  ['campaignGroup', 'MISSING_FIELD campaignGroup'],
  ['name', 'MISSING_FIELD name'],
  ['type', 'MISSING_FIELD type'],
  ['costType', 'MISSING_FIELD costType'],
  ['unitCost', 'MISSING_FIELD unitCost'],
  ['locale', 'MISSING_FIELD locale'],
  ['objectiveType', 'MISSING_FIELD objectiveType'],
  ['runSchedule', 'MISSING_FIELD runSchedule'],
  ['targetingCriteria', 'MISSING_FIELD targetingCriteria'],
  ['dailyBudget', 'MISSING_FIELD dailyBudget'],
  ['politicalIntent', 'MISSING_FIELD politicalIntent'],
  ['offsiteDeliveryEnabled', 'MISSING_FIELD offsiteDeliveryEnabled'],
  ['status', 'MISSING_FIELD status'],
])('a campaign without %s is refused by name and not made', async (field, problem) => {
  const before = rest.sandbox.linkedin.objects().length;
  const answer = await newCampaign({ [field]: undefined });
  expect([answer.status, answer.body.code, problems(answer)]).toEqual([400, 'MISSING_FIELD', [problem]]);
  expect(rest.sandbox.linkedin.objects()).toHaveLength(before);
});

const places = (entities: unknown[]): unknown => ({ include: { and: [{ or: { [`${FACET_PREFIX}locations`]: entities } }] } });

test.each<[Record<string, unknown>, string]>([
  [{ name: ' ' }, 'INVALID_VALUE_BLANK_FIELD name'],
  [{ name: 'x'.repeat(256) }, 'FIELD_LENGTH_TOO_LONG name'],
  [{ type: 'BANNER' }, 'INVALID_VALUE_FOR_FIELD type'],
  [{ objectiveType: 'CLICKS' }, 'INVALID_VALUE_FOR_FIELD objectiveType'],
  [{ status: 'ARCHIVED' }, 'STATUS_CHANGE_NOT_ALLOWED status'],
  [{ account: 'urn:li:sponsoredAccount:1' }, 'MISMATCH_FIELDS account'],
  [{ campaignGroup: 'urn:li:sponsoredCampaignGroup:1' }, 'FIELD_VALUE_DOES_NOT_EXIST campaignGroup'],
  [{ dailyBudget: { amount: 50, currencyCode: 'EUR' } }, 'INVALID_VALUE_FOR_FIELD dailyBudget/amount'],
  [{ dailyBudget: { amount: '50.00', currencyCode: 'USD' } }, 'CURRENCY_MISMATCH dailyBudget/currencyCode'],
  [{ dailyBudget: { amount: '9.99', currencyCode: 'EUR' } }, 'FIELD_VALUE_TOO_LOW dailyBudget'],
  [{ dailyBudget: undefined, totalBudget: { amount: '500.00', currencyCode: 'EUR' } }, 'CONDITIONAL_MISSING_FIELD runSchedule/end'],
  [{ unitCost: { amount: '0', currencyCode: 'EUR' } }, 'FIELD_VALUE_TOO_LOW unitCost'],
  [{ runSchedule: { start: 1 } }, 'DATE_TOO_EARLY runSchedule/start'],
  [{ runSchedule: { start: Date.now(), end: Date.now() - 1 } }, 'START_DATE_AFTER_END_DATE runSchedule/end'],
  [{ costType: 'CPV' }, 'INVALID_CAMPAIGN_CONFIGURATION objectiveType'],
  [{ targetingCriteria: { include: { and: [] } } }, 'INVALID_VALUE_FOR_FIELD targetingCriteria/include'],
  [
    { targetingCriteria: places(['urn:li:geo:1']) },
    `FIELD_VALUE_DOES_NOT_EXIST targetingCriteria/include/and/0/or/${FACET_PREFIX}locations`,
  ],
  [{ targetingCriteria: places([]) }, `MISSING_FIELD targetingCriteria/include/${FACET_PREFIX}locations`],
])('a campaign with %o is refused with %s', async (more, problem) => {
  const answer = await newCampaign(more);
  expect([answer.status, problems(answer)]).toEqual([400, [problem]]);
});

test('several wrong fields are named at once; an unknown field is not permitted', async () => {
  const answer = await newCampaign({ name: undefined, politicalIntent: undefined });
  expect(answer.body.code).toBe('MULTIPLE_VALIDATIONS_FAILED');
  expect(problems(answer)).toEqual(['MISSING_FIELD name', 'MISSING_FIELD politicalIntent']);
  const unknown = await newCampaign({ colour: 'red' });
  expect([unknown.status, unknown.body.code]).toEqual([403, undefined]);
});

test('segments must exist in the account and be large enough; a facet value may not be in both halves', async () => {
  const withSegment = (id: string): unknown => ({
    include: {
      and: [
        { or: { [`${FACET_PREFIX}locations`]: ['urn:li:geo:105015875'] } },
        { or: { [`${FACET_PREFIX}audienceMatchingSegments`]: [`urn:li:adSegment:${id}`] } },
      ],
    },
  });
  expect((await newCampaign({ targetingCriteria: withSegment(DEMO_IDS.adSegment) })).status).toBe(201);
  expect((await newCampaign({ targetingCriteria: withSegment(DEMO_IDS.smallAdSegment) })).body.code).toBe('AUDIENCE_SIZE_TOO_SMALL');
  expect((await newCampaign({ targetingCriteria: withSegment('1') })).body.code).toBe('FIELD_VALUE_DOES_NOT_EXIST');
  const both = {
    ...(places(['urn:li:geo:105015875']) as object),
    exclude: { or: { [`${FACET_PREFIX}locations`]: ['urn:li:geo:105015875'] } },
  };
  expect((await newCampaign({ targetingCriteria: both })).body.code).toBe('FIELD_CANNOT_BE_BOTH_IN_INCLUDED_AND_EXCLUDED_TARGETING');
});

test('both spellings of an objective are taken and answered as sent', async () => {
  for (const objectiveType of ['WEBSITE_VISITS', 'WEBSITE_VISIT']) {
    const { id } = await newCampaign({ objectiveType });
    expect((await rest.get(`${ACCOUNT}/adCampaigns/${id}`)).body['objectiveType']).toBe(objectiveType);
  }
});

test('a draft group takes drafts only, and refuses PAUSED at birth when the switch says so', async () => {
  const draft = (await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ status: 'DRAFT' }))).id;
  const path = `${ACCOUNT}/adCampaigns`;
  expect((await rest.post(path, campaign(draft))).body.code).toBe('ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS');
  expect((await rest.post(path, campaign(draft, { status: 'DRAFT' }))).status).toBe(201);
  expect((await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ status: 'PAUSED' }))).status).toBe(201);
  rest.sandbox.linkedin.settings.groupsOnlyActiveOrDraft = true;
  expect((await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ status: 'PAUSED' }))).status).toBe(400);
});

test('a status is a set; drafts cannot come back; deleted and canceled stay so', async () => {
  const { id } = await newCampaign({ status: 'DRAFT' });
  const path = `${ACCOUNT}/adCampaigns/${id}`;
  for (const status of ['PAUSED', 'PAUSED', 'ACTIVE']) {
    const answer = await rest.patch(path, { status });
    expect([answer.status, answer.body]).toEqual([204, {}]);
  }
  expect((await rest.patch(path, { status: 'DRAFT' })).body.code).toBe('STATUS_CHANGE_NOT_ALLOWED');
  expect((await rest.del(path)).body.code).toBe('DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS');
  rest.sandbox.linkedin.settings.deletionMs = 0;
  expect((await rest.patch(path, { status: 'PENDING_DELETION' })).status).toBe(204);
  expect((await rest.get(path)).body['status']).toBe('REMOVED');
  expect((await rest.patch(path, { status: 'ACTIVE' })).body.code).toBe('STATUS_CHANGE_NOT_ALLOWED');
  const other = `${ACCOUNT}/adCampaigns/${(await newCampaign()).id}`;
  await rest.patch(other, { status: 'CANCELED' });
  expect((await rest.patch(other, { status: 'ACTIVE' })).body.code).toBe('ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS');
});

test('a draft is deleted for good; what is fixed outside draft does not change', async () => {
  const draft = `${ACCOUNT}/adCampaigns/${(await newCampaign({ status: 'DRAFT' })).id}`;
  expect((await rest.patch(draft, { objectiveType: 'BRAND_AWARENESS' })).status).toBe(204);
  expect((await rest.del(draft)).status).toBe(204);
  expect([(await rest.get(draft)).status, (await rest.get(draft)).body.code]).toEqual([404, 'NOT_FOUND']);
  const path = `${ACCOUNT}/adCampaigns/${(await newCampaign()).id}`;
  expect((await rest.patch(path, { objectiveType: 'BRAND_AWARENESS' })).body.code).toBe('IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE');
  expect((await rest.patch(path, { type: 'TEXT_AD' })).body.code).toBe('FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS');
  expect((await rest.post(path, { patch: { $delete: ['dailyBudget'] } }, 'PARTIAL_UPDATE')).body.code).toBe('MISSING_FIELD');
  const end = Date.now() + 9_999_999;
  expect((await rest.post(path, { patch: { runSchedule: { $set: { end } } } }, 'partial_update')).status).toBe(204);
  expect((await rest.get(path)).body['runSchedule']).toMatchObject({ end });
});

test('a creative is made inline with its post, is reviewed, and serves only when everything above it does', async () => {
  const tree = await makeTree(rest, 'serving');
  expect(tree.creative).toMatch(/^urn:li:sponsoredCreative:\d+$/);
  const path = `${ACCOUNT}/creatives/${encoded(tree.creative)}`;
  const fresh = (await rest.get(path)).body;
  expect(fresh).toMatchObject({
    id: tree.creative,
    isServing: false,
    review: { status: 'PENDING' },
    content: { reference: expect.stringMatching(/^urn:li:share:/) },
  });
  expect(fresh['servingHoldReasons']).toEqual(['STOPPED', 'CAMPAIGN_STOPPED', 'UNDER_REVIEW']);
  rest.sandbox.linkedin.settings.reviewMs = 0;
  await rest.patch(path, { intendedStatus: 'ACTIVE' });
  await rest.patch(`${ACCOUNT}/adCampaigns/${tree.campaign}`, { status: 'ACTIVE', runSchedule: { start: Date.now() - 1000 } });
  await rest.patch(`${ACCOUNT}/adCampaignGroups/${tree.group}`, { runSchedule: { start: Date.now() - 1000 } });
  expect((await rest.get(path)).body).toMatchObject({ isServing: true, review: { status: 'APPROVED' } });
  expect(rest.sandbox.linkedin.adsByToken('serving')).toEqual([expect.objectContaining({ kind: 'ad', canSpend: true })]);
  const share = (fresh['content'] as { reference: string }).reference;
  expect((await rest.get(`posts/${encoded(share)}`)).body).toMatchObject({ id: share, commentary: 'Fresh beans' });
});

test('errors of creatives say only message, service code and status; nothing is left behind', async () => {
  const { id } = await newCampaign();
  const before = rest.sandbox.linkedin.objects().length;
  const inline = (more?: Record<string, unknown>): Promise<RestAnswer> =>
    rest.post(`${ACCOUNT}/creatives?action=createInline`, inlineCreative(id, more));
  const wrong: Record<string, unknown>[] = [
    { intendedStatus: undefined },
    { campaign: 'urn:li:sponsoredCampaign:1' },
    { inlineContent: {} },
    { inlineContent: { post: post({ author: 'urn:li:organization:1' }) } },
    { inlineContent: { post: post({ commentary: undefined }) } },
    { inlineContent: { post: post({ commentary: 'x'.repeat(3001) }) } },
    { inlineContent: { post: post({ contentCallToActionLabel: 'SHOUT' }) } },
    { inlineContent: { post: post({ contentLandingPage: 'here' }) } },
    { inlineContent: { post: post({ content: { media: { id: 'urn:li:image:none' } } }) } },
    { inlineContent: { post: post({ adContext: { dscAdAccount: 'urn:li:sponsoredAccount:500000002' } }) } },
    { leadgenCallToAction: { destination: 'urn:li:adForm:1', label: 'APPLY' } },
  ];
  for (const more of wrong) {
    const answer = await inline(more);
    expect([answer.status, Object.keys(answer.body)], JSON.stringify(more)).toEqual([400, ['message', 'status', 'serviceErrorCode']]);
  }
  expect((await inline({ colour: 'red' })).status).toBe(403);
  expect(rest.sandbox.linkedin.objects()).toHaveLength(before);
});

test('without a role on the page nobody posts for it, whatever the role in the ad account is', async () => {
  const { id } = await newCampaign();
  const path = `${ACCOUNT}/creatives?action=createInline`;
  const pageRole = `pageRole:urn:li:organization:${DEMO_IDS.organization}:${DEMO_IDS.member}`;
  rest.sandbox.linkedin.editNatively(pageRole, { role: 'ANALYST' });
  expect((await rest.post(path, inlineCreative(id))).status).toBe(403);
  rest.sandbox.linkedin.editNatively(pageRole, { role: 'DIRECT_SPONSORED_CONTENT_POSTER' });
  expect((await rest.post(path, inlineCreative(id))).status).toBe(201);
});

test('a campaign for leads needs the form of its account on every creative', async () => {
  const { id } = await newCampaign({ objectiveType: 'LEAD_GENERATION' });
  const path = `${ACCOUNT}/creatives?action=createInline`;
  expect((await rest.post(path, inlineCreative(id))).status).toBe(400);
  const leadgenCallToAction = { destination: `urn:li:adForm:${DEMO_IDS.form}`, label: 'SIGN_UP' };
  expect((await rest.post(path, inlineCreative(id, { leadgenCallToAction }))).status).toBe(201);
});

test('a creative may refer to a post that exists, and its format must be the campaign’s', async () => {
  const made = await rest.post('posts', post({ distribution: { feedDistribution: 'NONE' } }));
  expect([made.status, made.id]).toEqual([201, expect.stringMatching(/^urn:li:share:/)]);
  const { id } = await newCampaign();
  const creative = { campaign: `urn:li:sponsoredCampaign:${id}`, intendedStatus: 'DRAFT', content: { reference: made.id } };
  expect((await rest.post(`${ACCOUNT}/creatives`, creative)).status).toBe(201);
  expect((await rest.get(`${ACCOUNT}/adCampaigns/${id}`)).body['format']).toBe('STANDARD_UPDATE'); // the first one decides
  const video = await newCampaign({ format: 'SINGLE_VIDEO' });
  expect((await rest.post(`${ACCOUNT}/creatives`, { ...creative, campaign: `urn:li:sponsoredCampaign:${video.id}` })).status).toBe(400);
  expect((await rest.post(`${ACCOUNT}/creatives`, { ...creative, content: { reference: 'urn:li:share:1' } })).status).toBe(400);
  const text = await newCampaign({ type: 'TEXT_AD' });
  const textAd = { headline: 'Fresh beans', description: 'Roasted this week', landingPage: 'https://example.com/' };
  const inText = { ...creative, campaign: `urn:li:sponsoredCampaign:${text.id}` };
  expect((await rest.post(`${ACCOUNT}/creatives`, inText)).status).toBe(400);
  expect((await rest.post(`${ACCOUNT}/creatives`, { ...inText, content: { textAd } })).status).toBe(201);
  expect((await rest.post(`${ACCOUNT}/creatives`, { ...creative, content: { textAd } })).status).toBe(400);
});

test('structure limits: 15 active and 85 inactive creatives, campaigns per account and active at once', async () => {
  const { settings } = rest.sandbox.linkedin;
  settings.activeCreatives = 2;
  settings.inactiveCreatives = 1;
  const { id } = await newCampaign();
  const make = (intendedStatus: string): Promise<RestAnswer> =>
    rest.post(`${ACCOUNT}/creatives?action=createInline`, inlineCreative(id, { intendedStatus }));
  const paused = await make('PAUSED');
  expect([paused.status, (await make('PAUSED')).status]).toEqual([201, 400]);
  expect([(await make('ACTIVE')).status, (await make('ACTIVE')).status, (await make('ACTIVE')).status]).toEqual([201, 201, 400]);
  expect((await rest.patch(`${ACCOUNT}/creatives/${encoded(paused.id)}`, { intendedStatus: 'ACTIVE' })).status).toBe(400);
  settings.activeCreatives = 15;
  settings.creativesPerAccount = 1;
  expect((await make('ACTIVE')).status).toBe(400);
  settings.activeCampaignsPerAccount = 0;
  expect((await newCampaign({ status: 'ACTIVE' })).body.code).toBe('FIELD_VALUE_TOO_HIGH');
  settings.campaignsPerGroup = 1;
  expect((await newCampaign()).body.errorDetails?.inputErrors[0]?.input.inputPath.fieldPath).toBe('campaignGroup');
  settings.campaignsPerGroup = 2000;
  settings.campaignsPerAccount = 1;
  expect((await newCampaign()).body.code).toBe('FIELD_VALUE_TOO_HIGH');
  expect([DEFAULT_SETTINGS.activeCreatives, DEFAULT_SETTINGS.inactiveCreatives, DEFAULT_SETTINGS.campaignsPerAccount]).toEqual([
    15, 85, 5000,
  ]);
});

test('a closed account takes nothing new; a campaign for conversions runs only with one', async () => {
  rest.sandbox.linkedin.editNatively(`urn:li:sponsoredAccount:${DEMO_IDS.secondAccount}`, { status: 'CANCELED' });
  const other = { account: `urn:li:sponsoredAccount:${DEMO_IDS.secondAccount}` };
  expect((await rest.post(`adAccounts/${DEMO_IDS.secondAccount}/adCampaignGroups`, group(other))).body.code).toBe('FIELD_VALUE_NOT_ACTIVE');
  const { id } = await newCampaign({ objectiveType: 'WEBSITE_CONVERSIONS' });
  const path = `${ACCOUNT}/adCampaigns/${id}`;
  expect((await rest.patch(path, { status: 'ACTIVE' })).body.code).toBe('CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION');
  const key = `(campaign:${encoded(`urn:li:sponsoredCampaign:${id}`)},conversion:${encoded(`urn:lla:llaPartnerConversion:${DEMO_IDS.conversion}`)})`;
  expect((await rest.tryCall('PUT', `campaignConversions/${key}`, { body: {} }))?.status).toBe(204);
  expect((await rest.patch(path, { status: 'ACTIVE' })).status).toBe(204);
  const below = (campaign: string): string =>
    `campaignConversions?q=campaigns&campaigns=List(${encoded(`urn:li:sponsoredCampaign:${campaign}`)})`;
  expect((await rest.get(below(id))).body.elements).toMatchObject([{ conversion: `urn:lla:llaPartnerConversion:${DEMO_IDS.conversion}` }]);
  expect([(await rest.get(below((await newCampaign()).id))).body.elements, (await rest.get(below('1'))).status]).toEqual([[], 404]);
});

test('a campaign carries its dynamic tracking: set whole, read back, taken away', async () => {
  const { id } = await newCampaign();
  const path = `adTrackingParameters/(adEntity:(sponsoredCampaign:${encoded(`urn:li:sponsoredCampaign:${id}`)}))`;
  const set = async (body: unknown, version?: string): Promise<unknown> =>
    (await rest.tryCall('PUT', path, { body, ...(version === undefined ? {} : { headers: { 'linkedin-version': version } }) }))?.status;
  expect((await rest.get(path)).status).toBe(404);
  const dynamicValueParameters = { utm_campaign: 'CAMPAIGN_ID', utm_content: 'CREATIVE_NAME' };
  const customValueParameters = { utm_source: 'linkedin' };
  expect(await set({ dynamicValueParameters, customValueParameters })).toBe(204);
  expect((await rest.get(path)).body).toEqual({
    adEntity: { sponsoredCampaign: `urn:li:sponsoredCampaign:${id}` },
    dynamicValueParameters,
    customValueParameters,
  });
  expect(rest.sandbox.linkedin.objects().find((one) => one.id === id)?.fields['tracking']).toMatchObject({ customValueParameters });
  expect(await set({ dynamicValueParameters }, '202603')).toBe(400); // the word came later
  expect(await set({ dynamicValueParameters: { utm_campaign: 'campaignId' } })).toBe(400);
  expect(await set({ dynamicValueParameters, customValueParameters: { utm_campaign: 'x' } })).toBe(400);
  expect(await set({ customValueParameters: { 'a b': 'x' } })).toBe(400);
  expect([(await rest.del(path)).status, (await rest.del(path)).status]).toEqual([204, 404]);
});

test('what a person edits or deletes natively is what the API answers', async () => {
  const tree = await makeTree(rest, 'native');
  rest.sandbox.linkedin.editNatively(tree.campaign, { dailyBudget: { amount: '90.00', currencyCode: 'EUR' } });
  expect((await rest.get(`${ACCOUNT}/adCampaigns/${tree.campaign}`)).body['dailyBudget']).toMatchObject({ amount: '90.00' });
  rest.sandbox.linkedin.deleteNatively(tree.creative);
  expect((await rest.get(`${ACCOUNT}/creatives/${encoded(tree.creative)}`)).status).toBe(404);
});
