import type { Goal, ObjectiveV2 } from './enums.ts';

/** Goals by objective and conversion location, as the facts file has them [T]; '-' = the objective knows no location. */
export const GOALS: Record<ObjectiveV2, Record<string, readonly Goal[]>> = {
  AWARENESS_AND_ENGAGEMENT: { '-': ['IMPRESSIONS', 'SWIPES', 'STORY_OPENS', 'USES', 'VIDEO_VIEWS', 'VIDEO_VIEWS_15_SEC'] },
  SALES: {
    WEB: ['SWIPES', 'STORY_OPENS', 'PIXEL_PURCHASE', 'PIXEL_SIGNUP', 'PIXEL_ADD_TO_CART', 'PIXEL_PAGE_VIEW', 'LANDING_PAGE_VIEW'],
    APP: ['IMPRESSIONS', 'SWIPES', 'APP_REENGAGE_PURCHASE', 'APP_REENGAGE_OPEN', 'STORY_OPENS'],
  },
  LEADS: {
    WEB: ['SWIPES', 'STORY_OPENS', 'PIXEL_SIGNUP', 'LANDING_PAGE_VIEW'],
    LEAD_FORM: ['SWIPES', 'LEAD_FORM_SUBMISSIONS'],
    CALL: ['IMPRESSIONS', 'SWIPES'],
    TEXT: ['IMPRESSIONS', 'SWIPES'],
  },
  TRAFFIC: {
    WEB: ['SWIPES', 'PIXEL_PAGE_VIEW', 'LANDING_PAGE_VIEW'],
    APP: ['SWIPES', 'APP_REENGAGE_PURCHASE', 'APP_REENGAGE_OPEN', 'LANDING_PAGE_VIEW'],
    PUBLIC_PROFILE: ['IMPRESSIONS', 'SWIPES'],
  },
  APP_PROMOTION: { APP: ['IMPRESSIONS', 'SWIPES', 'APP_INSTALLS', 'APP_PURCHASE', 'APP_SIGNUP', 'APP_ADD_TO_CART'] },
};

/** Every goal that an objective allows at one location, or at any when none is known. */
export function goalsOf(objective: ObjectiveV2, location: string | null): readonly Goal[] {
  const byLocation = GOALS[objective];
  return location === null ? Object.values(byLocation).flat() : (byLocation[location] ?? []);
}
