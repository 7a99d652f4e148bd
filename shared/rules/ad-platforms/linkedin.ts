import { LOCALES } from './locales.ts';
import type { BidWords, GoalWords, NameLimits, PlatformRules, TextField, TextLimit } from './platform-rules.ts';

const GUIDE = 'launching guide §6';
const INTRODUCTION = 'https://www.linkedin.com/help/lms/answer/a426534';

/** 255 is documented for ads; groups and campaigns are held to the same. */
const names = (mark: NameLimits['mark']): NameLimits => ({ maxLength: 255, forbidden: /\p{Cc}/gu, mark });

const text = (field: TextField, visible: number, hard: number, mark: TextLimit['mark'], source: string): TextLimit => ({
  placement: 'linkedin-feed',
  field,
  visible,
  hard,
  unit: 'grapheme',
  mark,
  source,
  asOf: '2026-11',
});

/** Charged by impression whenever the platform bids; what a bid of one's own is charged by, the adapter knows. */
const goal = (goal: GoalWords['goal'], objective: string, optimizationGoal: string, needs: GoalWords['needs'] = []): GoalWords => ({
  goal,
  objective,
  optimizationGoal,
  billingEvent: 'CPM',
  needs,
});

/** There is no word for these in the API, where strategy and goal are one `optimizationTargetType`: they are Campaign Manager's. */
const bid = (bid: BidWords['bid'], word: string, goals?: readonly string[]): BidWords => ({
  bid,
  word,
  needsAmount: bid !== 'lowest_cost',
  ...(goals ? { goals } : {}),
});

/** Ids of places: the first as in the platform guide, the others unconfirmed. */
const COUNTRIES: Readonly<Record<string, string>> = {
  US: '103644278',
  GB: '101165590',
  FR: '105015875',
  DE: '101282230',
  ES: '105646813',
  IT: '103350119',
  NL: '102890719',
  BE: '100565514',
  CA: '101174742',
  AU: '101452733',
  AT: '103883259',
  CH: '106693272',
  PT: '100364837',
  PL: '105072130',
  IE: '104738515',
  SE: '105117694',
  DK: '104514075',
  NO: '103819153',
  FI: '100456013',
  LU: '104042105',
  CZ: '104508036',
  GR: '104677530',
  RO: '106670623',
  HU: '100288700',
  IN: '102713980',
  JP: '101355337',
  SG: '102454443',
  BR: '106057199',
  MX: '103323778',
  MA: '102787409',
  TN: '102134353',
  DZ: '106395874',
  SA: '100459316',
  AE: '104305776',
  ZA: '104035573',
};

export const LINKEDIN: PlatformRules = {
  label: 'LinkedIn',
  overspend: {
    mostPercent: 150,
    mark: 'single source',
    source: 'https://www.everestx.com/tutorials/linkedin-ads/linkedin-ads-budget-pacing',
    asOf: '2026-11',
  },
  // A creative refers to a post, and one call makes both: what is found again, changed and undone is the creative.
  hasCreatives: false,
  names: { campaign: names('unconfirmed'), adSet: names('unconfirmed'), creative: names('vendor docs'), ad: names('vendor docs') },
  texts: [
    text('primaryText', 150, 3_000, 'vendor docs', INTRODUCTION),
    text('headline', 70, 200, 'single source', GUIDE),
    // Shown outside LinkedIn only, where our ads do not go.
    text('description', 0, 300, 'single source', GUIDE),
  ],
  placements: [{ id: 'linkedin-feed', layout: 'post', ratios: ['1x1', '4x5', '16x9'] }],
  macros: {
    // The API has words for these and no signs around them; the signs are ours and never leave us.
    pattern: /\{\{[^{}]*\}\}/,
    known: [
      '{{ACCOUNT_ID}}',
      '{{ACCOUNT_NAME}}',
      '{{CAMPAIGN_GROUP_ID}}',
      '{{CAMPAIGN_GROUP_NAME}}',
      '{{CAMPAIGN_ID}}',
      '{{CAMPAIGN_NAME}}',
      '{{CREATIVE_ID}}',
      '{{CREATIVE_NAME}}',
    ],
    adId: '{{CREATIVE_ID}}',
    standard: {
      utm_source: 'linkedin',
      utm_medium: 'paid-social',
      utm_campaign: '{{CAMPAIGN_GROUP_ID}}',
      utm_term: '{{CAMPAIGN_ID}}',
      utm_content: '{{CREATIVE_ID}}',
    },
    standAlone: true,
  },
  goals: [
    goal('traffic', 'WEBSITE_VISITS', 'MAX_CLICK'),
    goal('leads', 'LEAD_GENERATION', 'MAX_LEAD', ['leadForm']),
    goal('leads', 'LEAD_GENERATION', 'MAX_QUALIFIED_LEAD', ['leadForm']),
    goal('sales', 'WEBSITE_CONVERSIONS', 'MAX_CONVERSION', ['pixel']),
    goal('awareness', 'BRAND_AWARENESS', 'MAX_IMPRESSION'),
    goal('awareness', 'BRAND_AWARENESS', 'MAX_REACH'),
    goal('video_views', 'VIDEO_VIEWS', 'MAX_VIDEO_VIEW'),
  ],
  bidStrategies: [
    bid('lowest_cost', 'MAXIMUM_DELIVERY'),
    bid('cost_cap', 'COST_CAP', ['MAX_CLICK', 'MAX_LEAD', 'MAX_IMPRESSION']),
    bid('bid_cap', 'MANUAL', ['MAX_CLICK', 'MAX_LEAD', 'MAX_CONVERSION', 'MAX_IMPRESSION', 'MAX_VIDEO_VIEW']),
  ],
  callsToAction: {
    LEARN_MORE: 'LEARN_MORE',
    SIGN_UP: 'SIGN_UP',
    APPLY_NOW: 'APPLY',
    DOWNLOAD: 'DOWNLOAD',
    GET_QUOTE: 'VIEW_QUOTE',
    SUBSCRIBE: 'SUBSCRIBE',
  },
  // Page, form and conversion by number; the pixel is the conversion that is counted.
  ids: { account: /^\d+$/, identity: /^\d+$/, leadForm: /^\d+$/, pixel: /^\d+$/ },
  budgetLevels: ['ad_set'],
  fields: [
    { setting: 'locale', required: true, choices: LOCALES },
    { setting: 'leadFormId', need: 'leadForm', required: true },
    { setting: 'pixelId', need: 'pixel', required: true },
    { setting: 'political', required: false },
  ],
  ages: { from: [18, 25, 35, 55], to: [24, 34, 54, 65] },
  countries: COUNTRIES,
  adsPerAdSet: 15,
  oneKindOfMedia: true,
  removal: {
    ways: { campaign: 'archived', ad_set: 'archived', creative: null, ad: 'archived' },
    reason:
      'Only drafts can be deleted; what ran is archived and keeps its figures. The post an ad shows belongs to the page and stays, unseen without an ad.',
    mark: 'unconfirmed',
    leaves: ['posts'],
  },
};
