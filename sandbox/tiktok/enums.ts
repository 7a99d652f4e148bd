/** The values the imitation accepts: the official enums [S] without those the platform has taken away. */
export const MANUAL_OBJECTIVES = [
  'APP_PROMOTION',
  'ENGAGEMENT',
  'LEAD_GENERATION',
  'PRODUCT_SALES',
  'REACH',
  'TRAFFIC',
  'VIDEO_VIEWS',
  'WEB_CONVERSIONS',
] as const;
export const SMART_OBJECTIVES = ['APP_PROMOTION', 'LEAD_GENERATION', 'WEB_CONVERSIONS'] as const;

export const CREATE_STATUSES = ['ENABLE', 'DISABLE'] as const;
/** Smart+ campaigns know one more [S]. */
export const SMART_CAMPAIGN_STATUSES = ['ENABLE', 'DISABLE', 'FROZEN'] as const;
export const STATUS_CHANGES = ['ENABLE', 'DISABLE', 'DELETE'] as const;

export const BUDGET_MODES = ['BUDGET_MODE_DAY', 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET', 'BUDGET_MODE_INFINITE', 'BUDGET_MODE_TOTAL'] as const;
export const SMART_CAMPAIGN_BUDGET_MODES = ['BUDGET_MODE_DYNAMIC_DAILY_BUDGET', 'BUDGET_MODE_TOTAL'] as const;

export const BILLING_EVENTS = ['CPA', 'CPC', 'CPM', 'CPV', 'OCPM'] as const;
export const BID_TYPES = ['BID_TYPE_CUSTOM', 'BID_TYPE_MAX_CONVERSION', 'BID_TYPE_NO_BID'] as const;
export const PACINGS = ['PACING_MODE_FAST', 'PACING_MODE_SMOOTH'] as const;
export const SCHEDULES = ['SCHEDULE_FROM_NOW', 'SCHEDULE_START_END'] as const;
export const PLACEMENT_TYPES = ['PLACEMENT_TYPE_AUTOMATIC', 'PLACEMENT_TYPE_NORMAL'] as const;
export const PLACEMENTS = new Set(['PLACEMENT_GLOBAL_APP_BUNDLE', 'PLACEMENT_PANGLE', 'PLACEMENT_TIKTOK']);
export const GENDERS = ['GENDER_FEMALE', 'GENDER_MALE', 'GENDER_UNLIMITED'] as const;
export const AGE_GROUPS = new Set(['AGE_13_17', 'AGE_18_24', 'AGE_25_34', 'AGE_35_44', 'AGE_45_54', 'AGE_55_100']);
export const SPECIAL_INDUSTRIES = new Set(['CREDIT', 'EMPLOYMENT', 'HOUSING']);

/** Which goals an objective knows, and how a goal is billed. Unverified [K]: no official table was found. */
export const GOALS: Record<(typeof MANUAL_OBJECTIVES)[number], readonly string[]> = {
  APP_PROMOTION: ['CLICK', 'INSTALL', 'IN_APP_EVENT', 'VALUE'],
  ENGAGEMENT: ['FOLLOWERS', 'PAGE_VISIT', 'PROFILE_VIEWS'],
  LEAD_GENERATION: ['CLICK', 'CONVERSATION', 'CONVERSION_LEADS', 'CONVERT', 'LEAD_GENERATION', 'PREFERRED_LEAD'],
  PRODUCT_SALES: ['CLICK', 'CONVERT', 'VALUE'],
  REACH: ['REACH', 'SHOW'],
  TRAFFIC: ['CLICK', 'TRAFFIC_LANDING_PAGE_VIEW'],
  VIDEO_VIEWS: ['ENGAGED_VIEW', 'ENGAGED_VIEW_FIFTEEN', 'VIDEO_VIEW'],
  WEB_CONVERSIONS: ['CLICK', 'CONVERT', 'TRAFFIC_LANDING_PAGE_VIEW', 'VALUE'],
};
export const BILLING_OF_GOAL: Record<string, (typeof BILLING_EVENTS)[number]> = {
  CLICK: 'CPC',
  ENGAGED_VIEW: 'CPV',
  ENGAGED_VIEW_FIFTEEN: 'CPV',
  REACH: 'CPM',
  SHOW: 'CPM',
  VIDEO_VIEW: 'CPV',
};
/** Goals that count events of a pixel. */
export const PIXEL_GOALS = new Set(['CONVERT', 'VALUE']);

export const PROMOTION_TYPES = [
  'APP_ANDROID',
  'APP_IOS',
  'LEAD_GENERATION',
  'LEAD_GEN_CLICK_TO_CALL',
  'LEAD_GEN_CLICK_TO_SOCIAL_MEDIA_APP_MESSAGE',
  'LEAD_GEN_CLICK_TO_TT_DIRECT_MESSAGE',
  'LIVE_SHOPPING',
  'VIDEO_SHOPPING',
  'WEBSITE',
  'WEBSITE_OR_DISPLAY',
] as const;

export const AD_FORMATS = ['CAROUSEL_ADS', 'SINGLE_IMAGE', 'SINGLE_VIDEO'] as const;
export const SMART_AD_FORMATS = ['CAROUSEL_ADS', 'SINGLE_VIDEO'] as const;
export const IDENTITY_TYPES = ['AUTH_CODE', 'BC_AUTH_TT', 'CUSTOMIZED_USER', 'TT_USER'] as const;

export const CALLS_TO_ACTION = new Set([
  'APPLY_NOW',
  'BOOK_NOW',
  'CALL_NOW',
  'CHECK_AVAILABILITY',
  'CONTACT_US',
  'DOWNLOAD_NOW',
  'EXPERIENCE_NOW',
  'GET_QUOTE',
  'GET_SHOWTIMES',
  'GET_TICKETS_NOW',
  'INSTALL_NOW',
  'INTERESTED',
  'LEARN_MORE',
  'LISTEN_NOW',
  'ORDER_NOW',
  'PLAY_GAME',
  'PREORDER_NOW',
  'READ_MORE',
  'SEND_MESSAGE',
  'SHOP_NOW',
  'SIGN_UP',
  'SUBSCRIBE',
  'VIEW_NOW',
  'VIEW_PROFILE',
  'VISIT_STORE',
  'WATCH_LIVE',
  'WATCH_NOW',
]);

/** The part of the platform's switches that it may turn on by itself under the `enhancementFlip` fault [T]. */
export const FLIPPED_ENHANCEMENT = 'VIDEO_QUALITY';
