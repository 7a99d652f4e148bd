import type { InsightBook } from '../core/insight-book.ts';
import { seededSequence } from '../core/seeded.ts';
import type { LiKind, LiObject, LiStore } from './store.ts';
import { FACET_PREFIX } from './targeting-entities.ts';
import { urnOf } from './urn.ts';

/** Ids that exist in every sandbox, whatever the seed. */
export const DEMO_IDS = {
  member: 'SbxMember1',
  account: '500000001',
  secondAccount: '500000002',
  disabledAccount: '500000003',
  organization: '2000001',
  secondOrganization: '2000002',
  form: '6000001',
  conversion: '8100001',
  insightTag: '8200001',
  /** Matched audience, ready; what targeting names is `adSegment`. */
  segment: '8300001',
  adSegment: '8310001',
  smallAdSegment: '8310003',
  group: '700000001',
  campaign: '710000001',
  creative: '720000001',
  image: 'C4E10AQdemo1',
} as const;

const FROM = Date.parse('2026-08-03T08:00:00Z');
const HOUR_MS = 3_600_000;
const QUESTIONS = [
  { name: 'email', predefinedField: 'EMAIL', words: 'Email address' },
  { name: 'firstName', predefinedField: 'FIRST_NAME', words: 'First name' },
  { name: 'lastName', predefinedField: 'LAST_NAME', words: 'Last name' },
  { name: 'phoneNumber', predefinedField: 'PHONE_NUMBER', words: 'Phone number' },
];
const ADS = ['Question', 'Checklist', 'Numbers', 'Walkthrough'];

type Add = (
  kind: LiKind,
  type: string,
  id: string,
  accountId: string | null,
  fields: Record<string, unknown>,
  inner?: Record<string, unknown>,
) => LiObject;

function addAccounts(add: Add): void {
  const organization = (id: string, name: string): void => {
    add('organization', 'organization', id, null, {
      localizedName: name,
      vanityName: name.toLowerCase().replaceAll(' ', '-'),
      primaryOrganizationType: 'NONE',
    });
    const urn = urnOf('organization', id);
    const fields = {
      organization: urn,
      organizationalTarget: urn,
      role: 'ADMINISTRATOR',
      state: 'APPROVED',
      roleAssignee: urnOf('person', DEMO_IDS.member),
    };
    add('pageRole', `pageRole:${urn}`, DEMO_IDS.member, null, fields);
  };
  organization(DEMO_IDS.organization, 'Northwind Coffee');
  organization(DEMO_IDS.secondOrganization, 'Northwind Coffee Academy');
  const account = (id: string, name: string, currency: string, page: string, isActive: boolean): void => {
    const urn = urnOf('sponsoredAccount', id);
    add('account', 'sponsoredAccount', id, id, {
      name,
      currency,
      type: 'BUSINESS',
      reference: urnOf('organization', page),
      status: isActive ? 'ACTIVE' : 'CANCELED',
      servingStatuses: [isActive ? 'RUNNABLE' : 'STOPPED'],
      test: false,
    });
    const role = isActive ? 'ACCOUNT_MANAGER' : 'VIEWER';
    add('role', `role:${id}`, DEMO_IDS.member, id, { account: urn, user: urnOf('person', DEMO_IDS.member), role });
  };
  account(DEMO_IDS.account, 'Northwind Coffee', 'EUR', DEMO_IDS.organization, true);
  account(DEMO_IDS.secondAccount, 'Northwind Coffee (US)', 'USD', DEMO_IDS.secondOrganization, true);
  account(DEMO_IDS.disabledAccount, 'Northwind Coffee (closed)', 'GBP', DEMO_IDS.organization, false);
}

function addAssets(add: Add): void {
  const { account } = DEMO_IDS;
  const owner = urnOf('sponsoredAccount', account);
  add('form', 'leadGenForm', DEMO_IDS.form, account, {
    name: 'Demo lead form',
    owner: { sponsoredAccount: owner },
    state: 'PUBLISHED',
    versionId: 1,
    creationLocale: { country: 'US', language: 'en' },
    created: FROM,
    lastModified: FROM,
    hiddenFields: [],
    content: {
      headline: { localized: { en_US: 'Hear from us' } },
      questions: QUESTIONS.map(({ name, predefinedField, words }, n) => ({
        questionId: n + 1,
        name,
        predefinedField,
        question: { localized: { en_US: words } },
        questionDetails: { textQuestionDetails: { maxResponseLength: 300 } },
        responseRequired: true,
        responseEditable: true,
      })),
    },
  });
  add('conversion', 'llaPartnerConversion', DEMO_IDS.conversion, account, {
    name: 'Order placed',
    account: owner,
    type: 'PURCHASE',
    conversionMethod: 'CONVERSIONS_API',
    postClickAttributionWindowSize: 30,
    viewThroughAttributionWindowSize: 7,
    attributionType: 'LAST_TOUCH_BY_CAMPAIGN',
    enabled: true,
  });
  add('insightTag', 'insightTag', DEMO_IDS.insightTag, account, { account: owner, created: FROM });
  const segments = [
    { id: DEMO_IDS.segment, segment: DEMO_IDS.adSegment, name: 'Customers', size: 5400 },
    { id: '8300002', segment: '8310002', name: 'Newsletter readers', size: 2100 },
    { id: '8300003', segment: DEMO_IDS.smallAdSegment, name: 'Event visitors', size: 120 },
  ];
  for (const { id, segment, name, size } of segments) {
    const fields = { account: owner, name, type: 'USER', sourcePlatform: 'FIRST_PARTY' };
    add('segment', 'dmpSegment', id, account, fields, { adSegment: urnOf('adSegment', segment), size });
  }
}

