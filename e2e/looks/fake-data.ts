import type { z } from 'zod';
import type * as affiliates from '#shared/contracts/affiliates.ts';
import type { AdAccount, Connection } from '#shared/contracts/connections.ts';
import type * as embeds from '#shared/contracts/embeds.ts';
import type { Me } from '#shared/contracts/identity.ts';
import type { LaunchItem, LaunchSummary, UndoPreview } from '#shared/contracts/launches.ts';
import type { Figure } from '#shared/contracts/metrics.ts';
import type * as revenue from '#shared/contracts/revenue.ts';

/** Plausible rows for looking at screens. Nothing here is shipped or measured. */

const NOW = Date.now();
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const dayAgo = (days: number) => ago(days * 1440).slice(0, 10);

export const me = (locale: 'en' | 'fr' | 'ar'): Me => ({
  user: { id: 'usr_1', email: 'owner@example.com', name: 'Owner', locale, isStaff: false },
  organization: {
    id: 'org_1',
    name: 'Inlay demo',
    slug: 'inlay-demo',
    logo: null,
    currency: 'EUR',
    timezone: 'Europe/Paris',
    locale,
    targetRoasMilli: 2500,
    floorRoasMilli: 1000,
    attributionModel: 'last_touch',
    attributionWindowDays: 28,
    namingPolicy: null,
    deletionDueAt: null,
  },
  client: null,
  supportUntil: null,
  role: 'owner',
  permissions: ['*:*'],
});
export const account: AdAccount = {
  id: 'acc_1',
  platform: 'meta',
  externalId: 'act_1000000001',
  name: 'Inlay demo',
  currency: 'EUR',
  timezone: 'Europe/Paris',
  status: 'ACTIVE',
  insightsSyncedAt: ago(7),
  insightsError: null,
  connectionStatus: 'active',
};
export const adAccounts: AdAccount[] = [
  account,
  {
    ...account,
    id: 'acc_2',
    externalId: 'act_1000000002',
    name: 'Inlay demo US',
    currency: 'USD',
    timezone: 'America/New_York',
    insightsSyncedAt: ago(52),
    insightsError: null,
  },
  { ...account, id: 'acc_3', platform: 'google-ads', externalId: '4000000011', name: 'Inlay demo search' },
  { ...account, id: 'acc_4', platform: 'linkedin', externalId: '500000001', name: 'Inlay demo page' },
  { ...account, id: 'acc_5', platform: 'tiktok', externalId: '7000000011', name: 'Inlay demo clips' },
  { ...account, id: 'acc_6', platform: 'snapchat', externalId: '2a000000-0000-4000-a000-000000000001', name: 'Inlay demo snaps' },
];
export const connectionRows: Connection[] = [
  {
    id: 'con_1',
    provider: 'meta',
    externalId: '10',
    displayName: 'Inlay demo business',
    status: 'expiring',
    daysLeft: 6,
    lastError: null,
    connectedAt: ago(60_000),
  },
  {
    id: 'con_2',
    provider: 'shopify',
    externalId: 'inlay-demo.myshopify.com',
    displayName: 'inlay-demo.myshopify.com',
    status: 'active',
    daysLeft: null,
    lastError: null,
    connectedAt: ago(40_000),
  },
];

