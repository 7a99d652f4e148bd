import type { SandboxCore } from '../core/vendor.ts';
import { GraphError, throttled } from './graph-error.ts';
import type { MetaStore } from './store.ts';

export type UsageType = 'ads_insights' | 'ads_management' | 'leadgen';
export type Tier = 'full' | 'limited';

interface Meter {
  points: number;
  pointsAt: number;
  hourStart: number;
  calls: Partial<Record<UsageType, number>>;
}

const HOUR_MS = 3_600_000;
const DECAY_MS = 300_000;
const POINTS: Record<Tier, number> = { full: 9000, limited: 60 };
const HOURLY: Record<UsageType, (tier: Tier, activeAds: number) => number> = {
  ads_management: (tier, ads) => (tier === 'full' ? 100_000 : 300) + 40 * ads,
  ads_insights: (tier, ads) => (tier === 'full' ? 190_000 : 600) + 400 * ads,
  leadgen: () => 4800,
};
const APP_CALLS_PER_HOUR = 200_000;
const TIER_NAME: Record<Tier, string> = { full: 'standard_access', limited: 'development_access' };

/**
 * The platform's meters: points per ad account (read 1, write 3, decaying over 300 s) and calls per hour by kind of use.
 * Figures: the guide's limits section; the Full tier is on unless a test asks for the Limited one.
 */
export class UsageMeter {
  tier: Tier = 'full';
  #core: SandboxCore;
  #store: MetaStore;
  #meters = new Map<string, Meter>();
  #app = { hourStart: 0, calls: 0 };

  constructor(core: SandboxCore, store: MetaStore) {
    this.#core = core;
    this.#store = store;
  }

  /** Counts one call, or throws the platform's own refusal when a meter is full. */
  charge(accountId: string, type: UsageType, isWrite: boolean): void {
    const meter = this.#meter(accountId);
    const cost = isWrite ? 3 : 1;
    if (meter.points + cost > POINTS[this.tier]) throw throttled('account');
    const calls = meter.calls[type] ?? 0;
    if (calls >= this.#hourlyLimit(accountId, type)) {
      throw throttled(type === 'ads_insights' ? 'insights' : type === 'leadgen' ? 'leads' : 'management');
    }
    if (this.#app.calls >= APP_CALLS_PER_HOUR) throw new GraphError({ message: '(#4) Application request limit reached', code: 4 });
    meter.points += cost;
    meter.calls[type] = calls + 1;
    this.#app.calls += 1;
  }

  /** The three usage headers. An injected throttle shows full meters that are free again at once. */
  headers(accountId: string | null, type: UsageType, isFull: boolean): Record<string, string> {
    this.#rollApp();
    const appShare = Math.min(100, Math.floor((this.#app.calls / APP_CALLS_PER_HOUR) * 100));
    const app = { 'x-app-usage': JSON.stringify({ call_count: appShare, total_time: appShare, total_cputime: appShare }) };
    if (accountId === null) return app;
    const meter = this.#meter(accountId);
    const points = isFull ? 100 : Math.min(100, Number(((meter.points / POINTS[this.tier]) * 100).toFixed(2)));
    const calls = meter.calls[type] ?? 0;
    const hourly = isFull ? 100 : Math.min(100, Math.floor((calls / this.#hourlyLimit(accountId, type)) * 100));
    const isOut = hourly >= 100 && !isFull;
    const minutes = isOut ? Math.ceil((meter.hourStart + HOUR_MS - this.#core.now()) / 60_000) : 0;
    const tier = TIER_NAME[this.tier];
    return {
      ...app,
      'x-ad-account-usage': JSON.stringify({
        acc_id_util_pct: points,
        reset_time_duration: isFull ? 1 : Math.ceil((meter.points / POINTS[this.tier]) * (DECAY_MS / 1000)),
        ads_api_access_tier: tier,
      }),
      'x-business-use-case-usage': JSON.stringify({
        [accountId]: [
          {
            type,
            call_count: hourly,
            total_cputime: hourly,
            total_time: hourly,
            estimated_time_to_regain_access: minutes,
            ads_api_access_tier: tier,
          },
        ],
      }),
    };
  }

  clear(): void {
    this.#meters.clear();
    this.#app = { hourStart: 0, calls: 0 };
  }

  #hourlyLimit(accountId: string, type: UsageType): number {
    let active = 0;
    for (const ad of this.#store.all('ad')) if (ad.accountId === accountId && ad.fields['status'] === 'ACTIVE') active += 1;
    return HOURLY[type](this.tier, active);
  }

  #rollApp(): void {
    const now = this.#core.now();
    if (now - this.#app.hourStart >= HOUR_MS) this.#app = { hourStart: now, calls: 0 };
  }

  #meter(accountId: string): Meter {
    const now = this.#core.now();
    const known = this.#meters.get(accountId) ?? { points: 0, pointsAt: now, hourStart: now, calls: {} };
    known.points = Math.max(0, known.points - ((now - known.pointsAt) / DECAY_MS) * POINTS[this.tier]);
    known.pointsAt = now;
    if (now - known.hourStart >= HOUR_MS) Object.assign(known, { hourStart: now, calls: {} });
    this.#meters.set(accountId, known);
    this.#rollApp();
    return known;
  }
}