function addTree(add: Add, next: () => number, insights: InsightBook): void {
  const { account } = DEMO_IDS;
  const owner = urnOf('sponsoredAccount', account);
  const group = urnOf('sponsoredCampaignGroup', DEMO_IDS.group);
  const image = add(
    'image',
    'image',
    DEMO_IDS.image,
    account,
    { owner: urnOf('organization', DEMO_IDS.organization) },
    { uploadedAt: FROM },
  );
  add('group', 'sponsoredCampaignGroup', DEMO_IDS.group, account, {
    account: owner,
    name: 'Autumn range',
    status: 'ACTIVE',
    runSchedule: { start: FROM },
    test: false,
  });
  for (const [n, place] of ['105015875', '101282230'].entries()) {
    const campaign = add('campaign', 'sponsoredCampaign', String(Number(DEMO_IDS.campaign) + n), account, {
      account: owner,
      campaignGroup: group,
      name: n === 0 ? 'Autumn range · France' : 'Autumn range · Germany',
      type: 'SPONSORED_UPDATES',
      costType: 'CPC',
      unitCost: { amount: '5.50', currencyCode: 'EUR' },
      locale: { country: n === 0 ? 'FR' : 'DE', language: n === 0 ? 'fr' : 'de' },
      objectiveType: 'LEAD_GENERATION',
      optimizationTargetType: 'NONE',
      format: 'STANDARD_UPDATE',
      creativeSelection: 'OPTIMIZED',
      pacingStrategy: 'LIFETIME',
      audienceExpansionEnabled: false,
      offsiteDeliveryEnabled: false,
      politicalIntent: 'NOT_POLITICAL',
      runSchedule: { start: FROM },
      dailyBudget: { amount: '50.00', currencyCode: 'EUR' },
      targetingCriteria: { include: { and: [{ or: { [`${FACET_PREFIX}locations`]: [urnOf('geo', place)] } }] } },
      status: 'ACTIVE',
      test: false,
    });
    for (const [m, ad] of ADS.entries()) {
      const number = n * ADS.length + m;
      const post = add('post', 'share', String(7_300_000_001 + number), account, {
        author: urnOf('organization', DEMO_IDS.organization),
        adContext: { dscAdAccount: owner, dscStatus: 'ACTIVE' },
        commentary: `${ad}: our autumn range is here.`,
        visibility: 'PUBLIC',
        lifecycleState: 'PUBLISHED',
        isReshareDisabledByAuthor: false,
        content: { media: { id: image.urn, title: ad } },
      });
      const id = String(Number(DEMO_IDS.creative) + number);
      const isActive = next() < 0.8;
      add(
        'creative',
        'sponsoredCreative',
        id,
        account,
        {
          name: `${ad} ${n + 1}`,
          campaign: campaign.urn,
          intendedStatus: isActive ? 'ACTIVE' : 'PAUSED',
          content: { reference: post.urn },
          leadgenCallToAction: { destination: urnOf('adForm', DEMO_IDS.form), label: 'SIGN_UP' },
          isTest: false,
        },
        { reviewSince: FROM, reviewEnd: 'APPROVED' },
      );
      if (isActive) insights.deliver(id, 0.3 + next() * 1.4);
    }
  }
}

/**
 * The demo world, the same for one seed: two accounts of one business (EUR and USD) and a closed one, two pages, a lead form, a
 * conversion, three audiences (one too small to be used) and an older tree of 2 campaigns with 8 creatives that delivers.
 */
export function buildDemoWorld(store: LiStore, insights: InsightBook, seed: number, withAds: boolean): void {
  const next = seededSequence(seed);
  let made = 0;
  const add: Add = (kind, type, id, accountId, fields, inner = {}) => {
    made += 1;
    const createdAt = FROM + made * HOUR_MS;
    // Roles have no URN of the platform's; their words name account or page and member.
    const urn = kind === 'role' || kind === 'pageRole' ? `${type}:${id}` : urnOf(type, id);
    return store.add({
      urn,
      kind,
      id,
      accountId,
      fields,
      inner,
      createdAt,
      updatedAt: createdAt,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
  };
  addAccounts(add);
  addAssets(add);
  if (withAds) addTree(add, next, insights);
}
