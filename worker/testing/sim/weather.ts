import { noFaults, type FaultPlan } from '../../../sandbox/core/faults.ts';

/**
 * The weather of the promise "one ad per intent" (trust guide, A1): 5 % of answers lost after applying, 1 % applied up to 90 s late, 5 % answered
 * with a 500 though one in fifty of those was applied, 7 % throttled; search lags up to a minute. `late` is A2's: 0.5 % applied up to 15 minutes late.
 */
export const guideWeather = (seed: number, late = false): FaultPlan => ({
  ...noFaults(seed),
  answerLost: 0.05,
  lateApply: late ? { p: 0.005, maxMs: 15 * 60_000 } : { p: 0.01, maxMs: 90_000 },
  searchLagMs: 60_000,
  error500: { p: 0.05, appliedShare: 0.02 },
  throttle: 0.07,
  latencyMs: [80, 400],
  hangMs: 30_000,
});

/** Nothing goes wrong, and every call takes its time. */
export const calm = (seed: number): FaultPlan => ({ ...noFaults(seed), latencyMs: [80, 400] });
