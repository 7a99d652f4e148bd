/**
 * The words the imitation takes. Checked against the facts file in tests. Unverified, from third-party field lists [T]: the positions
 * after CHAT_FEED, the calls to action by creative type, FILTER and LENS_* ad types.
 */
export const STATUSES = ['ACTIVE', 'PAUSED'] as const;
export const BUY_MODELS = ['AUCTION', 'RESERVED'] as const;
export const OBJECTIVES_V2 = ['AWARENESS_AND_ENGAGEMENT', 'SALES', 'TRAFFIC', 'APP_PROMOTION', 'LEADS'] as const;
export type ObjectiveV2 = (typeof OBJECTIVES_V2)[number];
export const PROMOTION_TYPES = ['PROMOTE_PLACES', 'PROMOTE_SHOWS', 'APP_INSTALL', 'APP_REENGAGEMENT'] as const;

/** The older word, still taken and translated by the platform [T]; which new one it becomes is ours [K]. */
export const OLD_OBJECTIVES: Record<string, ObjectiveV2> = {
  BRAND_AWARENESS: 'AWARENESS_AND_ENGAGEMENT',
  APP_CONVERSION: 'SALES',
  APP_INSTALL: 'APP_PROMOTION',
  CATALOG_SALES: 'SALES',
  ENGAGEMENT: 'AWARENESS_AND_ENGAGEMENT',
  LEAD_GENERATION: 'LEADS',
  VIDEO_VIEW: 'AWARENESS_AND_ENGAGEMENT',
  WEB_CONVERSION: 'SALES',
  PROMOTE_STORIES: 'AWARENESS_AND_ENGAGEMENT',
  PROMOTE_PLACES: 'AWARENESS_AND_ENGAGEMENT',
};

export const SQUAD_TYPES = ['SNAP_ADS', 'LENS'] as const;
export const BILLING_EVENTS = ['IMPRESSION'] as const;
export const BID_STRATEGIES = ['AUTO_BID', 'LOWEST_COST_WITH_MAX_BID', 'TARGET_COST'] as const;
export const PACING_TYPES = ['STANDARD', 'ACCELERATED'] as const;
export const DELIVERY_CONSTRAINTS = ['DAILY_BUDGET', 'LIFETIME_BUDGET', 'REACH_AND_FREQUENCY'] as const;
export const CONVERSION_WINDOWS = ['SWIPE_28DAY_VIEW_1DAY', 'SWIPE_7DAY'] as const;
export const PLACEMENT_CONFIGS = ['AUTOMATIC', 'CUSTOM'] as const;
export const POSITIONS = [
  'INTERSTITIAL_USER',
  'INTERSTITIAL_CONTENT',
  'INSTREAM',
  'FEED',
  'CAMERA',
  'CHAT_FEED',
  'INTERSTITIAL_SPOTLIGHT',
  'PUBLIC_STORIES_INSTREAM',
  'POST_CAPTURE_CAROUSEL',
] as const;

export const OPTIMIZATION_GOALS = [
  'IMPRESSIONS',
  'SWIPES',
  'APP_INSTALLS',
  'VIDEO_VIEWS',
  'VIDEO_VIEWS_15_SEC',
  'USES',
  'STORY_OPENS',
  'PIXEL_PAGE_VIEW',
  'PIXEL_ADD_TO_CART',
  'LANDING_PAGE_VIEW',
  'LEAD_FORM_SUBMISSIONS',
  'PIXEL_PURCHASE',
  'PIXEL_SIGNUP',
  'APP_ADD_TO_CART',
  'APP_PURCHASE',
  'APP_SIGNUP',
  'APP_REENGAGE_OPEN',
  'APP_REENGAGE_PURCHASE',
] as const;
export type Goal = (typeof OPTIMIZATION_GOALS)[number];

