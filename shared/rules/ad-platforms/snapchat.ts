import { LOCALES } from './locales.ts';
import type { GoalWords, NameLimits, PlatformRules } from './platform-rules.ts';

const AD_SPECS = 'https://forbusiness.snapchat.com/resources/advertising-guides/ad-specs';

/** As the API documents it for campaigns and creatives; ad squads and ads are taken to be the same. */
const NAMES: NameLimits = { maxLength: 375, forbidden: /[\p{Cc}<>]/gu, mark: 'vendor docs' };
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const goal = (goal: GoalWords['goal'], objective: string, optimizationGoal: string, needs: GoalWords['needs'] = []): GoalWords => ({
  goal,
  objective,
  optimizationGoal,
  billingEvent: 'IMPRESSION',
  needs,
});

/** Goals by objective and the need of a pixel are single source; the words themselves are vendor docs. Goals of apps are left out: a plan has no app. */
export const SNAPCHAT: PlatformRules = {
  label: 'Snapchat',
  overspend: null,
  hasCreatives: true,
  names: { campaign: NAMES, adSet: NAMES, creative: NAMES, ad: NAMES },
  // A snap shows a brand and a headline; there is nowhere to put a longer text.
  texts: [
    {
      placement: 'snap',
      field: 'headline',
      visible: 34,
      hard: 34,
      unit: 'grapheme',
      mark: 'vendor docs',
      source: AD_SPECS,
      asOf: '2026-11',
    },
  ],
  placements: [{ id: 'snap', layout: 'story', ratios: ['9x16'] }],
  macros: {
    pattern: /\{\{[^{}]*\}\}/,
    known: ['{{campaign.id}}', '{{adSet.id}}', '{{ad.id}}', '{{campaign.name}}', '{{adSet.name}}', '{{site_source_name}}'],
    adId: '{{ad.id}}',
    standard: {
      utm_source: 'snapchat',
      utm_medium: 'paid-social',
      utm_campaign: '{{campaign.id}}',
      utm_term: '{{adSet.id}}',
      utm_content: '{{ad.id}}',
    },
  },
  goals: [
    goal('traffic', 'TRAFFIC', 'SWIPES'),
    goal('traffic', 'TRAFFIC', 'LANDING_PAGE_VIEW', ['pixel']),
    goal('traffic', 'TRAFFIC', 'PIXEL_PAGE_VIEW', ['pixel']),
    goal('leads', 'LEADS', 'LEAD_FORM_SUBMISSIONS', ['leadForm']),
    goal('leads', 'LEADS', 'PIXEL_SIGNUP', ['pixel']),
    goal('leads', 'LEADS', 'LANDING_PAGE_VIEW', ['pixel']),
    goal('leads', 'LEADS', 'SWIPES'),
    goal('sales', 'SALES', 'PIXEL_PURCHASE', ['pixel']),
    goal('sales', 'SALES', 'PIXEL_ADD_TO_CART', ['pixel']),
    goal('sales', 'SALES', 'PIXEL_SIGNUP', ['pixel']),
    goal('sales', 'SALES', 'PIXEL_PAGE_VIEW', ['pixel']),
    goal('sales', 'SALES', 'LANDING_PAGE_VIEW', ['pixel']),
    goal('sales', 'SALES', 'SWIPES'),
    goal('awareness', 'AWARENESS_AND_ENGAGEMENT', 'IMPRESSIONS'),
    goal('awareness', 'AWARENESS_AND_ENGAGEMENT', 'SWIPES'),
    goal('video_views', 'AWARENESS_AND_ENGAGEMENT', 'VIDEO_VIEWS'),
    goal('video_views', 'AWARENESS_AND_ENGAGEMENT', 'VIDEO_VIEWS_15_SEC'),
  ],
  bidStrategies: [
    { bid: 'lowest_cost', word: 'AUTO_BID', needsAmount: false },
    { bid: 'cost_cap', word: 'TARGET_COST', needsAmount: true },
    { bid: 'bid_cap', word: 'LOWEST_COST_WITH_MAX_BID', needsAmount: true },
  ],
  // An ad that leads somewhere always shows a button.
  callsToAction: {
    LEARN_MORE: 'MORE',
    SIGN_UP: 'SIGN_UP',
    SHOP_NOW: 'SHOP_NOW',
    APPLY_NOW: 'APPLY_NOW',
    BOOK_NOW: 'BOOK_NOW',
    DOWNLOAD: 'DOWNLOAD',
    ORDER_NOW: 'ORDER_NOW',
  },
  // Without a public profile the ad names the brand only.
  ids: { account: ID, identity: /^$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, leadForm: ID, pixel: ID },
  // That ad squads leave their budget out below a campaign that has one is known from one source only: not built on.
  budgetLevels: ['ad_set'],
  fields: [
    { setting: 'brandName', required: false },
    { setting: 'locale', required: false, choices: LOCALES },
    { setting: 'leadFormId', need: 'leadForm', required: true },
    { setting: 'pixelId', need: 'pixel', required: true },
    { setting: 'specialAdCategories', required: false, choices: ['CREDIT', 'EMPLOYMENT', 'HOUSING'] },
  ],
  removal: {
    ways: { campaign: 'deleted', ad_set: 'deleted', creative: 'renamed', ad: 'deleted' },
    reason: 'There is no archive. A creative cannot be deleted: it gives up its name, so that nobody takes it for one in use.',
    mark: 'single source',
    leaves: [],
  },
};
