import { Declined } from './fetch-json.ts';

export const REFRESH_MS = 300_000;
const FIRST_PAUSE_MS = 2_000;

export interface Freshening<T> {
  load(): Promise<T>;
  show(value: T): void;
  /** Nothing can be said: neither figures nor an error. */
  showNothing(): void;
  /** Waits that long, or until the page is seen again, whichever is later. */
  pause(ms: number): Promise<void>;
  /** 0 up to 1. */
  random(): number;
  signal: AbortSignal;
}

/** Doubles from 2 s up to the refresh interval, half of it by chance, so that pages do not come back all at once. */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), REFRESH_MS);
  return ceiling / 2 + (ceiling / 2) * random;
}

/**
 * Loads, shows, waits, again, until aborted. A failure is silent: figures on screen stay (they carry their own time), a final refusal
 * takes them away and ends it.
 */
export async function keepFresh<T>({ load, show, showNothing, pause, random, signal }: Freshening<T>): Promise<void> {
  let shown = false;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const value = await load();
      if (signal.aborted) return;
      show(value);
      shown = true;
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const final = error instanceof Declined && error.final;
      if (final || !shown) showNothing();
      if (final) return;
      failures += 1;
    }
    await pause(failures === 0 ? REFRESH_MS : backoffMs(failures, random()));
  }
}
