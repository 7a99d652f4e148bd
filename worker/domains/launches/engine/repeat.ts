import { PlatformError } from '../../../platforms/platform-error.ts';
import type { Calls } from './permits.ts';
import type { Run } from './run-state.ts';

const TRIES = 5;
const LONGEST_WAIT_MS = 2_000;

/** Repeats a read or a set that may be repeated without harm. Never a create: those go through settle and search. */
export async function repeat<T>(
  run: Pick<Run, 'ctx' | 'permits'>,
  work: () => Promise<T>,
  calls: Omit<Calls, 'purpose'> = { reads: 1 },
): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      await run.permits.take(LONGEST_WAIT_MS, { ...calls, purpose: 'check' });
      return await work();
    } catch (error) {
      if (!(error instanceof PlatformError) || (error.failure !== 'throttled' && error.failure !== 'unknown') || n === TRIES) throw error;
      const waitMs = (error.detail.retryAfterSeconds ?? 0) * 1000 || 100 * 2 ** n;
      if (waitMs > LONGEST_WAIT_MS) throw error; // not worth holding a consumer for
      await run.ctx.ports.sleep(waitMs);
    }
  }
}
