import type { SettleTimes } from '#shared/rules/settle-decision.ts';
import type { Settings } from '../../../env.ts';

/** The engine's times, all from two settings so that tests can run it in seconds. */
export interface EngineClock {
  settle: SettleTimes;
  /** A create starts within this after its claim, or the claim is given back: cancelling counts on it. */
  startGuardMs: number;
  /** First look for an object whose answer was lost; finding it early is safe, only absence needs the whole window. */
  earlySearchMs: number;
  /** Looks for lost answers fall on common instants this far apart, so that rows which became unclear one after the other share a search. */
  lookEveryMs: number;
  /** Looks after the end, counted from it: for objects the platform made later than the window, and for what it changes afterwards. */
  sweepsAfterMs: number[];
  /** A sweep that began and did not end is begun again after this. */
  sweepLeaseMs: number;
}

/** The first common look that is not before this instant; both in UTC milliseconds. */
export const nextLook = ({ lookEveryMs }: Pick<EngineClock, 'lookEveryMs'>, notBefore: number): number =>
  Math.ceil(notBefore / lookEveryMs) * lookEveryMs;

export function engineClock(settings: Pick<Settings, 'SETTLE_WINDOW_MS' | 'SEARCH_GAP_MS'>): EngineClock {
  const windowMs = settings.SETTLE_WINDOW_MS;
  return {
    // 200 s × 9 = the 30 minutes after which a person is asked.
    settle: { windowMs, betweenSearchesMs: settings.SEARCH_GAP_MS, holdAfterMs: windowMs * 9 },
    startGuardMs: 2_000,
    earlySearchMs: Math.round(windowMs * 0.3),
    lookEveryMs: Math.max(1, Math.round(windowMs / 20)),
    sweepsAfterMs: [windowMs * 4, windowMs * 8, 3_600_000, 86_400_000],
    sweepLeaseMs: windowMs * 2,
  };
}
