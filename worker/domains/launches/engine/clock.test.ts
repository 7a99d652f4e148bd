import path from 'node:path';
import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { engineClock, nextLook } from './clock.ts';

const { vars } = unstable_readConfig({ config: path.resolve(import.meta.dirname, '../../../../wrangler.toml') });
const setting = (name: string): number => Number(vars[name]);
const clock = engineClock({ SETTLE_WINDOW_MS: setting('SETTLE_WINDOW_MS'), SEARCH_GAP_MS: setting('SEARCH_GAP_MS') });

test('what is deployed waits 200 s before a create may be repeated, looks twice 20 s apart, and asks a person after 30 minutes', () => {
  expect(clock.settle).toEqual({ windowMs: 200_000, betweenSearchesMs: 20_000, holdAfterMs: 30 * 60_000 });
});

test('the window outlasts a late start, a call of full length, the latest late apply and the lag of the search', () => {
  const [latestApplyMs, searchLagMs] = [90_000, 60_000];
  expect(clock.startGuardMs).toBeLessThanOrEqual(20_000);
  expect(clock.settle.windowMs).toBeGreaterThanOrEqual(20_000 + setting('CALL_TIMEOUT_MS') + latestApplyMs + searchLagMs);
});

test('what is made later than the window is looked for within 30 minutes of the end, then after an hour and after a day', () => {
  const [first, second, ...later] = clock.sweepsAfterMs;
  expect([first, second].every((ms) => ms !== undefined && ms > clock.settle.windowMs && ms < 30 * 60_000)).toBe(true);
  expect(later).toEqual([3_600_000, 86_400_000]);
});

test('rows that became unclear within one interval are looked for at one instant, never before their time', () => {
  const due = [61_000, 62_345, 69_999, 70_000].map((ms) => nextLook(clock, ms));
  expect(due).toEqual([70_000, 70_000, 70_000, 70_000]);
  expect(nextLook(clock, 70_001)).toBe(80_000);
});
