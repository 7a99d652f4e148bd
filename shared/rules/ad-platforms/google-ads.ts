import { LOCALES } from './locales.ts';
import type { AdShape, GoalWords, NameLimits, PlatformRules, TextField, TextLimit } from './platform-rules.ts';

const ASSETS = 'https://developers.google.com/google-ads/api/performance-max/asset-requirements';
const GUIDE = 'launching guide §6';

/** The platform's own form and sandbox take 255; line breaks and NUL are refused by name. */
const NAMES: NameLimits = { maxLength: 255, forbidden: /\p{Cc}/gu, mark: 'unconfirmed' };

/** Wide letters count twice. */
const text = (placement: TextLimit['placement'], field: TextField, most: number, mark: TextLimit['mark'], source: string): TextLimit => ({
  placement,
  field,
  visible: most,
  hard: most,
  unit: 'double-width',
  mark,
  source,
  asOf: '2026-11',
});

/** Responsive search ads: words only. More than three cannot run in one ad group. */
const SEARCH_AD: AdShape = {
  placement: 'search',
  pictures: [],
  headlines: { least: 3, most: 15 },
  descriptions: { least: 2, most: 4 },
  mostPerAdSet: 3,
  maxBrandName: null,
};
/** Demand Gen image ads. Portrait pictures are left out: an ad of them alone is refused. */
const DEMAND_GEN_AD: AdShape = {
  placement: 'demand-gen',
  pictures: [
    { ratio: '1x1', aspect: 1, tolerance: 0.01, minWidth: 300, minHeight: 300 },
    { ratio: '16x9', aspect: 1.91, tolerance: 0.01, minWidth: 600, minHeight: 314 },
  ],
  headlines: { least: 1, most: 5 },
  descriptions: { least: 1, most: 5 },
  mostPerAdSet: null,
  maxBrandName: 25,
};

/**
 * The objective is the kind of campaign, the optimization goal its way of bidding: both belong to the campaign. Search campaigns also
 * hold the countries; in Demand Gen those are the ad group's. What a sale or a lead is the account's own conversion goals say.
 */
const search = (goal: GoalWords['goal'], optimizationGoal: string, bids: GoalWords['bids']): GoalWords => ({
  goal,
  objective: 'SEARCH',
  optimizationGoal,
  billingEvent: 'CLICKS',
  needs: ['keywords'],
  ...(bids ? { bids } : {}),
  ofCampaign: ['optimizationGoal', 'countries'],
  ads: SEARCH_AD,
});
const demandGen = (goal: GoalWords['goal'], optimizationGoal: string, bids: GoalWords['bids']): GoalWords => ({
  goal,
  objective: 'DEMAND_GEN',
  optimizationGoal,
  billingEvent: 'CLICKS',
  needs: ['logo'],
  ...(bids ? { bids } : {}),
  ofCampaign: ['optimizationGoal'],
  ads: DEMAND_GEN_AD,
});

export const GOOGLE_ADS: PlatformRules = {
  label: 'Google Ads',
  overspend: {
    // Of most campaigns; those that pay for conversions may go further.
    mostPercent: 200,
    mark: 'vendor docs',
    source: 'https://support.google.com/google-ads/answer/6385083',
    asOf: '2026-11',
  },
  hasCreatives: false,
  names: { campaign: NAMES, adSet: NAMES, creative: NAMES, ad: NAMES },
  texts: [
    text('search', 'headline', 30, 'vendor docs', GUIDE),
    text('search', 'primaryText', 90, 'vendor docs', GUIDE),
    text('search', 'description', 90, 'vendor docs', GUIDE),
    text('demand-gen', 'headline', 40, 'unconfirmed', ASSETS),
    text('demand-gen', 'primaryText', 90, 'unconfirmed', ASSETS),
    text('demand-gen', 'description', 90, 'unconfirmed', ASSETS),
  ],
  placements: [
    { id: 'search', layout: 'words', ratios: [] },
    { id: 'demand-gen', layout: 'card', ratios: ['1x1', '16x9'] },
  ],
  macros: {
    // Names of ours stand in the same braces: only the platform's own words are macros.
    pattern: /\{(?:campaignid|adgroupid|creative|network|device|matchtype|keyword|targetid|loc_physical_ms)\}/,
    known: [
      '{campaignid}',
      '{adgroupid}',
      '{creative}',
      '{network}',
      '{device}',
      '{matchtype}',
      '{keyword}',
      '{targetid}',
      '{loc_physical_ms}',
    ],
    adId: '{creative}',
    standard: {
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: '{campaignid}',
      utm_term: '{adgroupid}',
      utm_content: '{creative}',
    },
  },
  goals: [
    search('traffic', 'TARGET_SPEND', ['lowest_cost', 'bid_cap']),
    search('leads', 'MAXIMIZE_CONVERSIONS', ['lowest_cost', 'cost_cap']),
    search('sales', 'MAXIMIZE_CONVERSIONS', ['lowest_cost', 'cost_cap']),
    demandGen('traffic', 'TARGET_SPEND', ['lowest_cost']),
    demandGen('leads', 'MAXIMIZE_CONVERSIONS', ['lowest_cost', 'cost_cap']),
    demandGen('sales', 'MAXIMIZE_CONVERSIONS', ['lowest_cost', 'cost_cap']),
  ],
  // Targets and ceilings of the strategies above, not strategies of their own.
  bidStrategies: [
    { bid: 'lowest_cost', word: 'NO_TARGET', needsAmount: false },
    { bid: 'cost_cap', word: 'TARGET_CPA', needsAmount: true },
    { bid: 'bid_cap', word: 'CPC_BID_CEILING', needsAmount: true },
  ],
  // Search ads have no button; Demand Gen takes these words.
  callsToAction: {
    LEARN_MORE: 'Learn more',
    SIGN_UP: 'Sign up',
    SHOP_NOW: 'Shop now',
    APPLY_NOW: 'Apply now',
    BOOK_NOW: 'Book now',
    CONTACT_US: 'Contact us',
    DOWNLOAD: 'Download',
    GET_QUOTE: 'Get quote',
    SUBSCRIBE: 'Subscribe',
    NO_BUTTON: '',
  },
  ids: { account: /^\d{10}$/, identity: null, leadForm: null, pixel: null, logo: /^\d+$/ },
  budgetLevels: ['campaign'],
  fields: [
    { setting: 'keywords', need: 'keywords', required: true },
    { setting: 'brandName', need: 'logo', required: false },
    { setting: 'logoId', need: 'logo', required: true },
    { setting: 'locale', required: false, choices: LOCALES },
    { setting: 'political', required: false },
  ],
  ages: { from: [18, 25, 35, 45, 55, 65], to: [24, 34, 44, 54, 64, 65] },
  keywords: { maxLength: 80, maxWords: 10, forbidden: /[!@%,*]/ },
  removal: {
    ways: { campaign: 'deleted', ad_set: 'deleted', creative: null, ad: 'deleted' },
    reason: 'There is no archive: REMOVED is the only way, it is for good, and reports keep the figures.',
    mark: 'vendor docs',
    leaves: [],
  },
};
