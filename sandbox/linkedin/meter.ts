import { OVER_LIMIT } from '../core/request-log.ts';
import type { SandboxCore } from '../core/vendor.ts';
import { throttled } from './li-error.ts';

export interface LiLimits {
  /** Calls per endpoint and UTC day, of the whole app and of one member; the real numbers are unpublished [D]. */
  appPerDay: number;
  memberPerDay: number;
  /** Calls per endpoint, member and minute; null = only the days count. */
  perMinute: number | null;
}

export const DEFAULT_LIMITS: LiLimits = { appPerDay: 500_000, memberPerDay: 100_000, perMinute: null };

const DAY_MS = 86_400_000;

/** The platform's meters: per endpoint, for app and member, reset at 00:00 UTC [D]. Nothing tells the caller how full they are. */
export class Meter {
  limits: LiLimits = { ...DEFAULT_LIMITS };
  readonly #core: SandboxCore;
  #counts = new Map<string, number>();
  #day = 0;
  #minute = 0;

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  /** @throws LiError 429 when a meter is full */
  charge(endpoint: string, memberId: string): void {
    this.#roll();
    const { appPerDay, memberPerDay, perMinute } = this.limits;
    const meters: [string, number | null][] = [
      [`day app ${endpoint}`, appPerDay],
      [`day ${memberId} ${endpoint}`, memberPerDay],
      [`minute ${memberId} ${endpoint}`, perMinute],
    ];
    if (meters.some(([key, most]) => most !== null && (this.#counts.get(key) ?? 0) >= most)) {
      this.#core.log.countFault('linkedin', OVER_LIMIT);
      throw throttled();
    }
    for (const [key] of meters) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Counts one and says how many there were before it. */
  count(key: string): number {
    const before = this.#counts.get(key) ?? 0;
    this.#counts.set(key, before + 1);
    return before;
  }

  clear(): void {
    this.#counts.clear();
  }

  #roll(): void {
    const day = Math.floor(this.#core.now() / DAY_MS);
    const minute = Math.floor(this.#core.now() / 60_000);
    if (day !== this.#day) this.#counts.clear();
    else if (minute !== this.#minute) for (const key of this.#counts.keys()) if (key.startsWith('minute ')) this.#counts.delete(key);
    this.#day = day;
    this.#minute = minute;
  }
}
