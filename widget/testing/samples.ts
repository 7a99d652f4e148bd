import type { AffiliateStats } from '#shared/contracts/embeds.ts';
import type { LeadCard } from '#shared/contracts/revenue.ts';

/** A lead of an ad that spent €70.00 on the day of its ten leads; one order of €129.90, €9.90 of it refunded. */
export const leadSample: LeadCard = {
  matched: true,
  reason: null,
  source: {
    platform: 'meta',
    campaign: 'Spring / FR / Leads',
    adSet: 'Lookalike 2 % – parents',
    ad: 'concept-03_9x16',
    adId: '120210000000001',
    form: 'Quote in two minutes',
    firstTouchAt: '2026-11-03T09:12:00Z',
    latestTouchAt: '2026-11-07T18:40:00Z',
    managerUrl: 'https://adsmanager.facebook.com/adsmanager/manage/ads?act=1000000001&selected_ad_ids=120210000000001',
  },
  cost: { allocatedMinor: 700, daySpendMinor: 7000, dayLeads: 10, day: '2026-11-03', cohortCostPerLeadMinor: 812, currency: 'EUR' },
  returns: { wonMinor: 12_990, refundedMinor: 990, orders: 1, currency: 'EUR' },
  leadRoasMilli: 17_143,
  cohort: {
    spendMinor: 324_800,
    revenueMinor: 682_080,
    orders: 61,
    customers: 58,
    leads: 400,
    impressions: 410_000,
    clicks: 5200,
    roas: { point: 2100, low80: 1740, high80: 2480, low95: 1560, high95: 2710 },
    effectiveOrders: 44.2,
    tooFew: false,
    verdict: 'good',
    maturityPermille: 840,
    costPerLeadMinor: 812,
  },
  why: { matchedBy: 'meta_lead', exact: true },
  asOf: '2026-11-20T06:40:00Z',
  definitionId: 'roas:v1:last:28',
  windowDays: 28,
  model: 'last',
};

export const unmatchedSample: LeadCard = {
  matched: false,
  reason: 'no_lead',
  source: null,
  cost: null,
  returns: null,
  leadRoasMilli: null,
  cohort: null,
  why: null,
  asOf: '2026-11-20T06:40:00Z',
  definitionId: null,
  windowDays: 28,
  model: 'last',
};

export const statsSample: AffiliateStats = {
  affiliate: { name: 'Creator 17', coupon: 'CREATOR17', link: 'https://inlay-demo.myshopify.com/r/creator-17' },
  clicks: 1284,
  orders: 37,
  netSalesMinor: 284_630,
  commissionMinor: 28_463,
  pendingMinor: 9_120,
  currency: 'EUR',
  nullReason: null,
  asOf: '2026-11-20T06:40:00Z',
};

/** As long as it gets: what the reserved height must hold. */
export const longLeadSample: LeadCard = {
  ...leadSample,
  source: {
    ...leadSample.source!,
    campaign: 'Autumn campaign for every region and every product line 2026',
    adSet: 'Retargeting of visitors who left the configurator half way, 30 days, without buyers',
    ad: 'concept-17_hook-b_voice-over_native-speaker_4x5_final',
    form: 'Ask for a callback from somebody who knows the product and your region',
  },
  cost: {
    ...leadSample.cost!,
    allocatedMinor: 123_456_789,
    daySpendMinor: 1_234_567_890,
    cohortCostPerLeadMinor: 120_000_000,
    currency: 'KWD',
  },
  returns: { wonMinor: 9_876_543_210, refundedMinor: 1_234_567_890, orders: 1234, currency: 'KWD' },
  leadRoasMilli: 69_999,
  why: { matchedBy: 'a rule of a later version', exact: false },
};

export const longStatsSample: AffiliateStats = {
  ...statsSample,
  affiliate: {
    name: 'A creator with quite a long name and a second one',
    coupon: 'A-VERY-LONG-CODE-FOR-EVERYBODY-2026',
    link: `https://inlay-demo.myshopify.com/r/${'long-'.repeat(20)}`,
  },
  clicks: 123_456_789,
  orders: 1_234_567,
  netSalesMinor: 98_765_432_109,
  commissionMinor: 9_876_543_210,
  pendingMinor: null,
  currency: 'KWD',
  nullReason: 'A reason of a later version that this widget cannot translate and shows as it is',
};
