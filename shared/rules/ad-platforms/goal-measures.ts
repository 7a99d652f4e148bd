/** What a goal counts, in our words: the platforms name the same thing differently. Shown on screens; a plan holds the platform's word. */
export const MEASURES = [
  'clicks',
  'page_loads',
  'pixel_page_views',
  'form_leads',
  'qualified_leads',
  'conversions',
  'value',
  'reach',
  'impressions',
  'video_views',
  'long_video_views',
  'sign_ups',
  'purchases',
  'adds_to_cart',
] as const;
export type Measure = (typeof MEASURES)[number];

/** By the platform's optimization goal. */
const BY_WORD: Readonly<Record<string, Measure>> = {
  LINK_CLICKS: 'clicks',
  TARGET_SPEND: 'clicks',
  CLICK: 'clicks',
  MAX_CLICK: 'clicks',
  SWIPES: 'clicks',
  LANDING_PAGE_VIEWS: 'page_loads',
  TRAFFIC_LANDING_PAGE_VIEW: 'page_loads',
  LANDING_PAGE_VIEW: 'page_loads',
  PIXEL_PAGE_VIEW: 'pixel_page_views',
  LEAD_GENERATION: 'form_leads',
  MAX_LEAD: 'form_leads',
  LEAD_FORM_SUBMISSIONS: 'form_leads',
  QUALITY_LEAD: 'qualified_leads',
  MAX_QUALIFIED_LEAD: 'qualified_leads',
  OFFSITE_CONVERSIONS: 'conversions',
  MAXIMIZE_CONVERSIONS: 'conversions',
  CONVERT: 'conversions',
  MAX_CONVERSION: 'conversions',
  VALUE: 'value',
  REACH: 'reach',
  MAX_REACH: 'reach',
  IMPRESSIONS: 'impressions',
  MAX_IMPRESSION: 'impressions',
  THRUPLAY: 'video_views',
  ENGAGED_VIEW: 'video_views',
  MAX_VIDEO_VIEW: 'video_views',
  VIDEO_VIEWS: 'video_views',
  ENGAGED_VIEW_FIFTEEN: 'long_video_views',
  VIDEO_VIEWS_15_SEC: 'long_video_views',
  PIXEL_SIGNUP: 'sign_ups',
  PIXEL_PURCHASE: 'purchases',
  PIXEL_ADD_TO_CART: 'adds_to_cart',
};

/** @throws Error for a word no platform of ours has */
export function measureOf(optimizationGoal: string): Measure {
  const measure = BY_WORD[optimizationGoal];
  if (measure === undefined) throw new Error(`what ${optimizationGoal} counts is not known`);
  return measure;
}
