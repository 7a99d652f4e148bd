import { expect, test } from 'vitest';
import { termsAt, wasApproved, wasOpen, type Terms } from './terms.ts';

const at = (text: string) => new Date(`2026-11-01T${text}Z`);
const terms = (version: number, effectiveAt: string, state: Terms['state'], rateNum = 1000): Terms => ({
  version,
  effectiveAt: at(effectiveAt),
  state,
  rateNum,
  rateDen: 10_000,
  windowDays: 30,
});
const history = [
  terms(1, '10:00:00.500', 'open'),
  terms(2, '11:00:00.000', 'open', 2000),
  terms(3, '12:00:00.000', 'paused', 2000),
  terms(4, '13:00:00.000', 'open', 2000),
];

test('an order is judged by what was in force then, one older than the program by its first terms', () => {
  expect(
    ['09:00:00.000', '10:30:00.000', '11:00:00.000', '12:30:00.000', '20:00:00.000'].map((time) => termsAt(history, at(time)).version),
  ).toEqual([1, 1, 2, 3, 4]);
});

test('open is asked of the second that a click id or a store names, since neither knows less', () => {
  const open = (time: string) => wasOpen(history, at(time));
  expect(open('09:59:59.000')).toBe(false);
  expect(open('10:00:00.000')).toBe(true);
  expect(open('11:30:00.000')).toBe(true);
  expect(open('12:00:00.000')).toBe(false);
  expect(open('12:59:59.000')).toBe(false);
  expect(open('13:00:00.000')).toBe(true);
});

test('nobody earns before they were approved', () => {
  expect(wasApproved(null, at('10:00:00.000'))).toBe(false);
  expect(wasApproved(at('10:00:00.700'), at('10:00:00.000'))).toBe(true);
  expect(wasApproved(at('10:00:01.000'), at('10:00:00.000'))).toBe(false);
});
