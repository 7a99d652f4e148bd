import { expect, test } from 'vitest';
import type { Figure } from '#shared/contracts/metrics.ts';
import type { AccountWindow } from '../insights/index.ts';
import { weekInNumbers } from './week-in-numbers.ts';

const window = (currency: string, figure: Partial<Figure> | null, spendIsWhole = true): AccountWindow => ({
  currency,
  figure: figure as Figure | null,
  spendIsWhole,
});
const known = { spendMinor: 10_000, revenueMinor: 25_000, leads: 3 };

test('accounts of one currency add up; what one does not know the sum does not know', () => {
  expect(weekInNumbers([window('EUR', known), window('EUR', known)], 'en')).toEqual({
    spend: '€200.00',
    revenue: '€500.00',
    roas: '2.50×',
    leads: 6,
  });
  expect(weekInNumbers([window('EUR', known), window('EUR', { ...known, revenueMinor: null, leads: null })], 'en')).toEqual({
    spend: '€200.00',
    revenue: null,
    roas: null,
    leads: null,
  });
  expect(weekInNumbers([window('EUR', known, false)], 'en')).toMatchObject({ spend: null, roas: null, revenue: '€250.00' });
  expect(weekInNumbers([window('EUR', { ...known, spendMinor: 0 })], 'en')).toMatchObject({ spend: '€0.00', roas: null });
});

test('currencies stand side by side and have no common return; without accounts nothing is known', () => {
  expect(weekInNumbers([window('EUR', known), window('USD', known)], 'en')).toEqual({
    spend: '€100.00 + $100.00',
    revenue: '€250.00 + $250.00',
    roas: null,
    leads: 6,
  });
  expect(weekInNumbers([], 'en')).toEqual({ spend: null, revenue: null, roas: null, leads: null });
});
