import { noFaults, type FaultPlan } from '../../../sandbox/core/faults.ts';

/**
 * The weather of the launching guide's own model (§8.5): 5 % of answers lost after applying, 1 % applied up to 90 s late, search lag up to
 * 60 s; with 5xx and throttles as the demos have them. `late` is §12's second bar: 0.5 % applied up to 15 minutes late.
 */
export const guideWeather = (seed: number, late = false): FaultPlan => ({
  ...noFaults(seed),
  answerLost: 0.05,
  lateApply: late ? { p: 0.005, maxMs: 15 * 60_000 } : { p: 0.01, maxMs: 90_000 },
  searchLagMs: 60_000,
  error500: { p: 0.02, appliedShare: 0.3 },
  throttle: 0.02,
  latencyMs: [80, 400],
  hangMs: 30_000,
});
