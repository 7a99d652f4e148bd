/** The values the imitation accepts. Kept by hand: the published enums still name things the server refuses. */
export const OBJECTIVES = [
  'OUTCOME_APP_PROMOTION',
  'OUTCOME_AWARENESS',
  'OUTCOME_ENGAGEMENT',
  'OUTCOME_LEADS',
  'OUTCOME_SALES',
  'OUTCOME_TRAFFIC',
] as const;

export const STATUSES = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED'] as const;

export const SPECIAL_AD_CATEGORIES = [
  'CREDIT',
  'EMPLOYMENT',
  'FINANCIAL_PRODUCTS_SERVICES',
  'HOUSING',
  'ISSUES_ELECTIONS_POLITICS',
  'NONE',
  'ONLINE_GAMBLING_AND_GAMING',
] as const;

/** In these categories an ad set has to say whether it wants the automatic audience (v26 rule, all versions). */
export const AUDIENCE_CHOICE_CATEGORIES = new Set(['CREDIT', 'EMPLOYMENT', 'FINANCIAL_PRODUCTS_SERVICES', 'HOUSING']);

export const BID_STRATEGIES = ['COST_CAP', 'LOWEST_COST_WITHOUT_CAP', 'LOWEST_COST_WITH_BID_CAP', 'LOWEST_COST_WITH_MIN_ROAS'] as const;
export const CAPPED_BIDS = new Set(['COST_CAP', 'LOWEST_COST_WITH_BID_CAP']);

export const BILLING_EVENTS = [
  'APP_INSTALLS',
  'CLICKS',
  'IMPRESSIONS',
  'LINK_CLICKS',
  'PAGE_LIKES',
  'POST_ENGAGEMENT',
  'PURCHASE',
  'THRUPLAY',
] as const;

export const OPTIMIZATION_GOALS = [
  'APP_INSTALLS',
  'CONVERSATIONS',
  'ENGAGED_USERS',
  'EVENT_RESPONSES',
  'IMPRESSIONS',
  'LANDING_PAGE_VIEWS',
  'LEAD_GENERATION',
  'LINK_CLICKS',
  'OFFSITE_CONVERSIONS',
  'PAGE_LIKES',
  'POST_ENGAGEMENT',
  'QUALITY_CALL',
  'QUALITY_LEAD',
  'REACH',
  'THRUPLAY',
  'VALUE',
] as const;

export const DESTINATION_TYPES = [
  'APP',
  'APPLINKS_AUTOMATIC',
  'FACEBOOK',
  'INSTAGRAM_PROFILE',
  'MESSENGER',
  'ON_AD',
  'ON_POST',
  'ON_VIDEO',
  'WEBSITE',
  'WHATSAPP',
] as const;

export const CALLS_TO_ACTION = new Set([
  'APPLY_NOW',
  'BOOK_NOW',
  'BOOK_TRAVEL',
  'BUY_NOW',
  'CONTACT_US',
  'DOWNLOAD',
  'GET_DIRECTIONS',
  'GET_OFFER',
  'GET_QUOTE',
  'GET_SHOWTIMES',
  'GET_STARTED',
  'INSTALL_APP',
  'INSTALL_MOBILE_APP',
  'LEARN_MORE',
  'LISTEN_NOW',
  'MESSAGE_PAGE',
  'NO_BUTTON',
  'OPEN_LINK',
  'ORDER_NOW',
  'PLAY_GAME',
  'REQUEST_TIME',
  'SHOP_NOW',
  'SIGN_UP',
  'SUBSCRIBE',
  'USE_APP',
  'WATCH_MORE',
  'WATCH_VIDEO',
  'WHATSAPP_MESSAGE',
]);

/** Countries whose ads must name who pays and who benefits. */
export const EU_COUNTRIES = new Set([
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
]);

export const DATE_PRESETS = [
  'today',
  'yesterday',
  'this_month',
  'last_month',
  'maximum',
  'last_3d',
  'last_7d',
  'last_14d',
  'last_28d',
  'last_30d',
  'last_90d',
] as const;