const NAMES = [
  'Spring | Prospecting | FR',
  'Spring | Retargeting | FR-BE',
  'Always on | Lookalike 1 %',
  'Brand | Video views',
  'Summer teaser | Broad',
  'Lead form | Webinar October',
  'Catalogue | Dynamic',
  'Test | Hooks round 4',
];
function figureOf(i: number): Figure {
  const spend = Math.round(420_000 / (1 + i * 0.8));
  const ratio = [3.4, 2.1, 4.6, 0.4, 1.9, 0, 2.8, 5.2][i % 8] as number;
  const orders = Math.round((spend * ratio) / 39_000);
  const wide = 1.6 / Math.sqrt(Math.max(1, orders));
  const milli = (x: number) => Math.round(Math.max(0, x) * 1000);
  const tooFew = orders < 5;
  const low = ratio * (1 - wide),
    high = ratio * (1 + wide) + 0.1;
  return {
    spendMinor: spend,
    revenueMinor: Math.round(spend * ratio),
    orders,
    customers: Math.max(0, orders - 1),
    leads: Math.round(spend / 900),
    impressions: spend * 3,
    clicks: Math.round(spend / 18),
    roas: {
      point: milli(ratio),
      low80: milli(low),
      high80: milli(high),
      low95: milli(ratio * (1 - wide * 1.5)),
      high95: milli(ratio * (1 + wide * 1.6) + 0.2),
    },
    effectiveOrders: orders * 0.86,
    tooFew,
    verdict: tooFew ? 'none' : low >= 2.5 ? 'good' : high < 1 ? 'poor' : 'fair',
    maturityPermille: 874,
    costPerLeadMinor: 900,
  };
}
export function insights(days: number, level: string, pageSize: number) {
  const rows = Array.from({ length: Math.min(pageSize, level === 'ad' ? 260 : 8) }, (_, i) => ({
    id: String(1200 + i),
    name: level === 'campaign' ? (NAMES[i % 8] as string) : `${NAMES[i % 8]} | ${level} ${i + 1}`,
    status: i % 3 === 2 ? 'PAUSED' : 'ACTIVE',
    figure: figureOf(i),
  }));
  const series = Array.from({ length: days }, (_, i) => ({
    day: dayAgo(days - 1 - i),
    spendMinor: Math.round(38_000 + 9000 * Math.sin(i / 3) + 400 * i),
    revenueMinor: Math.round(90_000 + 34_000 * Math.sin(i / 4 + 1) + 900 * i),
  }));
  return {
    definition: {
      id: 'roas-last-accrual-28-v1',
      currency: 'EUR',
      timezone: 'Europe/Paris',
      since: dayAgo(days - 1),
      until: dayAgo(0),
      model: 'last' as const,
      basis: 'accrual' as const,
      attributionWindowDays: 28,
      dataVersion: 42,
    },
    freshness: {
      spendAt: ago(7),
      revenueAt: ago(1),
      spendFrom: dayAgo(95),
      revenueFrom: dayAgo(90),
      leadsFrom: dayAgo(89),
      revenueGap: null,
      leadsGap: null,
    },
    totals: {
      figure: {
        ...figureOf(0),
        spendMinor: 1_148_205,
        revenueMinor: 2_702_190,
        orders: 71,
        customers: 66,
        leads: 612,
        roas: { point: 2353, low80: 1990, high80: 2740, low95: 1820, high95: 2980 },
        verdict: 'fair' as const,
        costPerLeadMinor: 1876,
      },
      allRevenueMinor: 3_301_550,
      paidMinor: 2_702_190,
      unpaidMinor: 203_160,
      unmatchedMinor: 396_200,
      unmatchedPermille: 120,
    },
    rows,
    series,
    nextCursor: null,
  };
}

