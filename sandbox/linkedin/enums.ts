/**
 * Words of the platform. Unverified: optimizationTargetType, format, calls to action and serving words are [T+K].
 * objectiveType: the guide has the plural words [D], callers in the wild were told by the platform that those are no enum symbols
 * and send the singular ones [T]. Both are taken until a live account has spoken; what was sent is what is answered.
 */
export const OBJECTIVES = [
  'BRAND_AWARENESS',
  'ENGAGEMENT',
  'JOB_APPLICANTS',
  'LEAD_GENERATION',
  'WEBSITE_CONVERSIONS',
  'WEBSITE_VISITS',
  'VIDEO_VIEWS',
] as const;
export type Objective = (typeof OBJECTIVES)[number];

const SINGULAR: Record<string, Objective> = {
  JOB_APPLICANT: 'JOB_APPLICANTS',
  WEBSITE_CONVERSION: 'WEBSITE_CONVERSIONS',
  WEBSITE_VISIT: 'WEBSITE_VISITS',
  VIDEO_VIEW: 'VIDEO_VIEWS',
};

export function objectiveOf(word: unknown): Objective | null {
  const text = String(word);
  return SINGULAR[text] ?? OBJECTIVES.find((one) => one === text) ?? null;
}

export const CAMPAIGN_TYPES = ['TEXT_AD', 'SPONSORED_UPDATES', 'SPONSORED_INMAILS', 'DYNAMIC'] as const;
export const COST_TYPES = ['CPM', 'CPC', 'CPV'] as const;
export const POLITICAL_INTENTS = ['NOT_POLITICAL', 'POLITICAL', 'NOT_DECLARED'] as const;
export const GROUP_STATUSES = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'CANCELED', 'DRAFT', 'PENDING_DELETION', 'REMOVED'] as const;
export const CAMPAIGN_STATUSES = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'COMPLETED', 'CANCELED', 'DRAFT', 'PENDING_DELETION', 'REMOVED'] as const;
export const CREATIVE_STATUSES = GROUP_STATUSES;
export const REVIEW_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'NEEDS_REVIEW'] as const;

export const OPTIMIZATION_TARGETS = [
  'NONE',
  'MAX_CLICK',
  'MAX_IMPRESSION',
  'MAX_CONVERSION',
  'MAX_LEAD',
  'MAX_REACH',
  'MAX_VIDEO_VIEW',
  'MAX_QUALIFIED_LEAD',
  'TARGET_COST_PER_CLICK',
  'TARGET_COST_PER_IMPRESSION',
  'TARGET_COST_PER_VIDEO_VIEW',
  'CAP_COST_AND_MAXIMIZE_CLICKS',
  'CAP_COST_AND_MAXIMIZE_IMPRESSIONS',
  'CAP_COST_AND_MAXIMIZE_LEADS',
  'ENHANCED_CONVERSION',
] as const;

export const FORMATS = [
  'STANDARD_UPDATE',
  'SINGLE_VIDEO',
  'CAROUSEL',
  'SPONSORED_INMAIL',
  'SPONSORED_MESSAGE',
  'TEXT_AD',
  'SPOTLIGHT',
  'FOLLOW_COMPANY',
  'JOBS',
  'SPONSORED_UPDATE_EVENT',
  'SPONSORED_UPDATE_NATIVE_DOCUMENT',
] as const;

/** The button under a sponsored post. */
export const POST_BUTTONS = [
  'APPLY',
  'ATTEND',
  'DOWNLOAD',
  'JOIN',
  'LEARN_MORE',
  'REGISTER',
  'REQUEST_DEMO',
  'SIGN_UP',
  'SUBSCRIBE',
  'VIEW_QUOTE',
] as const;

/** The button that opens a lead form. */
export const FORM_BUTTONS = [
  'APPLY',
  'DOWNLOAD',
  'LEARN_MORE',
  'REGISTER',
  'REQUEST_DEMO',
  'SIGN_UP',
  'SUBSCRIBE',
  'VIEW_QUOTE',
  'ATTEND',
  'JOIN',
] as const;

export const PIVOTS = [
  'COMPANY',
  'ACCOUNT',
  'SHARE',
  'CAMPAIGN',
  'CREATIVE',
  'CAMPAIGN_GROUP',
  'CONVERSION',
  'CONVERSATION_NODE',
  'CONVERSATION_NODE_OPTION_INDEX',
  'SERVING_LOCATION',
  'CARD_INDEX',
  'MEMBER_COMPANY_SIZE',
  'MEMBER_INDUSTRY',
  'MEMBER_SENIORITY',
  'MEMBER_JOB_TITLE',
  'MEMBER_JOB_FUNCTION',
  'MEMBER_COUNTRY_V2',
  'MEMBER_REGION_V2',
  'MEMBER_COMPANY',
] as const;
export type Pivot = (typeof PIVOTS)[number];

export const GRANULARITIES = ['ALL', 'DAILY', 'MONTHLY', 'YEARLY'] as const;
