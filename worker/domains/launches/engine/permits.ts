import type { Ports } from '../../../kernel/context.ts';
import { BREAK_AFTER, type Outcomes } from '../../../durable/token-bucket.ts';
import type { Usage } from '../../../platforms/ads/ad-platform.ts';

/** Asks before each outgoing call. Only pacing: when the budget cannot be asked, work goes on. */
export interface Permits {
  /** Resolves when this many calls may go out; parts of a shared call count one by one. False = not within the time left; come back later. */
  take(leftMs: number, calls?: number): Promise<boolean>;
  onUsage(usage: Usage): void;
  /** Did a call bring back any answer? Ten in a row without one open the account's breaker. */
  onCall(worked: boolean): void;
}

const BLOCK = 12;

/** Permits of one ad account, fetched in blocks so that pacing costs a fraction of a call each; usage signals ride along. */
export function createPermits(ports: Ports, accountKey: string): Permits {
  const budget = ports.bindings.RATE_BUDGET.get(ports.bindings.RATE_BUDGET.idFromName(accountKey));
  let held = 0;
  let worst: Usage | null = null;
  let outcomes: Outcomes = { failed: 0, worked: false };
  let asking: Promise<number> | null = null;
  const ask = async (wanted: number): Promise<number> => {
    const usage = worst;
    const since = outcomes;
    worst = null;
    outcomes = { failed: 0, worked: false };
    try {
      const answer = await budget.take(wanted, usage, since);
      held += answer.granted;
      return answer.waitMs;
    } catch (error) {
      ports.log.warn('rate_budget.unavailable', { error: error instanceof Error ? error.name : 'unknown' });
      held += wanted;
      return 0;
    } finally {
      asking = null;
    }
  };
  return {
    async take(leftMs, calls = 1) {
      const until = ports.now().getTime() + leftMs;
      for (;;) {
        if (held >= calls) break;
        asking ??= ask(Math.max(BLOCK, calls - held));
        const waitMs = await asking;
        if (held >= calls) break;
        if (ports.now().getTime() + waitMs > until) return false;
        await ports.sleep(waitMs);
      }
      held -= calls;
      return true;
    },
    onCall(worked) {
      outcomes = worked ? { failed: 0, worked: true } : { ...outcomes, failed: outcomes.failed + 1 };
      if (!worked) held = Math.max(0, Math.min(held, BREAK_AFTER - outcomes.failed));
    },
    onUsage(usage) {
      if (worst === null || usage.percent >= worst.percent) worst = usage;
    },
  };
}
