import { platformRules } from './ad-platforms/index.ts';
import type { AdShape } from './ad-platforms/platform-rules.ts';
import type { Plan } from './launch-plan.ts';

/** How the ads of this plan are made; null = as the platform makes all of its ads. */
export function adShape({ platform, settings }: Pick<Plan, 'platform' | 'settings'>): AdShape | null {
  const { objective, optimizationGoal } = settings;
  const goal = platformRules(platform).goals.find((one) => one.objective === objective && one.optimizationGoal === optimizationGoal);
  return goal?.ads ?? null;
}

/** Ads without files: each concept and text is one. */
export const isWordsOnly = (plan: Pick<Plan, 'platform' | 'settings'>): boolean => adShape(plan)?.pictures.length === 0;
