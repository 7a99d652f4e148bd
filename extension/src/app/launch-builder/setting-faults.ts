import type { AdAccount } from '#shared/contracts/connections.ts';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import type { Draft } from './draft.ts';
import { makePlan } from './make-plan.ts';

/** The first error of each setting, by its name in the plan, found by the rules the service uses; rows and files are left aside. */
export function settingFaults(draft: Draft, account: AdAccount): ReadonlyMap<string, PlanProblem> {
  const { problems } = makePlan({ ...draft, sheet: null, media: [], overrides: {}, exclusions: [] }, account);
  const faults = new Map<string, PlanProblem>();
  for (const problem of problems) {
    const setting = /^settings\.(\w+)$/.exec(problem.itemPath ?? '')?.[1];
    if (setting !== undefined && problem.severity === 'error' && !faults.has(setting)) faults.set(setting, problem);
  }
  return faults;
}
