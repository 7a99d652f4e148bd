import { expect, test } from 'vitest';
import { instantOfLocal } from './instant-of-local.ts';

test('a start time is read on the clocks of the ad account', () => {
  expect(instantOfLocal('2026-11-03T09:00', 'Europe/Paris')).toBe('2026-11-03T08:00:00.000Z');
  expect(instantOfLocal('2026-07-03T09:00', 'Europe/Paris')).toBe('2026-07-03T07:00:00.000Z');
  expect(instantOfLocal('2026-11-03T00:30', 'Asia/Kolkata')).toBe('2026-11-02T19:00:00.000Z');
});

test('the days of a clock change are right on both sides of it', () => {
  expect(instantOfLocal('2026-10-25T01:30', 'Europe/Paris')).toBe('2026-10-24T23:30:00.000Z');
  expect(instantOfLocal('2026-10-25T04:00', 'Europe/Paris')).toBe('2026-10-25T03:00:00.000Z');
  expect(instantOfLocal('2026-03-29T03:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
});
