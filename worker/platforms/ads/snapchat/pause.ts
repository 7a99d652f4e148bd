import type { AdSession } from '../ad-platform.ts';

/** Waits by the caller's clock, or by the machine's. */
export const pause = (session: AdSession, ms: number): Promise<void> =>
  session.sleep?.(ms) ??
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
