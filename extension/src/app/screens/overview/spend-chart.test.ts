import { expect, test } from 'vitest';
import { knownRevenue, previousDays } from './spend-chart.tsx';

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

test('a day whose orders are not known leaves no line of revenue, rather than one at 0', () => {
  expect(knownRevenue(days(1, 3))).toEqual([0, 0, 0]);
  expect(knownRevenue([...days(1, 2), { day: '2026-10-03', spendMinor: 1, revenueMinor: null }])).toBeNull();
});
