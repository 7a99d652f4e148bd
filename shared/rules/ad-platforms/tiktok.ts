import type { GoalWords, NameLimits, PlatformRules } from './platform-rules.ts';
import { TIKTOK_PLACES } from './tiktok-places.ts';

const GUIDE = 'launching guide §6';

/** Emoji are refused in names (unconfirmed, as the length is). */
const NAMES: NameLimits = { maxLength: 512, forbidden: /[\p{Cc}<>]|\p{Extended_Pictographic}/gu, mark: 'unconfirmed' };

const goal = (
  goal: GoalWords['goal'],
  objective: string,
  optimizationGoal: string,
  billingEvent: string,
  needs: GoalWords['needs'] = [],
): GoalWords => ({ goal, objective, optimizationGoal, billingEvent, needs });

/**
 * Leads and sales go out as Smart+ campaigns, everything else as classic ones: classic creation for those objectives is said to end on
 * 1 Jan 2027 (single source, platforms/tiktok).
 */
export const TIKTOK: PlatformRules = {
  label: 'TikTok',
  overspend: null,
  hasCreatives: false,
  names: { campaign: NAMES, adSet: NAMES, creative: NAMES, ad: NAMES },
  texts: [
    {
      placement: 'in-feed',
      field: 'primaryText',
      visible: 100,
      hard: 100,
      unit: 'double-width',
      mark: 'single source',
      source: GUIDE,
      asOf: '2026-11',
    },
  ],
  placements: [{ id: 'in-feed', layout: 'story', ratios: ['9x16'] }],
  macros: {
    // Nothing of a name or a token is written like this, so whatever is must be one the platform knows.
    pattern: /__[A-Z]+(?:_[A-Z]+)*__/,
    known: ['__CAMPAIGN_ID__', '__AID__', '__CID__', '__CAMPAIGN_NAME__', '__AID_NAME__', '__CID_NAME__', '__PLACEMENT__'],
    adId: '__CID__',
    standard: {
      utm_source: 'tiktok',
      utm_medium: 'paid-social',
      utm_campaign: '__CAMPAIGN_ID__',
      utm_term: '__AID__',
      utm_content: '__CID__',
      utm_placement: '__PLACEMENT__',
    },
  },
  goals: [
    goal('traffic', 'TRAFFIC', 'CLICK', 'CPC'),
    goal('traffic', 'TRAFFIC', 'TRAFFIC_LANDING_PAGE_VIEW', 'OCPM'),
    goal('leads', 'LEAD_GENERATION', 'LEAD_GENERATION', 'OCPM', ['leadForm']),
    goal('leads', 'LEAD_GENERATION', 'CONVERT', 'OCPM', ['pixel']),
    goal('sales', 'WEB_CONVERSIONS', 'CONVERT', 'OCPM', ['pixel']),
    goal('sales', 'WEB_CONVERSIONS', 'VALUE', 'OCPM', ['pixel']),
    goal('awareness', 'REACH', 'REACH', 'CPM'),
    goal('video_views', 'VIDEO_VIEWS', 'ENGAGED_VIEW', 'CPV'),
    goal('video_views', 'VIDEO_VIEWS', 'ENGAGED_VIEW_FIFTEEN', 'CPV'),
  ],
  bidStrategies: [
    { bid: 'lowest_cost', word: 'BID_TYPE_NO_BID', needsAmount: false },
    { bid: 'cost_cap', word: 'BID_TYPE_CUSTOM', needsAmount: true },
  ],
  callsToAction: {
    LEARN_MORE: 'LEARN_MORE',
    SIGN_UP: 'SIGN_UP',
    SHOP_NOW: 'SHOP_NOW',
    APPLY_NOW: 'APPLY_NOW',
    BOOK_NOW: 'BOOK_NOW',
    CONTACT_US: 'CONTACT_US',
    DOWNLOAD: 'DOWNLOAD_NOW',
    GET_QUOTE: 'GET_QUOTE',
    ORDER_NOW: 'ORDER_NOW',
    SUBSCRIBE: 'SUBSCRIBE',
  },
  ids: {
    account: /^\d+$/,
    // The kind of identity stands before its id; without one it is the advertiser's own. A shared TikTok account names its business center.
    identity: /^(?:(?:(?:CUSTOMIZED_USER|TT_USER):)?[\w-]+|BC_AUTH_TT:[\w-]+@\d+)$/,
    leadForm: /^\d+$/,
    pixel: /^\d+$/,
  },
  budgetLevels: ['ad_set', 'campaign'],
  bidOnAdSet: true,
  fields: [
    { setting: 'leadFormId', need: 'leadForm', required: true },
    { setting: 'pixelId', need: 'pixel', required: true },
    { setting: 'specialAdCategories', required: false, choices: ['CREDIT', 'EMPLOYMENT', 'HOUSING'] },
  ],
  // 65 stands for 65 and above, which is where the platform's last group (from 55 on) ends.
  ages: { from: [13, 18, 25, 35, 45, 55], to: [17, 24, 34, 44, 54, 65] },
  countries: TIKTOK_PLACES,
  removal: {
    ways: { campaign: 'deleted', ad_set: 'deleted', creative: null, ad: 'deleted' },
    reason: 'An object is on, off or deleted; there is no archive, and what was deleted cannot be changed any more.',
    mark: 'single source',
    leaves: [],
  },
};
