import { expect, test } from 'vitest';
import type { Pace } from '../platforms/ads/ad-platform.ts';
import { PACE } from '../platforms/ads/meta/limits.ts';
import { BREAK_AFTER, count, freshBucket, learn, take, type BucketState, type Purpose } from './token-bucket.ts';

const STEADY: Pace = { cost: { read: 1, write: 1 }, counts: 'items', unknown: { perSecond: 40, burst: 100 } };
const usage = (percent: number, regainSeconds: number | null = null, tier: string | null = null) => ({ percent, regainSeconds, tier });
const ask = (state: BucketState, cost: number, now: number, { pace = STEADY, asker = 'a', purpose = 'person' as Purpose } = {}) =>
  take(state, { cost, asker, purpose }, now, pace);

test('a burst, then the full rate and no more', () => {
  let state = freshBucket(0, STEADY);
  let granted = 0;
  for (let now = 0; now <= 5_000; now += 10) {
    const taken = ask(state, 12, now);
    state = taken.state;
    granted += taken.granted;
  }
  expect(granted).toBeGreaterThan(300 - 13);
  expect(granted).toBeLessThanOrEqual(300);
});

test('launches leave a part of the burst to looking after them, and both to people', () => {
  let state = freshBucket(0, STEADY);
  const drain = (purpose: Purpose): number => {
    let sum = 0;
    for (;;) {
      const taken = ask(state, 10, 0, { purpose });
      state = taken.state;
      if (taken.granted === 0) return sum;
      sum += taken.granted;
    }
  };
  expect([drain('launch'), drain('check'), drain('person')]).toEqual([70, 20, 10]);
});

test('slower from 60 percent, stopped at 90 until the stated time, full speed again below', () => {
  const spent = { ...freshBucket(0, STEADY), tokens: 0 };
  const perSecond = (percent: number) => ask(learn(spent, usage(percent), 0, STEADY), 1_000, 1_000).granted;
  expect(perSecond(60)).toBe(40);
  expect(perSecond(75)).toBe(20);
  const stopped = learn(freshBucket(0, STEADY), usage(95, 300), 0, STEADY);
  expect(ask(stopped, 1, 299_000)).toMatchObject({ granted: 0, waitMs: 1_000 });
  expect(ask(stopped, 1, 301_000).granted).toBe(1);
  expect(ask(learn(freshBucket(0, STEADY), usage(100, 1), 0, STEADY), 5, 10).granted).toBe(5);
});

test('a tier the platform names brings its own burst and rate', () => {
  const unknown = freshBucket(0, PACE);
  expect(ask(unknown, 1_000, 0, { pace: PACE }).granted).toBe(45);
  const full = learn(unknown, usage(1, null, 'standard_access'), 0, PACE);
  expect(ask(full, 1_000, 0, { pace: PACE }).granted).toBe(1_000);
  const limited = learn(unknown, usage(1, null, 'development_access'), 0, PACE);
  expect(ask(limited, 1_000, 0, { pace: PACE }).granted).toBe(45);
});

test.each([
  ['standard_access', 9_000],
  ['development_access', 60],
])('against a meter that forgets in 300 s at least 85 % of what it allows is used and nothing is refused: %s', (tier, limit) => {
  let points = 0;
  let refused = 0;
  let sent = 0;
  let state = learn(freshBucket(0, PACE), usage(0, null, tier), 0, PACE);
  const [stepMs, hours] = [200, 2];
  let heard = usage(0, null, tier);
  let held = 0;
  for (let now = 0; now < hours * 3_600_000; now += stepMs) {
    points = Math.max(0, points - (limit / 300) * (stepMs / 1_000));
    state = learn(state, heard, now, PACE);
    // Several lanes ask within one step; what is granted in part is kept until it is enough for a call.
    for (let lane = 0; lane < 12; lane += 1) {
      const taken = take(state, { cost: 3, asker: 'a', purpose: 'launch' }, now, PACE);
      state = taken.state;
      held += taken.granted;
      for (; held >= 3; held -= 3) {
        if (points + 3 > limit) refused += 1;
        else points += 3;
        if (now > 600_000) sent += 3;
      }
    }
    heard = usage((points / limit) * 100, Math.ceil((points / limit) * 300), tier);
  }
  const allowed = (limit / 300) * (hours * 3_600 - 600);
  expect(refused).toBe(0);
  expect(sent / allowed).toBeGreaterThan(0.85);
});

test('where there is no meter the pace is found: up a call a second after fifty answers, half after a refusal', () => {
  const pace: Pace = {
    cost: { read: 1, write: 1 },
    counts: 'calls',
    unknown: { perSecond: 4, burst: 4 },
    finds: { start: 4, least: 1, most: 20 },
  };
  const up = count(freshBucket(0, pace), { failed: 0, worked: 120 }, 0, pace);
  expect(up).toMatchObject({ found: 6, answers: 20 });
  const halved = learn(up, usage(100), 0, pace);
  expect(halved.found).toBe(3);
  expect(ask(halved, 1, 500, { pace }).granted).toBe(0);
  expect(ask(halved, 1, 2_000, { pace }).granted).toBe(1);
  expect(learn(learn(halved, usage(100), 2_000, pace), usage(100), 4_000, pace).found).toBe(1);
  // What was under way when the pace was halved is refused, too.
  expect(learn(halved, usage(100), 500, pace).found).toBe(halved.found);
});

test('who shares a bucket takes turns: one that wants everything does not starve another', () => {
  let state = { ...freshBucket(0, STEADY), tokens: 40 };
  const greedy = ask(state, 1_000, 0, { asker: 'big' });
  state = greedy.state;
  let [big, small] = [0, 0];
  for (let now = 100; now <= 10_000; now += 100) {
    const more = ask(state, 1_000, now, { asker: 'big' });
    const few = ask(more.state, 4, now, { asker: 'small' });
    state = few.state;
    [big, small] = [big + more.granted, small + few.granted];
  }
  expect(Math.min(small, big)).toBeGreaterThan(90);
});

test('ten failures in a row open the breaker, one probe goes at a time, one success closes it', () => {
  const nine = count(freshBucket(0, STEADY), { failed: BREAK_AFTER - 1, worked: 0 }, 0, STEADY);
  expect(ask(nine, 12, 1).granted).toBe(12);
  const open = count(nine, { failed: 1, worked: 0 }, 0, STEADY);
  expect(ask(open, 12, 1).granted).toBe(0);
  const probing = ask(open, 12, 60_000);
  expect(probing.granted).toBe(1);
  expect(ask(count(probing.state, { failed: 1, worked: 0 }, 60_001, STEADY), 12, 60_002).granted).toBe(0);
  expect(ask(count(probing.state, { failed: 0, worked: 1 }, 60_001, STEADY), 12, 60_002).granted).toBe(12);
  expect(ask(count(open, { failed: 0, worked: 0 }, 60_000, STEADY), 12, 60_000).granted).toBe(1);
});
