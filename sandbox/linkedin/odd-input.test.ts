import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_IDS } from './index.ts';
import { HANDLERS } from './routes.ts';
import {
  ACCOUNT,
  ACCOUNT_URN,
  campaign,
  encoded,
  group,
  inlineCreative,
  makeTree,
  openLinkedin,
  ORGANIZATION,
  post,
  type RestClient,
} from './testing/rest-client.ts';

let rest: RestClient;
let tree: Awaited<ReturnType<typeof makeTree>>;
beforeAll(async () => {
  rest = openLinkedin({ demo: true });
  tree = await makeTree(rest, 'odd');
});
afterAll(() => rest.sandbox.close());

const ODD: unknown[] = [null, 7, '', 'urn:li:share:1', true, [], {}, [null]];

/** Every way to put one odd thing into a body, at any depth. */
function* odd(value: unknown): Generator<unknown> {
  yield* ODD;
  if (Array.isArray(value)) {
    for (const [place, inner] of value.entries()) for (const one of odd(inner)) yield value.with(place, one);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) for (const one of odd(inner)) yield { ...value, [name]: one };
  }
}

const leadCampaign = (): Record<string, unknown> =>
  campaign(tree.group, { objectiveType: 'LEAD_GENERATION', totalBudget: { amount: '900.00', currencyCode: 'EUR' } });

test.each<[string, () => unknown, string?]>([
  [`${ACCOUNT}/adCampaignGroups`, group],
  [`${ACCOUNT}/adCampaigns`, leadCampaign],
  [`${ACCOUNT}/adCampaignGroups`, () => ({ elements: [{ ...group(), name: 'x' }] }), 'BATCH_CREATE'],
  [
    `${ACCOUNT}/adCampaigns/710000001`,
    () => ({ patch: { $set: { name: 'x', status: 'PAUSED' }, runSchedule: { $set: { end: 1 } }, $delete: ['format'] } }),
    'PARTIAL_UPDATE',
  ],
  [
    `${ACCOUNT}/adCampaigns?ids=List(710000001)`,
    () => ({ entities: { '710000001': { patch: { $set: { name: 'x' } } } } }),
    'BATCH_PARTIAL_UPDATE',
  ],
  [
    `${ACCOUNT}/creatives`,
    () => ({ campaign: 'urn:li:sponsoredCampaign:710000001', intendedStatus: 'DRAFT', content: { textAd: { headline: 'x' } } }),
  ],
  [
    `${ACCOUNT}/creatives?action=createInline`,
    () => inlineCreative(tree.campaign, { leadgenCallToAction: { destination: `urn:li:adForm:${DEMO_IDS.form}`, label: 'APPLY' } }),
  ],
  [
    'posts',
    () => post({ distribution: {}, content: { carousel: { cards: [{ media: { id: 'urn:li:image:1' } }, { landingPage: 'x' }] } } }),
  ],
  [
    'images?action=initializeUpload',
    () => ({ initializeUploadRequest: { owner: ORGANIZATION, mediaLibraryMetadata: { associatedAccount: ACCOUNT_URN } } }),
  ],
  ['videos?action=initializeUpload', () => ({ initializeUploadRequest: { owner: ORGANIZATION, fileSizeBytes: 10 } })],
  [
    'videos?action=finalizeUpload',
    () => ({ finalizeUploadRequest: { video: 'urn:li:video:1', uploadToken: 'x', uploadedPartIds: ['x'] } }),
  ],
  ['conversions', () => ({ name: 'x', account: ACCOUNT_URN, type: 'LEAD' })],
  [
    'conversionEvents',
    () => ({
      conversion: `urn:lla:llaPartnerConversion:${DEMO_IDS.conversion}`,
      conversionHappenedAt: Date.now(),
      conversionValue: { currencyCode: 'EUR', amount: '1' },
      eventId: 'x',
      user: { userIds: [{ idType: 'GOOGLE_AID', idValue: 'x' }], userInfo: {} },
    }),
  ],
  ['dmpSegments', () => ({ name: 'x', account: ACCOUNT_URN, type: 'USER', sourcePlatform: 'x' })],
  [`dmpSegments/${DEMO_IDS.segment}/users`, () => ({ elements: [{ action: 'ADD', userIds: [{}] }] }), 'BATCH_CREATE'],
  ['leadNotifications', () => ({ webhook: 'http://127.0.0.1:9/', owner: { sponsoredAccount: ACCOUNT_URN }, leadType: 'SPONSORED' })],
  ['adAccounts', () => ({ name: 'x', currency: 'EUR', type: 'BUSINESS' })],
])('POST %s: whatever is odd in a body gets the platform’s own refusal, never ours', async (path, valid, as) => {
  for (const body of odd(valid())) {
    const answer = await rest.post(path, body, as);
    expect(answer.status, JSON.stringify(body)).toBeLessThan(500);
  }
});

