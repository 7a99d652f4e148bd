import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppError } from '../../../kernel/errors.ts';
import { inTurn } from './in-turn.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('fifty wait, one after the other; the next hear at once when to come again; who was broken off gives the place back', async () => {
  const done: number[] = [];
  const refused: AppError[] = [];
  const come = (n: number) =>
    inTurn(() => done.push(n)).catch((error: unknown) => {
      refused.push(error as AppError);
    });
  const calls = Array.from({ length: 60 }, (_, n) => come(n));
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual([0]);
  expect(refused).toHaveLength(10);
  for (const error of refused) expect([error.code, error.status, error.retryAfterSeconds]).toEqual(['unavailable', 503, 5]);
  await vi.advanceTimersByTimeAsync(600);
  expect(done).toHaveLength(11);
  await vi.advanceTimersByTimeAsync(3_000);
  await Promise.all(calls);
  expect(done).toEqual(Array.from({ length: 50 }, (_, n) => n));

  // Fifty whose browsers went away: their timers never fire.
  const began = Date.now();
  const lost = Array.from({ length: 50 }, () => come(-1));
  vi.clearAllTimers();
  vi.setSystemTime(began + 29_000);
  await come(100);
  expect(refused).toHaveLength(11);
  vi.setSystemTime(began + 31_000);
  const after = come(101);
  await vi.advanceTimersByTimeAsync(0);
  await after;
  expect(done.at(-1)).toBe(101);
  expect(lost).toHaveLength(50);
});
