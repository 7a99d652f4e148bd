import { platformRules } from './ad-platforms/index.ts';
import type { AdShape, GoalWords } from './ad-platforms/platform-rules.ts';
import type { Plan } from './launch-plan.ts';

type WithGoal = Pick<Plan, 'platform'> & { settings: Pick<Plan['settings'], 'objective' | 'optimizationGoal'> };

/** What this plan is for, in the platform's words; null when the platform has no such goal, which is a finding of check-goals.ts. */
export function goalOf({ platform, settings: { objective, optimizationGoal } }: WithGoal): GoalWords | null {
  const { goals } = platformRules(platform);
  return goals.find((one) => one.objective === objective && one.optimizationGoal === optimizationGoal) ?? null;
}

/** How the ads of this plan are made; null = as the platform makes all of its ads. */
export const adShape = (plan: WithGoal): AdShape | null => goalOf(plan)?.ads ?? null;

/** Ads without files: each concept and text is one. */
export const isWordsOnly = (plan: WithGoal): boolean => adShape(plan)?.pictures.length === 0;