export const CREATIVE_TYPES = [
  'SNAP_AD',
  'APP_INSTALL',
  'WEB_VIEW',
  'DEEP_LINK',
  'AD_TO_LENS',
  'AD_TO_CALL',
  'AD_TO_MESSAGE',
  'PREVIEW',
  'COMPOSITE',
  'LEAD_GENERATION',
] as const;
export type CreativeType = (typeof CREATIVE_TYPES)[number];
export const CROP_POSITIONS = ['OPTIMIZED', 'MIDDLE', 'TOP', 'BOTTOM'] as const;

export const AD_TYPES = [
  'SNAP_AD',
  'LONGFORM_VIDEO',
  'APP_INSTALL',
  'REMOTE_WEBPAGE',
  'DEEP_LINK',
  'STORY',
  'AD_TO_LENS',
  'AD_TO_CALL',
  'AD_TO_MESSAGE',
  'LEAD_GENERATION',
  'COLLECTION',
  'FILTER',
  'LENS',
  'LENS_WEB_VIEW',
  'LENS_APP_INSTALL',
  'LENS_DEEP_LINK',
  'LENS_LONGFORM_VIDEO',
] as const;

/** Which creative an ad may show [D: the ads page's table]; types that are missing take none that can be made here. */
export const CREATIVE_OF_AD: Record<string, CreativeType> = {
  SNAP_AD: 'SNAP_AD',
  APP_INSTALL: 'APP_INSTALL',
  REMOTE_WEBPAGE: 'WEB_VIEW',
  DEEP_LINK: 'DEEP_LINK',
  STORY: 'COMPOSITE',
  AD_TO_LENS: 'AD_TO_LENS',
  AD_TO_CALL: 'AD_TO_CALL',
  AD_TO_MESSAGE: 'AD_TO_MESSAGE',
  LEAD_GENERATION: 'LEAD_GENERATION',
};

const words = (text: string): readonly string[] => text.split(' ');
export const CALLS_TO_ACTION: Partial<Record<CreativeType, readonly string[]>> = {
  WEB_VIEW: words(
    'APPLY_NOW MORE ORDER_NOW PLAY READ SHOP_NOW SHOW SIGN_UP VIEW WATCH DONATE DOWNLOAD RESPOND BUY_TICKETS SHOWTIMES BOOK_NOW GET_NOW LISTEN TRY VOTE VIEW_MENU PRE_REGISTER PLAY_GAME',
  ),
  APP_INSTALL: words(
    'BOOK_NOW DONATE DOWNLOAD GET_NOW INSTALL_NOW ORDER_NOW PLAY SHOP_NOW SIGN_UP TRY USE_APP WATCH VOTE DIRECTIONS PLAY_GAME',
  ),
  DEEP_LINK: words(
    'DONATE PLAY SHOP_NOW SIGN_UP USE_APP MORE OPEN_APP TRY WATCH VIEW_PROFILE VOTE DIRECTIONS PRE_REGISTER PLAY_GAME DOWNLOAD',
  ),
  AD_TO_LENS: words('PLAY TRY SHOP_NOW VOTE'),
  AD_TO_CALL: words('CALL_NOW OPEN_APP'),
  AD_TO_MESSAGE: words('MESSAGE_NOW OPEN_APP'),
  LEAD_GENERATION: words(
    'APPLY_NOW MORE BOOK_NOW GET_NOW SIGN_UP TEST_DRIVE REQUEST_APPOINTMENT REQUEST_QUOTE FREE_TRIAL CLAIM_SAMPLE GET_COUPON',
  ),
};

export const MEDIA_TYPES = ['VIDEO', 'IMAGE'] as const;

export const FORM_FIELDS = [
  'FIRST_NAME',
  'LAST_NAME',
  'EMAIL',
  'PHONE_NUMBER',
  'POSTAL_CODE',
  'ADDRESS',
  'BIRTHDAY',
  'JOB_TITLE',
  'COMPANY_NAME',
  'CUSTOM',
] as const;
export const CUSTOM_FIELDS = ['TEXT', 'MULTIPLE_CHOICE_SINGLE_SELECTION'] as const;