const zero = { PLANNED: 0, READY: 0, SENDING: 0, CREATED: 0, VERIFIED: 0, ACTIVE: 0, REJECTED: 0, HELD: 0, CANCELLED: 0, UNDONE: 0 };
const counts = { media: 20, campaign: 1, ad_set: 5, creative: 100, ad: 100, total: 226 };
export const running: LaunchSummary = {
  id: 'lch_run',
  name: 'Spring, prospecting',
  state: 'running',
  platform: 'meta',
  accountId: 'acc_1',
  accountName: 'Inlay demo',
  accountExternalId: 'act_1000000001',
  currency: 'EUR',
  planHash: 'hash',
  capMinor: 10_000,
  counts,
  byState: { ...zero, PLANNED: 74, READY: 12, SENDING: 4, CREATED: 6, VERIFIED: 128, REJECTED: 2 },
  createdAt: ago(4),
  createdBy: 'owner@example.com',
  approvedAt: ago(3),
  approvedBy: 'owner@example.com',
  approval: { needsSecondPerson: false, you: 'may', asked: null, declined: null, isVoid: false, approvedUntil: null },
  activatedAt: null,
  attention: null,
  callsMade: 211,
  adoptions: 3,
  incidents: 1,
  strays: 2,
  undo: null,
  estimate: { p50Seconds: 35, p90Seconds: 95, meter: 'Meta full tier' },
};
const forApproval: LaunchSummary = {
  ...running,
  state: 'checked',
  byState: { ...zero, PLANNED: 226 },
  capMinor: 240_000,
  callsMade: 0,
  adoptions: 0,
  incidents: 0,
  strays: 0,
  approvedAt: null,
  approvedBy: null,
  createdBy: 'Lina Haddad',
};
export const launchRows: LaunchSummary[] = [
  {
    ...forApproval,
    id: 'lch_you',
    name: 'Black week, all countries',
    approval: {
      needsSecondPerson: true,
      you: 'may',
      asked: { by: 'Lina Haddad', at: ago(30), expiresAt: ago(30 - 24 * 60) },
      declined: null,
      isVoid: false,
      approvedUntil: null,
    },
  },
  {
    ...forApproval,
    id: 'lch_ask',
    name: 'Winter sale',
    approval: {
      needsSecondPerson: true,
      you: 'author',
      asked: null,
      declined: { by: 'Sami Benali', at: ago(12), reason: 'The landing page is not ready; ask me again on Monday.' },
      isVoid: false,
      approvedUntil: null,
    },
  },
  running,
  {
    ...running,
    id: 'lch_att',
    name: 'Webinar October, lead form',
    state: 'needs_attention',
    attention: 'Two ads were refused by the platform. Nothing was created for them; everything else is read back and paused.',
    byState: { ...zero, VERIFIED: 223, REJECTED: 2, HELD: 1 },
    callsMade: 468,
    createdAt: ago(600),
  },
  {
    ...running,
    id: 'lch_ver',
    name: 'Summer teaser',
    state: 'verified',
    byState: { ...zero, VERIFIED: 226 },
    callsMade: 455,
    createdAt: ago(2000),
  },
  {
    ...running,
    id: 'lch_act',
    name: 'Always on, March',
    state: 'active',
    byState: { ...zero, ACTIVE: 226 },
    callsMade: 682,
    createdAt: ago(30_000),
    activatedAt: ago(29_000),
  },
  {
    ...running,
    id: 'lch_und',
    name: 'Winter sale, first try',
    state: 'partly_undone',
    byState: { ...zero, UNDONE: 202, VERIFIED: 24 },
    undo: { done: 202, left: 4, changed: 1, refused: 1 },
    attention:
      '1 object was changed since and waits for your word, 1 object was kept by the platform; what they lie in stays, too. No money is at risk: everything is paused. Everything else goes on.',
    createdAt: ago(9_000),
    activatedAt: ago(8_000),
  },
];
const CHANGES = [
  { field: 'name', before: 'Founder story | 1x1 ·0123456789ABC', now: 'Founder story, do not touch' },
  { field: 'foreign_ads', before: '0', now: '2: Retargeting test A, Retargeting test B' },
];
export const undoPreview: UndoPreview = {
  platform: 'meta',
  counts: { campaign: 1, ad_set: 5, creative: 100, ad: 100 },
  ways: { campaign: 'archived', ad_set: 'archived', creative: 'deleted', ad: 'archived' },
  gone: 2,
  changed: [
    {
      itemId: 'itm_29',
      kind: 'ad',
      itemPath: 'spring/broad/concept-9/1x1',
      name: 'Founder story | 1x1 ·0123456789ABC',
      managerUrl: 'https://adsmanager.facebook.com/',
      changes: CHANGES,
      changesHash: 'h',
    },
  ],
  unread: 3,
  mediaStay: 20,
  leaves: [],
  isOn: true,
  currency: 'EUR',
  spentMinor: null,
  cannotComeBack: ['money', 'learning', 'deleted', 'archived'],
};
/** Items as an undo leaves them waiting. */
export function waitingItems(why: string): LaunchItem[] {
  const item = items(null).find((one) => one.kind === 'ad' && one.error === null) as LaunchItem;
  const step = { at: ago(2), n: 1, outcome: null, traceId: null };
  const error = { code: '100', message: 'The ad cannot be changed while it is in review.', fix: 'Ask for the undo again later.' };
  return [
    {
      ...item,
      undo:
        why === 'changed'
          ? { state: 'changed', how: null, changes: CHANGES, changesHash: 'h', error: null, steps: [{ ...step, step: 'changed' }] }
          : { state: 'refused', how: null, changes: [], changesHash: null, error, steps: [{ ...step, step: 'refused', outcome: '100' }] },
    },
  ];
}
const KINDS = ['campaign', 'ad_set', 'media', 'creative', 'ad'] as const;
export function items(state: string | null): LaunchItem[] {
  const all = Array.from({ length: 226 }, (_, i): LaunchItem => {
    const kind = i < 1 ? 'campaign' : i < 6 ? 'ad_set' : i < 26 ? 'media' : (KINDS[i % 2 === 0 ? 3 : 4] as LaunchItem['kind']);
    const failed = i === 31 || i === 57;
    const attempt = {
      n: 1,
      sentAt: ago(3),
      finishedAt: ago(2.99),
      outcome: failed ? 'rejected' : i % 17 === 0 ? 'unclear' : 'created',
      requestHash: 'a1b2',
      traceId: `trace-${i}`,
      detail: null,
    };
    return {
      id: `itm_${i}`,
      kind,
      itemPath: `spring/broad/concept-${i % 10}/1x1`,
      name:
        kind === 'campaign'
          ? 'Spring'
          : kind === 'ad_set'
            ? `Broad ${i}`
            : kind === 'media'
              ? `founder-story-${i}_1x1.png`
              : `Concept ${i % 10} | 1x1 | ${i}`,
      state: failed ? 'REJECTED' : i > 150 ? 'PLANNED' : 'VERIFIED',
      externalId: failed || i > 150 ? null : String(23_850_000_000_000 + i),
      parentItemId: null,
      validation: { level: kind === 'creative' || kind === 'media' ? 'local' : i < 6 ? 'platform' : 'not_checkable', ok: true, note: null },
      drift: i === 7 ? [{ field: 'degrees_of_freedom_spec.image_touchups', planned: 'OPT_OUT', found: 'OPT_IN' }] : [],
      error: failed
        ? {
            code: '100/1885183',
            message: 'The ad text mentions a personal attribute.',
            fix: 'Rewrite the primary text without addressing the reader’s attributes.',
            atRisk: 'no, nothing was created',
            raw: { error: { code: 100, error_subcode: 1_885_183 } },
            retry: 'fixable',
          }
        : null,
      attempts: i > 150 ? [] : i % 17 === 0 ? [attempt, { ...attempt, n: 2, outcome: 'adopted' }] : [attempt],
      undo: null,
      accepted: [],
      correctable: failed
        ? [
            { field: 'headline', value: 'Sleep better this winter' },
            { field: 'primaryText', value: 'Two founders, one blanket.' },
            { field: 'description', value: '' },
            { field: 'linkUrl', value: 'https://example.com/offer' },
            { field: 'callToAction', value: 'SIGN_UP' },
          ]
        : [],
      corrections: failed
        ? [{ by: 'Lina Haddad', at: ago(90), changes: [{ field: 'headline', before: 'Sleep', after: 'Sleep better this winter' }] }]
        : [],
      managerUrl: 'https://adsmanager.facebook.com/',
    };
  });
  return state === null ? all : all.filter((item) => item.state === state);
}

