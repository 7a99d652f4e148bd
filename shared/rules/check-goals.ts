import type { Plan } from './launch-plan.ts';
import { planError } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';

/** Goals that count leads of a form, and goals that count what a pixel saw: the platform wants to know of which one. */
const FORM_GOALS = new Set(['LEAD_GENERATION', 'QUALITY_LEAD']);
export const PIXEL_GOALS: ReadonlySet<string> = new Set(['OFFSITE_CONVERSIONS', 'VALUE']);

/** A goal without what it counts by, over the settings and every ad set. */
export function checkGoals({ settings, adSets }: Plan): PlanProblem[] {
  const goals = [settings.optimizationGoal, ...adSets.flatMap((entry) => entry.optimizationGoal ?? [])];
  const found: PlanProblem[] = [];
  const ask = (wanted: boolean, field: 'leadFormId' | 'pixelId', code: string, message: string, fix: string) => {
    const value = settings[field];
    if (value === null && wanted) found.push(planError(`settings.${field}`, code, message, fix));
    if (value !== null && !/^\d+$/.test(value))
      found.push(planError(`settings.${field}`, 'BAD_ID', `"${value}" is not an id.`, 'An id is digits only.', { value }));
  };
  ask(
    goals.some((goal) => FORM_GOALS.has(goal)),
    'leadFormId',
    'NO_LEAD_FORM',
    'The goal is leads by form, and no form is named.',
    'Write the id of a form of the page.',
  );
  ask(
    goals.some((goal) => PIXEL_GOALS.has(goal)),
    'pixelId',
    'NO_PIXEL',
    'The goal is sales on the website, and no pixel is named to count them.',
    'Write the id of a pixel of the ad account.',
  );
  return found;
}
