import { PlatformError } from '../../platform-error.ts';

/** Side by side, as far as a Worker's open connections allow. */
const LANES = 4;

/** The same work for each, a few at a time; each outcome stands alone. @throws what is no PlatformError */
export async function lanes<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<(R | PlatformError)[]> {
  const told: (R | PlatformError)[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) {
      try {
        told[at] = await work(all[at] as T);
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        told[at] = error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, all.length) }, lane));
  return told;
}
