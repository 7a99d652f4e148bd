import { seededSequence } from '../core/seeded.ts';
import type { InsightBook } from '../core/insight-book.ts';
import type { GraphObject, MetaStore, NodeKind } from './store.ts';

/** Ids that exist in every sandbox, whatever the seed. */
export const DEMO_IDS = {
  user: '109000000000001',
  account: '1000000001',
  secondAccount: '1000000002',
  page: '107000000000001',
  form: '108000000000001',
} as const;

const CAMPAIGNS = 20;
const ADSETS = 250;
const ADS_PER_ADSET = 20;
const CREATIVES = 400;
const DELIVERING_ADS = 40;
/** Every fourteenth of the first ads delivers, each in an ad set of its own: ten campaigns spend. */
const DELIVERING_STEP = 14;
const DAY_MS = 86_400_000;

const THEMES = [
  'Autumn offer',
  'Starter guide',
  'Winter range',
  'Free trial',
  'Webinar series',
  'Spring catalogue',
  'Gift sets',
  'Price check',
  'Product tour',
  'Newsletter',
];
const AUDIENCES = ['Broad', 'Lookalike 1%', 'Lookalike 3%', 'Retargeting 30d', 'Interests', 'Engaged 90d', 'Customers', 'Video viewers'];
const COUNTRIES = ['FR', 'DE', 'ES', 'IT', 'NL', 'BE'];
const CONCEPTS = [
  'Question',
  'Before and after',
  'Checklist',
  'Unboxing',
  'Three reasons',
  'Quote',
  'Close-up',
  'How it works',
  'Numbers',
  'Walkthrough',
];
const RATIOS = ['1x1', '4x5', '9x16', '16x9'];

type Add = (kind: NodeKind, id: string, fields: Record<string, unknown>, accountId?: string | null) => GraphObject;

