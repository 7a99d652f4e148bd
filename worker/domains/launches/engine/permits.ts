import type { Ports } from '../../../kernel/context.ts';
import type { Usage } from '../../../platforms/ads/ad-platform.ts';

/** Asks before each outgoing call. Only pacing: when the budget cannot be asked, work goes on. */
export interface Permits {
  /** Resolves when a call may go out. False = not within the time left; come back later. */
  take(leftMs: number): Promise<boolean>;
  onUsage(usage: Usage): void;
}

const BLOCK = 12;

/** Permits of one ad account, fetched in blocks so that pacing costs a fraction of a call each; usage signals ride along. */
export function createPermits(ports: Ports, accountKey: string): Permits {
  const budget = ports.bindings.RATE_BUDGET.get(ports.bindings.RATE_BUDGET.idFromName(accountKey));
  let held = 0;
  let worst: Usage | null = null;
  let asking: Promise<number> | null = null;
  const ask = async (): Promise<number> => {
    const usage = worst;
    worst = null;
    try {
      const answer = await budget.take(BLOCK, usage);
      held += answer.granted;
      return answer.waitMs;
    } catch (error) {
      ports.log.warn('rate_budget.unavailable', { error: error instanceof Error ? error.name : 'unknown' });
      held += BLOCK;
      return 0;
    } finally {
      asking = null;
    }
  };
  return {
    async take(leftMs) {
      const until = ports.now().getTime() + leftMs;
      while (held <= 0) {
        asking ??= ask();
        const waitMs = await asking;
        if (held > 0) break;
        if (ports.now().getTime() + waitMs > until) return false;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
      held -= 1;
      return true;
    },
    onUsage(usage) {
      if (worst === null || usage.percent >= worst.percent) worst = usage;
    },
  };
}
