import { expect, test } from 'vitest';
import { BREAK_AFTER, BURST, count, freshBucket, FULL_RATE_PER_SECOND, learn, take } from './token-bucket.ts';

const usage = (percent: number, regainSeconds: number | null = null) => ({ percent, regainSeconds, tier: null });

test('a burst, then the full rate and no more', () => {
  let state = freshBucket(0);
  let granted = 0;
  for (let now = 0; now <= 5_000; now += 10) {
    const taken = take(state, 12, now);
    state = taken.state;
    granted += taken.granted;
  }
  expect(granted).toBeGreaterThan(BURST + 5 * FULL_RATE_PER_SECOND - 13);
  expect(granted).toBeLessThanOrEqual(BURST + 5 * FULL_RATE_PER_SECOND);
});

test('slower from 60 percent, stopped at 90 until the stated time, full speed again below', () => {
  const spent = { ...freshBucket(0), tokens: 0 };
  const perSecond = (percent: number) => take({ ...learn(spent, usage(percent), 0) }, 1_000, 1_000).granted;
  expect(perSecond(60)).toBe(FULL_RATE_PER_SECOND);
  expect(perSecond(75)).toBe(FULL_RATE_PER_SECOND / 2);
  const stopped = learn(freshBucket(0), usage(95, 300), 0);
  expect(take(stopped, 1, 299_000)).toMatchObject({ granted: 0, waitMs: 1_000 });
  expect(take(stopped, 1, 301_000).granted).toBe(1);
  expect(take(learn(freshBucket(0), usage(100, 1), 0), 5, 10).granted).toBe(5);
});

test('ten failures in a row open the breaker, one probe goes at a time, one success closes it', () => {
  const nine = count(freshBucket(0), { failed: BREAK_AFTER - 1, worked: false }, 0);
  expect(take(nine, 12, 1).granted).toBe(12);
  const open = count(nine, { failed: 1, worked: false }, 0);
  expect(take(open, 12, 1).granted).toBe(0);
  const probing = take(open, 12, 60_000);
  expect(probing.granted).toBe(1);
  expect(take(count(probing.state, { failed: 1, worked: false }, 60_001), 12, 60_002).granted).toBe(0);
  expect(take(count(probing.state, { failed: 0, worked: true }, 60_001), 12, 60_002).granted).toBe(12);
  expect(take(count(open, { failed: 0, worked: false }, 60_000), 12, 60_000).granted).toBe(1);
});
