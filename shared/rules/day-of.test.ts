import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, daysOf, instantMs, isTimezone, startOfDay } from './day-of.ts';

test('one instant, three days', () => {
  expect(dayOf('2026-03-03T23:30:00Z', 'UTC')).toBe('2026-03-03');
  expect(dayOf('2026-03-03T23:30:00Z', 'Europe/Paris')).toBe('2026-03-04');
  expect(dayOf('2026-03-04T04:59:00Z', 'America/New_York')).toBe('2026-03-03');
});

test('days of 23 and 25 hours begin where the clock says', () => {
  expect(startOfDay('2026-03-29', 'Europe/Paris')).toBe('2026-03-28T23:00:00.000Z');
  expect(startOfDay('2026-03-30', 'Europe/Paris')).toBe('2026-03-29T22:00:00.000Z');
  expect(startOfDay('2026-10-26', 'Europe/Paris')).toBe('2026-10-25T23:00:00.000Z');
});

test('a midnight that does not exist: the day starts at 01:00', () => {
  // Brazil, 4 Nov 2018: 00:00 jumped to 01:00 (UTC−2).
  expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
});

test('the far ends of the map', () => {
  expect(startOfDay('2026-03-03', 'Pacific/Kiritimati')).toBe('2026-03-02T10:00:00.000Z');
  expect(startOfDay('2026-03-03', 'Pacific/Pago_Pago')).toBe('2026-03-03T11:00:00.000Z');
});

test('calendar steps', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect([daysBetween('2028-02-28', '2028-03-01'), daysBetween('2026-03-02', '2026-03-02')]).toEqual([2, 0]);
  expect(daysOf('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysOf('2026-03-02', '2026-03-01')).toEqual([]);
});

test('nonsense is refused', () => {
  expect(() => instantMs('2026-03-03')).toThrow(RangeError);
  expect(() => dayOf('2026-03-03T00:00:00Z', 'Europe/Nowhere')).toThrow(RangeError);
  expect(() => addDays('03/03/2026', 1)).toThrow(RangeError);
  expect(isTimezone('Africa/Casablanca')).toBe(true);
  expect(isTimezone('Mars/Olympus')).toBe(false);
});
