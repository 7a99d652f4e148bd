import { OVER_LIMIT } from '../core/request-log.ts';
import type { SandboxCore } from '../core/vendor.ts';
import { CODES, TiktokError } from './tiktok-error.ts';

/** Calls of the whole app, all customers together [T]. Tiers above Basic are unverified [K]. */
const TIERS = {
  basic: { perSecond: 10, perMinute: 600, perDay: 864_000 },
  advanced: { perSecond: 20, perMinute: 1200, perDay: 1_728_000 },
  premium: { perSecond: 30, perMinute: 1800, perDay: 2_592_000 },
  unlimited: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity },
} as const;
export type Tier = keyof typeof TIERS;

/** Endpoints with a second limit of their own [T]. */
const OWN_PER_SECOND: Record<string, number> = { 'ad/create/': 5, 'report/task/create/': 2 };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After a breach of the minute's limit nothing passes for five minutes [T]. */
const BLOCK_MS = 5 * MINUTE;

/**
 * The app's meters. No header tells how full they are: a refusal inside a 200 is the only signal. Seconds and minutes slide, the
 * day begins at 00:00 UTC. Unverified [K]: a call refused for its second counts into the minute all the same, so who knocks on
 * without a pause is shut out; a call during the block does not lengthen it.
 */
export class CallLimits {
  tier: Tier = 'basic';
  #core: SandboxCore;
  /** Moments of the last minute, oldest first: calls that came, and those that passed. */
  #came: number[] = [];
  #passed: number[] = [];
  #own = new Map<string, number[]>();
  #day = { name: '', calls: 0 };
  #blockedUntil = 0;

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  charge(path: string): void {
    const now = this.#core.now();
    const limit = TIERS[this.tier];
    if (now < this.#blockedUntil) throw this.#refusal(CODES.minuteLimit);
    const today = new Date(now).toISOString().slice(0, 10);
    if (this.#day.name !== today) this.#day = { name: today, calls: 0 };
    if (this.#day.calls >= limit.perDay) throw this.#refusal(CODES.dayLimit);
    for (const moments of [this.#came, this.#passed]) while ((moments[0] ?? now) <= now - MINUTE) moments.shift();
    if (this.#came.length >= limit.perMinute) {
      this.#blockedUntil = now + BLOCK_MS;
      throw this.#refusal(CODES.minuteLimit);
    }
    if (this.tier !== 'unlimited') this.#came.push(now);
    if (countSince(this.#passed, now - SECOND) >= limit.perSecond) throw this.#refusal(CODES.secondLimit);
    const own = OWN_PER_SECOND[path];
    if (own !== undefined && this.tier !== 'unlimited') {
      const calls = (this.#own.get(path) ?? []).filter((at) => at > now - SECOND);
      if (calls.length >= own) throw this.#refusal(CODES.secondLimit);
      this.#own.set(path, [...calls, now]);
    }
    if (this.tier !== 'unlimited') this.#passed.push(now);
    this.#day.calls += 1;
  }

  #refusal(code: number): TiktokError {
    this.#core.log.countFault('tiktok', OVER_LIMIT);
    return new TiktokError(code, 'Too many requests. Please retry in some time.');
  }

  /** Uses up the day, as a busy customer of the same app would. */
  drainDay(): void {
    this.#day = { name: new Date(this.#core.now()).toISOString().slice(0, 10), calls: TIERS[this.tier].perDay };
  }

  clear(): void {
    this.#came = [];
    this.#passed = [];
    this.#own.clear();
    this.#day = { name: '', calls: 0 };
    this.#blockedUntil = 0;
  }
}

function countSince(moments: readonly number[], since: number): number {
  let count = 0;
  for (let at = moments.length - 1; at >= 0 && (moments[at] ?? 0) > since; at -= 1) count += 1;
  return count;
}

/** The four codes a throttle comes with; the weather takes turns among them by seed. */
export const THROTTLE_CODES = [CODES.secondLimit, CODES.minuteLimit, CODES.dayLimit, CODES.fieldLimit] as const;
