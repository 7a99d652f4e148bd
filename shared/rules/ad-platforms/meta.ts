import type { GoalWords, NameLimits, PlatformRules, TextField, TextLimit } from './platform-rules.ts';

const GUIDE = 'launching guide §6';
const COPY_SPECS = 'https://adsuploader.com/blog/meta-ad-copy-specs';

/** Meta publishes no limit for names: 400 is what its forms accept, so treat it as a ceiling, not a promise. */
const NAMES: NameLimits = { maxLength: 400, forbidden: /[\p{Cc}<>]/gu, mark: 'unconfirmed' };

const text = (
  placement: TextLimit['placement'],
  field: TextField,
  visible: number,
  hard: number | null,
  mark: TextLimit['mark'],
  source: string,
): TextLimit => ({ placement, field, visible, hard, unit: 'grapheme', mark, source, asOf: '2026-11' });

const goal = (goal: GoalWords['goal'], objective: string, optimizationGoal: string, needs: GoalWords['needs'] = []): GoalWords => ({
  goal,
  objective,
  optimizationGoal,
  billingEvent: 'IMPRESSIONS',
  needs,
});

export const META: PlatformRules = {
  label: 'Meta',
  overspend: {
    mostPercent: 175,
    mark: 'single source',
    source: 'https://www.digitalposition.com/resources/blog/ppc/why-youre-overspending-on-meta-ads',
    asOf: '2026-11',
  },
  hasCreatives: true,
  names: { campaign: NAMES, adSet: NAMES, creative: NAMES, ad: NAMES },
  texts: [
    text('feed', 'primaryText', 125, 2_200, 'single source', COPY_SPECS),
    text('feed', 'headline', 27, null, 'single source', COPY_SPECS),
    text('feed', 'description', 30, null, 'single source', COPY_SPECS),
    text('instagram-feed', 'primaryText', 125, 2_200, 'single source', COPY_SPECS),
    text('instagram-feed', 'headline', 40, null, 'single source', COPY_SPECS),
    text('stories', 'primaryText', 125, 2_200, 'vendor docs', GUIDE),
    text('stories', 'headline', 40, null, 'vendor docs', GUIDE),
    text('reels', 'primaryText', 125, 2_200, 'vendor docs', GUIDE),
    text('reels', 'headline', 10, null, 'single source', GUIDE),
  ],
  placements: [
    { id: 'feed', layout: 'post', ratios: ['1x1', '4x5', '16x9'] },
    { id: 'instagram-feed', layout: 'post', ratios: ['1x1', '4x5'] },
    { id: 'stories', layout: 'story', ratios: ['9x16'] },
    { id: 'reels', layout: 'story', ratios: ['9x16'] },
  ],
  macros: {
    pattern: /\{\{[^{}]*\}\}/,
    known: [
      '{{campaign.id}}',
      '{{adset.id}}',
      '{{ad.id}}',
      '{{campaign.name}}',
      '{{adset.name}}',
      '{{ad.name}}',
      '{{placement}}',
      '{{site_source_name}}',
    ],
    adId: '{{ad.id}}',
    standard: {
      utm_source: 'meta',
      utm_medium: 'paid-social',
      utm_campaign: '{{campaign.id}}',
      utm_term: '{{adset.id}}',
      utm_content: '{{ad.id}}',
      utm_placement: '{{placement}}',
    },
  },
  goals: [
    goal('traffic', 'OUTCOME_TRAFFIC', 'LINK_CLICKS'),
    goal('traffic', 'OUTCOME_TRAFFIC', 'LANDING_PAGE_VIEWS'),
    goal('leads', 'OUTCOME_LEADS', 'LEAD_GENERATION', ['leadForm']),
    goal('leads', 'OUTCOME_LEADS', 'QUALITY_LEAD', ['leadForm']),
    goal('leads', 'OUTCOME_LEADS', 'OFFSITE_CONVERSIONS', ['pixel']),
    goal('sales', 'OUTCOME_SALES', 'OFFSITE_CONVERSIONS', ['pixel']),
    goal('sales', 'OUTCOME_SALES', 'VALUE', ['pixel']),
    goal('awareness', 'OUTCOME_AWARENESS', 'REACH'),
    goal('awareness', 'OUTCOME_AWARENESS', 'IMPRESSIONS'),
    goal('video_views', 'OUTCOME_ENGAGEMENT', 'THRUPLAY'),
  ],
  bidStrategies: [
    { bid: 'lowest_cost', word: 'LOWEST_COST_WITHOUT_CAP', needsAmount: false },
    { bid: 'cost_cap', word: 'COST_CAP', needsAmount: true },
    { bid: 'bid_cap', word: 'LOWEST_COST_WITH_BID_CAP', needsAmount: true },
  ],
  callsToAction: {
    LEARN_MORE: 'LEARN_MORE',
    SIGN_UP: 'SIGN_UP',
    SHOP_NOW: 'SHOP_NOW',
    APPLY_NOW: 'APPLY_NOW',
    BOOK_NOW: 'BOOK_TRAVEL',
    CONTACT_US: 'CONTACT_US',
    DOWNLOAD: 'DOWNLOAD',
    GET_OFFER: 'GET_OFFER',
    GET_QUOTE: 'GET_QUOTE',
    ORDER_NOW: 'ORDER_NOW',
    SUBSCRIBE: 'SUBSCRIBE',
    GET_STARTED: 'GET_STARTED',
    NO_BUTTON: 'NO_BUTTON',
  },
  ids: { account: /^act_\d+$/, identity: /^\d+$/, leadForm: /^\d+$/, pixel: /^\d+$/ },
  budgetLevels: ['ad_set', 'campaign'],
  fields: [
    { setting: 'leadFormId', need: 'leadForm', required: true },
    { setting: 'pixelId', need: 'pixel', required: true },
    {
      setting: 'specialAdCategories',
      required: false,
      choices: [
        'CREDIT',
        'EMPLOYMENT',
        'FINANCIAL_PRODUCTS_SERVICES',
        'HOUSING',
        'ISSUES_ELECTIONS_POLITICS',
        'ONLINE_GAMBLING_AND_GAMING',
      ],
    },
  ],
  removal: {
    ways: { campaign: 'archived', ad_set: 'archived', creative: 'deleted', ad: 'archived' },
    reason:
      'Archived objects stay readable with their figures. Creatives have no archive; whether one that an archived ad shows can be deleted is not known: a refusal is told, and a creative cannot spend.',
    mark: 'unconfirmed',
    leaves: [],
  },
};
