import { PlatformError } from '../platform-error.ts';

const PAUSES_MS = [150, 400, 1000, 2500];
/** A platform that asks for a longer pause gets it from the job's schedule, not from a sleeping Worker. */
const LONGEST_PAUSE_MS = 5000;

/**
 * Repeats a call that changes nothing while its failure is passing: no clear answer, or a throttle that ends within seconds. Never for
 * calls that create: those are repeated by decision, after looking.
 */
export async function readAgain<T>(read: () => Promise<T>): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await read();
    } catch (error) {
      const pause = PAUSES_MS[n];
      if (!(error instanceof PlatformError) || pause === undefined || !passes(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.max(pause, (error.detail.retryAfterSeconds ?? 0) * 1000)));
    }
  }
}

function passes({ failure, detail }: PlatformError): boolean {
  if (failure === 'unknown') return true;
  return failure === 'throttled' && (detail.retryAfterSeconds ?? 0) * 1000 <= LONGEST_PAUSE_MS;
}
