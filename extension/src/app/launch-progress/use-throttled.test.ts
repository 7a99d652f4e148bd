import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runHook } from '../testing/run-hook.ts';
import { useThrottled } from './use-throttled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage() {
  const work = vi.fn();
  const given = (version: string, busy = false) => ({ version, everyMs: 1000, busy, work });
  const hook = runHook(useThrottled, given('0'));
  const change = (version: string, busy = false) => {
    hook.give(given(version, busy));
    vi.advanceTimersByTime(100);
  };
  return { work, change };
}

test('changes that never pause are still followed', () => {
  const { work, change } = stage();
  for (let n = 1; n <= 40; n += 1) change(String(n));
  expect(work.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(work.mock.calls.length).toBeLessThanOrEqual(4);
});

test('the last change is followed too, and then it rests', () => {
  const { work, change } = stage();
  vi.advanceTimersByTime(5000);
  work.mockClear();
  change('last');
  vi.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(1);
});

test('a reading under way is waited for, not thrown away', () => {
  const { work, change } = stage();
  change('1', true);
  vi.advanceTimersByTime(5000);
  expect(work).not.toHaveBeenCalled();
  change('1');
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(1);
});