type Lead = z.input<typeof revenue.lead>;
const STAGES = ['raw', 'qualified', 'won', 'lost', 'junk'] as const;
export const leads: Lead[] = Array.from({ length: 24 }, (_, i) => ({
  id: `led_${i}`,
  source: 'meta',
  submittedAt: ago(20 + i * 95),
  receivedAt: ago(19 + i * 95),
  stage: STAGES[(i * 3) % 5] as Lead['stage'],
  backfilled: i === 4,
  isTest: i === 9,
  contact: { full_name: `Lead ${i + 1}`, email: `lead-${i + 1}@example.com`, phone_number: `+3360000000${i % 10}`, company_size: '11–50' },
  ad:
    i === 7
      ? null
      : { id: '1200', name: `Concept ${i % 6} | 1x1`, adSetName: 'Broad 25–54', campaignName: NAMES[i % 8] as string, accountId: 'acc_1' },
  formName: 'Webinar October',
  orders: i % 5 === 0 ? 1 : 0,
  netMinor: i % 5 === 0 ? 24_900 + i * 100 : null,
  currency: i % 5 === 0 ? 'EUR' : null,
}));
export const orders: z.input<typeof revenue.order>[] = Array.from({ length: 18 }, (_, i) => {
  const gross = 9900 + i * 1730;
  const refunded = i % 6 === 2 ? 4000 : 0;
  const share = (['paid', 'paid', 'unmatched', 'unpaid'] as const)[i % 4] ?? 'paid';
  return {
    id: `ord_${i}`,
    name: `#${1042 - i}`,
    shop: 'inlay-demo.myshopify.com',
    placedAt: ago(30 + i * 410),
    currency: 'EUR',
    grossMinor: gross,
    netMinor: gross - refunded,
    refundedMinor: refunded,
    matchedBy: i % 4 === 2 ? null : 'email',
    credits: [
      {
        share,
        amountMinor: gross - refunded,
        adName: share === 'paid' ? `Concept ${i % 6} | 1x1` : null,
        adId: share === 'paid' ? '1200' : null,
        day: share === 'unmatched' ? null : dayAgo(3),
      },
    ],
  };
});
export const program: z.input<typeof affiliates.program> = {
  id: 'prg_1',
  name: 'Creators',
  shop: 'inlay-demo.myshopify.com',
  currency: 'EUR',
  state: 'open',
  rateNum: 3,
  rateDen: 20,
  windowDays: 30,
  allowedDomains: ['inlay-demo.myshopify.com'],
};
export const affiliateRows: z.input<typeof affiliates.affiliate>[] = Array.from({ length: 6 }, (_, i) => ({
  id: `aff_${i}`,
  name: `Creator ${i + 1}`,
  coupon: i % 2 === 0 ? `CREATOR${i + 1}` : null,
  shopCustomerId: null,
  link: `https://app.inlay.test/r/creator-${i + 1}`,
  code: `creator-${i + 1}`,
  approvedAt: ago(9000),
  clicks: 1200 - i * 170,
  orders: 42 - i * 6,
  netSalesMinor: 420_000 - i * 61_000,
  commissionMinor: 63_000 - i * 9150,
}));
export const keys: z.input<typeof embeds.embedKey>[] = [
  {
    id: 'emb_1',
    publicKey: 'pk_lead_0000000000000001',
    kind: 'lead-roas',
    origin: 'https://app.hubspot.com',
    active: true,
    createdAt: ago(9000),
  },
  {
    id: 'emb_2',
    publicKey: 'pk_affi_0000000000000002',
    kind: 'affiliate-stats',
    origin: 'https://inlay-demo.myshopify.com',
    active: true,
    createdAt: ago(8000),
  },
];