function pick<T>(list: readonly T[], n: number): T {
  const chosen = list[n % list.length];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

const idOf = (prefix: string, n: number): string => prefix + String(n).padStart(11, '0');

function addBase(add: Add): void {
  add('user', DEMO_IDS.user, { name: 'Sandbox user', first_name: 'Sandbox', last_name: 'user', email: 'owner@example.com' }, null);
  const accounts = [
    { id: DEMO_IDS.account, name: 'Inlay demo', currency: 'EUR', zone: 'Europe/Paris', zoneId: 53, offset: 1 },
    { id: DEMO_IDS.secondAccount, name: 'Inlay demo (USD)', currency: 'USD', zone: 'America/New_York', zoneId: 7, offset: -5 },
  ];
  for (const { id, name, currency, zone, zoneId, offset } of accounts) {
    add(
      'account',
      `act_${id}`,
      {
        name,
        account_status: 1,
        currency,
        timezone_name: zone,
        timezone_id: zoneId,
        timezone_offset_hours_utc: offset,
        amount_spent: '0',
        balance: '0',
        min_daily_budget: 100,
        disable_reason: 0,
        is_prepay_account: false,
        business_country_code: 'FR',
        owner: DEMO_IDS.user,
      },
      id,
    );
  }
  add(
    'page',
    DEMO_IDS.page,
    {
      name: 'Inlay demo page',
      category: 'Software',
      tasks: ['ADVERTISE', 'ANALYZE', 'MANAGE'],
      is_published: true,
      link: 'https://www.facebook.com/inlaydemo',
    },
    null,
  );
  add(
    'form',
    DEMO_IDS.form,
    {
      name: 'Demo lead form',
      page_id: DEMO_IDS.page,
      status: 'ACTIVE',
      locale: 'en_US',
      leads_count: 0,
      questions: [
        { id: '1080000000000011', key: 'email', label: 'Email', type: 'EMAIL' },
        { id: '1080000000000012', key: 'full_name', label: 'Full name', type: 'FULL_NAME' },
        { id: '1080000000000013', key: 'phone_number', label: 'Phone number', type: 'PHONE' },
      ],
    },
    null,
  );
}

function addTree(add: Add, next: () => number): void {
  for (let n = 0; n < CREATIVES; n += 1) {
    const concept = pick(CONCEPTS, n);
    add('creative', idOf('1204', n + 1), {
      name: `${concept} ${Math.floor(n / CONCEPTS.length) + 1}`,
      status: 'ACTIVE',
      object_story_spec: { page_id: DEMO_IDS.page, link_data: { link: 'https://example.com/offer', message: concept } },
      degrees_of_freedom_spec: { creative_features_spec: {} },
    });
  }
  for (let n = 0; n < CAMPAIGNS; n += 1) {
    const isLeads = n % 3 !== 2;
    add('campaign', idOf('1201', n + 1), {
      name: `${pick(THEMES, n)} · ${isLeads ? 'Leads' : 'Sales'} · ${pick(COUNTRIES, Math.floor(n / 2))}`,
      objective: isLeads ? 'OUTCOME_LEADS' : 'OUTCOME_SALES',
      status: next() < 0.75 ? 'ACTIVE' : 'PAUSED',
      special_ad_categories: [],
      buying_type: 'AUCTION',
      is_adset_budget_sharing_enabled: false,
    });
  }
  for (let n = 0; n < ADSETS; n += 1) {
    const country = pick(COUNTRIES, n);
    add('adset', idOf('1202', n + 1), {
      name: `${pick(AUDIENCES, n)} · ${country} · ${String(n + 1).padStart(3, '0')}`,
      campaign_id: idOf('1201', (n % CAMPAIGNS) + 1),
      status: next() < 0.85 ? 'ACTIVE' : 'PAUSED',
      billing_event: 'IMPRESSIONS',
      optimization_goal: 'LEAD_GENERATION',
      bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
      daily_budget: String(1000 + Math.floor(next() * 90) * 100),
      targeting: { geo_locations: { countries: [country] }, age_min: 18, age_max: 65 },
      promoted_object: { page_id: DEMO_IDS.page },
      dsa_beneficiary: 'Inlay demo',
      dsa_payor: 'Inlay demo',
    });
  }
}

function addAds(add: Add, next: () => number, insights: InsightBook): void {
  const total = ADSETS * ADS_PER_ADSET;
  for (let n = 0; n < total; n += 1) {
    const adset = (n % ADSETS) + 1;
    const id = idOf('1203', n + 1);
    add('ad', id, {
      name: `${pick(CONCEPTS, n)} ${String(Math.floor(n / CONCEPTS.length) + 1).padStart(3, '0')} · ${pick(RATIOS, Math.floor(n / 3))}`,
      campaign_id: idOf('1201', ((adset - 1) % CAMPAIGNS) + 1),
      adset_id: idOf('1202', adset),
      creative_id: idOf('1204', (n % CREATIVES) + 1),
      status: next() < 0.9 ? 'ACTIVE' : 'PAUSED',
    });
    if (n % DELIVERING_STEP === 0 && n / DELIVERING_STEP < DELIVERING_ADS) insights.deliver(id, 0.3 + next() * 1.7);
  }
}

/**
 * The demo world, the same for one seed: an account "Inlay demo" (EUR, Paris) with 20 campaigns, 250 ad sets, 5,000 ads of
 * which 40 deliver, a page with a lead form, and an empty second account. `from` is a fixed moment in the past.
 */
export function buildDemoAccount(store: MetaStore, insights: InsightBook, seed: number, withAds: boolean): void {
  const next = seededSequence(seed);
  const from = Date.parse('2026-08-01T08:00:00Z');
  let made = 0;
  const add: Add = (kind, id, fields, accountId = DEMO_IDS.account) => {
    made += 1;
    const createdAt = from + (made % 60) * DAY_MS + made * 1000;
    return store.add({
      id,
      kind,
      accountId,
      fields,
      labelIds: [],
      createdAt,
      updatedAt: createdAt,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
  };
  addBase(add);
  if (!withAds) return;
  addTree(add, next);
  addAds(add, next, insights);
}
