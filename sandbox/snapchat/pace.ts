import type { SandboxCore } from '../core/vendor.ts';

export interface PaceLimits {
  perApp: number;
  perToken: number;
}

/** Guide, limits: 20 a second for the app, 10 for one token; both are averages [D], so a second's worth may come at once. */
export const DEFAULT_LIMITS: PaceLimits = { perApp: 20, perToken: 10 };

interface Bucket {
  left: number;
  at: number;
}

export class Pace {
  limits: PaceLimits = { ...DEFAULT_LIMITS };
  #core: SandboxCore;
  #app: Bucket | null = null;
  #tokens = new Map<string, Bucket>();

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  /** Takes one call out of both buckets, or out of none and says no. */
  admits(token: string): boolean {
    const app = this.#fill(this.#app, this.limits.perApp);
    const own = this.#fill(this.#tokens.get(token) ?? null, this.limits.perToken);
    this.#app = app;
    this.#tokens.set(token, own);
    if (app.left < 1 || own.left < 1) return false;
    app.left -= 1;
    own.left -= 1;
    return true;
  }

  clear(): void {
    this.#app = null;
    this.#tokens.clear();
  }

  #fill(bucket: Bucket | null, perSecond: number): Bucket {
    const at = this.#core.now();
    if (bucket === null) return { left: perSecond, at };
    return { left: Math.min(perSecond, bucket.left + ((at - bucket.at) / 1000) * perSecond), at };
  }
}
