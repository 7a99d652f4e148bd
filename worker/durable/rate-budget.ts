import { DurableObject } from 'cloudflare:workers';
import type { Pace, Usage } from '../platforms/ads/ad-platform.ts';
import { count, freshBucket, learn, take, type BucketState, type Outcomes, type Wanted } from './token-bucket.ts';

/**
 * The pace of one ad account, or of all accounts of our app at a platform. It only grants; the caller makes the call. Nothing is stored: losing a bucket costs at most one
 * throttled answer, and what may exist twice is decided in Postgres, never here.
 */
export class RateBudget extends DurableObject {
  #state: BucketState | null = null;

  take(wanted: Wanted, usage: Usage | null, outcomes: Outcomes, pace: Pace): { granted: number; waitMs: number } {
    const now = Date.now();
    const known = this.#state ?? freshBucket(now, pace);
    const taken = take(count(usage ? learn(known, usage, now, pace) : known, outcomes, now, pace), wanted, now, pace);
    this.#state = taken.state;
    return { granted: taken.granted, waitMs: taken.waitMs };
  }

  /** The account's access tier as the platform last named it; null = not heard yet. */
  tier(): string | null {
    return this.#state?.tier ?? null;
  }
}
