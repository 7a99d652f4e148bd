import { expect, test } from 'vitest';
import { previousDays } from './spend-chart.tsx';

const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    day: `2026-10-${String(from + i).padStart(2, '0')}`,
    spendMinor: from + i,
    revenueMinor: 0,
  }));

test('the period before is as long as the shown one and ends the day before it', () => {
  expect(previousDays(days(15, 21), days(8, 21))).toEqual(days(8, 14));
  expect(previousDays(days(15, 21), days(1, 21))).toEqual(days(8, 14));
});

test('a period that is not wholly known is not drawn', () => {
  expect(previousDays(days(15, 21), days(9, 21))).toBeNull();
  expect(previousDays(days(15, 21), null)).toBeNull();
});
