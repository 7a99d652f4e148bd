import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, Stop } from '../exit.ts';

const FIRST_MS = 500;
const MOST_MS = 5_000;

/** Asks again, at growing distances, until the answer is the one waited for. @throws Stop when `end` (UTC milliseconds) has passed */
export async function waitUntil<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean, end: number): Promise<T> {
  for (let gap = FIRST_MS; ; gap = Math.min(MOST_MS, gap * 1.5)) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    if (Date.now() + gap > end)
      throw new Stop(EXIT.timeUp, 'Time is up. The launch goes on without this command; run it again to follow it.');
    await pause(gap);
  }
}
