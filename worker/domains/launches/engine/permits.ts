import type { Ports } from '../../../kernel/context.ts';
import { BREAK_AFTER, LAUNCH_SHARE, type Outcomes, type Purpose } from '../../../durable/token-bucket.ts';
import type { AdPlatform, Pace, Usage } from '../../../platforms/ads/ad-platform.ts';

/** Calls to send: parts of a shared call count one by one. */
export interface Calls {
  reads?: number;
  writes?: number;
  purpose: Purpose;
}
/** Asks before each outgoing call. Only pacing: when the budget cannot be asked, work goes on. */
export interface Permits {
  /** Resolves when these calls may go out. False = not within the time left; come back later. */
  take(leftMs: number, calls: Calls): Promise<boolean>;
  /** As many creates as may go out in one call. */
  mostAtOnce(): number;
  onUsage(usage: Usage): void;
  /** Did a call bring back any answer? Ten in a row without one open the account's breaker. */
  onCall(worked: boolean): void;
}

/** Reads and single writes are fetched this many at a time, so that pacing costs a fraction of a call each. */
const BLOCK = 12;

/**
 * Permits of one ad account, and of our app where the platform counts by app: a call needs both. Usage signals ride along.
 * @param asker who shares the account takes turns: a launch, or the account as a whole
 */
export function createPermits(
  ports: Ports,
  platform: Pick<AdPlatform, 'id' | 'pace' | 'appPace'>,
  account: string,
  asker: string,
): Permits {
  const own = createMeter(ports, `${platform.id}:${account}`, platform.pace, asker);
  let tier: string | null = null;
  const app = platform.appPace && createMeter(ports, `${platform.id}:app`, platform.appPace, asker);
  return {
    async take(leftMs, calls) {
      const until = ports.now().getTime() + leftMs;
      return (await own.take(until, calls)) && (!app || (await app.take(until, calls)));
    },
    mostAtOnce() {
      if (platform.pace.counts === 'calls') return Infinity;
      const { burst } = (tier === null ? undefined : platform.pace.tiers?.[tier]) ?? platform.pace.unknown;
      return Math.max(1, Math.floor((burst * LAUNCH_SHARE) / platform.pace.cost.write));
    },
    onCall(worked) {
      own.onCall(worked);
    },
    onUsage(usage) {
      tier = usage.tier ?? tier;
      own.onUsage(usage);
      if (usage.percent >= 100) app?.onUsage(usage);
    },
  };
}

const weigh = ({ counts }: Pace, n: number): number => (counts === 'items' ? n : Math.min(n, 1));

interface Meter {
  take(until: number, calls: Calls): Promise<boolean>;
  onUsage(usage: Usage): void;
  onCall(worked: boolean): void;
}

function createMeter(ports: Ports, name: string, pace: Pace, asker: string): Meter {
  const budget = ports.bindings.RATE_BUDGET.get(ports.bindings.RATE_BUDGET.idFromName(name));
  let held = 0;
  let worst: Usage | null = null;
  let outcomes: Outcomes = { failed: 0, worked: 0 };
  let asking: Promise<number> | null = null;
  const ask = async (cost: number, purpose: Purpose): Promise<number> => {
    const [usage, since] = [worst, outcomes];
    worst = null;
    outcomes = { failed: 0, worked: 0 };
    try {
      const answer = await budget.take({ cost, asker, purpose }, usage, since, pace);
      held += answer.granted;
      return answer.waitMs;
    } catch (error) {
      ports.log.warn('rate_budget.unavailable', { error: error instanceof Error ? error.name : 'unknown' });
      held += cost;
      return 0;
    } finally {
      asking = null;
    }
  };
  return {
    async take(until, { reads = 0, writes = 0, purpose }) {
      const cost = weigh(pace, reads) * pace.cost.read + weigh(pace, writes) * pace.cost.write;
      for (;;) {
        if (held >= cost) break;
        asking ??= ask(Math.max(BLOCK, cost - held), purpose);
        const waitMs = await asking;
        if (held >= cost) break;
        if (ports.now().getTime() + waitMs > until) return false;
        if (waitMs > 0) await ports.sleep(waitMs);
      }
      held -= cost;
      return true;
    },
    onCall(worked) {
      outcomes = worked ? { failed: 0, worked: outcomes.worked + 1 } : { ...outcomes, failed: outcomes.failed + 1 };
      if (!worked) held = Math.max(0, Math.min(held, BREAK_AFTER - outcomes.failed));
    },
    onUsage(usage) {
      if (worst === null || usage.percent >= worst.percent) worst = usage;
    },
  };
}
