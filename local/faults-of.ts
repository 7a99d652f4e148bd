import { defaultFaultPlan, type FaultPlan } from '../sandbox/index.ts';

/** The weather behind `--faults N`; null = fair weather. @throws Error when N is no seed */
export function faultsOf(seed: string | undefined): FaultPlan | null {
  if (seed === undefined) return null;
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`--faults takes a seed, a whole number: npm start -- --faults 7 (not "${seed}").`);
  return defaultFaultPlan(Number(seed));
}
