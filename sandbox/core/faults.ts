import { seededNumber } from './seeded.ts';

/** Shares are 0..1. Every decision is drawn from the seed and a stable request key, never from the clock. */
export interface FaultPlan {
  seed: number;
  /** Write applied, the caller never gets an answer. */
  answerLost: number;
  /** The caller gets no answer, and the write is never applied. */
  requestLost?: number;
  /** The caller gets no answer and the write is applied later, at most maxMs after it was sent. */
  lateApply: { p: number; maxMs: number };
  /** New objects stay out of list, label and search answers this long; a read by id sees them at once. */
  searchLagMs: number;
  /** The platform answers 500; appliedShare of those were applied all the same. */
  error500: { p: number; appliedShare: number };
  /** The platform's own "too many calls" answer; nothing is applied. */
  throttle: number;
  webhooks: { duplicate: number; reorderWindow: number; dropShare: number; delayMs: number };
  /** A user token stops working after this many calls (Meta 190/463). */
  expireTokenAfterCalls?: number;
  /** Nothing answers: every connection is cut. */
  dead?: boolean;
  latencyMs?: [number, number];
  /** How long a lost answer keeps the caller waiting before the connection is cut (half of them are cut at once). */
  hangMs?: number;
  /** Share of creatives in which the platform switches one enhancement on by itself. */
  enhancementFlip?: number;
  /** Share of creates refused with a code that says "your fault" although the same request passes next time (Meta 100/1487390); nothing is applied. */
  flaky?: number;
  /** Share of batch items answered with null (the platform ran out of time for them); nothing is applied. */
  batchNull?: number;
  /** Share of status changes that are not made: answered with `"success": false`, or, when silent, as if they had been. */
  statusIgnored?: { p: number; silent: boolean };
  /** Only these vendors misbehave; absent means all. */
  only?: string[];
}

export function noFaults(seed = 1): FaultPlan {
  return {
    seed,
    answerLost: 0,
    lateApply: { p: 0, maxMs: 0 },
    searchLagMs: 0,
    error500: { p: 0, appliedShare: 0 },
    throttle: 0,
    webhooks: { duplicate: 0, reorderWindow: 1, dropShare: 0, delayMs: 0 },
  };
}

/** The weather every demo and launch test has to survive. Times are scaled for a settle window of 3 s. */
export function defaultFaultPlan(seed: number): FaultPlan {
  return {
    seed,
    answerLost: 0.05,
    lateApply: { p: 0.01, maxMs: 900 },
    searchLagMs: 600,
    error500: { p: 0.05, appliedShare: 0.02 },
    throttle: 0.07,
    webhooks: { duplicate: 0.1, reorderWindow: 5, dropShare: 0, delayMs: 40 },
    hangMs: 1200,
  };
}

/** What happens to one request. `latencyMs` is waited first, whatever follows. */
export type Fate = { latencyMs: number } & (
  | { kind: 'none' }
  | { kind: 'dead' }
  | { kind: 'throttle' }
  | { kind: 'error500'; applied: boolean }
  | { kind: 'late-apply'; afterMs: number }
  | { kind: 'answer-lost' | 'request-lost'; hangMs: number }
);

export interface FaultDice {
  readonly plan: FaultPlan;
  set(plan: FaultPlan): void;
  /** Next number in [0, 1) of this key's own sequence: independent of what other keys drew in between. */
  roll(key: string): number;
  /** True when the plan touches this vendor at all. */
  covers(vendor: string): boolean;
  /**
   * Fate of one request. `key` names what the request is about in words that repeat between runs (method, edge, object
   * name), not ids handed out in arrival order. Reads can be slow, throttled or fail, but only writes lose answers.
   */
  draw(vendor: string, key: string, isWrite: boolean): Fate;
}

export function createFaultDice(initial: FaultPlan): FaultDice {
  let plan = initial;
  let drawn = new Map<string, number>();

  const roll = (key: string): number => {
    const n = drawn.get(key) ?? 0;
    drawn.set(key, n + 1);
    return seededNumber(plan.seed, `${key}#${n}`);
  };
  const covers = (vendor: string): boolean => plan.only === undefined || plan.only.includes(vendor);

  return {
    get plan() {
      return plan;
    },
    set(next) {
      plan = next;
      drawn = new Map();
    },
    roll,
    covers,
    draw(vendor, key, isWrite) {
      if (!covers(vendor)) return { kind: 'none', latencyMs: 0 };
      const subject = `${vendor} ${key}`;
      const [least, most] = plan.latencyMs ?? [0, 0];
      const latencyMs = most > 0 ? least + Math.floor(roll(`latency ${subject}`) * (most - least + 1)) : 0;
      if (plan.dead === true) return { kind: 'dead', latencyMs };

      let die = roll(`fate ${subject}`);
      const falls = (share: number): boolean => {
        if (die < share) return true;
        die -= share;
        return false;
      };
      if (falls(plan.throttle)) return { kind: 'throttle', latencyMs };
      if (falls(plan.error500.p)) {
        const applied = isWrite && roll(`applied ${subject}`) < plan.error500.appliedShare;
        return { kind: 'error500', applied, latencyMs };
      }
      if (isWrite && falls(plan.lateApply.p)) {
        const afterMs = Math.ceil(roll(`late ${subject}`) * plan.lateApply.maxMs);
        return { kind: 'late-apply', afterMs, latencyMs };
      }
      const hangMs = (): number => (roll(`hang ${subject}`) < 0.5 ? (plan.hangMs ?? 0) : 0);
      if (isWrite && falls(plan.answerLost)) return { kind: 'answer-lost', hangMs: hangMs(), latencyMs };
      if (isWrite && falls(plan.requestLost ?? 0)) return { kind: 'request-lost', hangMs: hangMs(), latencyMs };
      return { kind: 'none', latencyMs };
    },
  };
}