/** Keys that exist, keys that do not, and keys of the wrong kind. */
const KEYS = [DEMO_IDS.account, encoded('urn:li:share:1'), '(campaign:a,conversion:b)', 'List(a)', "''", '(', '%zz', encoded(ACCOUNT_URN)];
const VALUES = ['x', 'List(a)', 'List((a:b))', '(a:b)', '(start:(year:x))', '(include:(and:x))', '(values:(a:b))', '-1', '%28'];

/** A good question per finder, so that one odd part of it is looked at by the finder itself. */
const owner = `owner=(sponsoredAccount:${encoded(ACCOUNT_URN)})`;
const account = `account=${encoded(ACCOUNT_URN)}`;
const facet = `facet=${encoded('urn:li:adTargetingFacet:locations')}`;
const day = '(year:2026,month:11,day:1)';
const report = `timeGranularity=ALL&dateRange=(start:${day})&accounts=List(${encoded(ACCOUNT_URN)})&fields=impressions`;
const QUESTIONS: Record<string, string[]> = {
  'search adAccounts': ['search=(id:(values:List(1)))', 'sortOrder=ASCENDING', 'pageSize=1', 'pageToken='],
  'search adAccounts/{}/adCampaigns': ['search=(name:(values:List(1)))'],
  'criteria adAccounts/{}/creatives': ['campaigns=List(a)', 'creatives=List(a)', 'intendedStatuses=List(a)'],
  'authenticatedUser adAccountUsers': ['start=0', 'count=1'],
  'accounts adAccountUsers': [`accounts=${encoded(ACCOUNT_URN)}`],
  'dscAdAccount posts': [`dscAdAccount=${encoded(ACCOUNT_URN)}`],
  'analytics adAnalytics': [...report.split('&'), 'pivot=CREATIVE', 'campaignType=TEXT_AD'],
  'statistics adAnalytics': [...report.split('&'), 'pivots=List(CREATIVE)'],
  'account dmpSegments': [account],
  'typeahead adTargetingEntities': [facet, 'query=united'],
  'urns adTargetingEntities': ['urns=List(a)'],
  'targetingCriteriaV2 audienceCounts': ['targetingCriteria=(include:(and:List()))'],
  'criteria adBudgetPricing': [account, 'campaignType=TEXT_AD', 'bidType=CPM'],
  'account conversions': [account],
  'owner leadForms': [owner],
  'owner leadFormResponses': [owner, 'leadType=(leadType:SPONSORED)', 'submittedAtTimeRange=(start:1)', 'versionedLeadGenFormUrn=x'],
  'criteria leadNotifications': [owner],
};

test.each(Object.entries(QUESTIONS))('finder %s: an odd parameter gets a refusal or an honest answer', async (name, parts) => {
  const [finder = '', pattern = ''] = name.split(' ');
  const path = `${pattern.replaceAll('{}', DEMO_IDS.account)}?q=${finder}`;
  expect((await rest.get(`${path}&${parts.join('&')}`.replace('&pageToken=', ''))).status).toBe(200);
  for (const [place, part] of parts.entries()) {
    for (const value of ['', ...VALUES]) {
      const query = parts.with(place, `${part.slice(0, part.indexOf('='))}=${value}`).join('&');
      expect((await rest.get(`${path}&${query}`)).status, query).toBeLessThan(500);
    }
  }
});

test('odd keys of a path and odd lists of ids are refused or not found', async () => {
  for (const route of Object.keys(HANDLERS)) {
    const [operation = '', pattern = ''] = route.split(' ');
    const method = { GET: 'GET', BATCH_GET: 'GET', DELETE: 'DELETE', UPDATE: 'PUT' }[operation];
    if (method === undefined) continue;
    for (const key of KEYS) {
      const ids = operation === 'BATCH_GET' ? `?ids=${key.startsWith('List') ? key : `List(${key})`}` : '';
      // The account stays good, so that the last key is the odd one.
      const path = pattern.replace('adAccounts/{}/', `${ACCOUNT}/`).replaceAll('{}', key) + ids;
      const answer = await rest.tryCall(method, path, method === 'PUT' ? { body: {} } : {});
      expect(answer?.status, `${method} ${path}`).toBeLessThan(500);
    }
  }
});
