import { refusal, type AdsError } from './ads-error.ts';
import { OVER_LIMIT } from '../core/request-log.ts';
import type { SandboxCore } from '../core/vendor.ts';

export type AccessLevel = 'test' | 'explorer' | 'basic' | 'standard';

/** Operations a day of the whole Cloud project, over all customers [D]. */
const PER_DAY: Record<AccessLevel, number> = { test: 15_000, explorer: 2880, basic: 15_000, standard: Number.POSITIVE_INFINITY };
const DAY_MS = 86_400_000;

export function quotaRefusal(reason: string, rateScope: 'ACCOUNT' | 'DEVELOPER', rateName: string, retryDelayS: number): AdsError {
  return refusal('quotaError', reason, `Too many requests. Retry in ${retryDelayS} seconds.`, {
    details: { quotaErrorDetails: { rateScope, rateName, retryDelay: `${retryDelayS}s` } },
  });
}

/**
 * The daily count of a project. Each operation of a mutate counts, and each query; further pages and refusals of the door do
 * not. Unverified [K]: that the day is one of 24 hours from its first operation, and that a validateOnly counts.
 */
export class Quota {
  level: AccessLevel = 'standard';
  /** Replaces the level's figure, for tests. */
  perDay: number | null = null;
  #core: SandboxCore;
  #dayStart = 0;
  #used = 0;

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  get used(): number {
    this.#roll();
    return this.#used;
  }

  charge(operations: number): void {
    this.#roll();
    const most = this.perDay ?? PER_DAY[this.level];
    if (this.#used + operations > most) {
      this.#core.log.countFault('google-ads', OVER_LIMIT);
      const waitS = Math.ceil((this.#dayStart + DAY_MS - this.#core.now()) / 1000);
      throw quotaRefusal('RESOURCE_EXHAUSTED', 'DEVELOPER', `Number of operations for ${this.level} access`, waitS);
    }
    this.#used += operations;
  }

  clear(): void {
    this.#dayStart = 0;
    this.#used = 0;
  }

  #roll(): void {
    const now = this.#core.now();
    if (now - this.#dayStart < DAY_MS) return;
    this.#dayStart = now;
    this.#used = 0;
  }
}
