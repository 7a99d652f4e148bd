import { expect, test } from 'vitest';
import { createReader } from './reader.ts';

/** Intl puts narrow and non-breaking spaces and direction marks where a person sees a space or nothing. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u061c\u2066\u2069]/g, '');

test.each([
  ['en', 700, 'EUR', '€7.00'],
  ['fr', 123_456, 'EUR', '1 234,56 €'],
  ['en', 5000, 'JPY', '¥5,000'],
  ['en', 1234, 'KWD', 'KWD 1.234'],
  ['en', 9_007_199_254_740_991, 'USD', '$90,071,992,547,409.91'],
  ['en', -990, 'EUR', '-€9.90'],
  ['ar', 700, 'EUR', '7.00 €'],
])('%s writes %i minor units of %s as %s', (tag, minor, currency, written) => {
  expect(plain(createReader(tag).money(minor, currency))).toBe(written);
});

test('unknown is a dash, zero is a zero', () => {
  const reader = createReader('en');
  expect([reader.money(null, 'EUR'), reader.count(null), reader.roas(null)]).toEqual(['—', '—', '—']);
  expect([reader.money(0, 'EUR'), reader.count(0), reader.roas(0)]).toEqual(['€0.00', '0', '0.00×']);
});

test('a ROAS of thousandths has two decimals', () => {
  expect(createReader('en').roas(2100)).toBe('2.10×');
  expect(createReader('fr').roas(17_143)).toBe('17,14×');
});

test('a day of the ad account is that day for every reader', () => {
  const before = process.env['TZ'];
  for (const zone of ['Pacific/Honolulu', 'Pacific/Kiritimati']) {
    process.env['TZ'] = zone;
    expect(createReader('en').day('2026-11-03')).toBe('Nov 3, 2026');
  }
  process.env['TZ'] = before;
});

test.each([
  ['fr-CA', 'fr', 'ltr'],
  ['fr_FR', 'fr', 'ltr'],
  ['ar-EG', 'ar', 'rtl'],
  ['de-DE', 'en', 'ltr'],
  ['arn', 'en', 'ltr'],
  ['', 'en', 'ltr'],
  ['not a tag!', 'en', 'ltr'],
  ['xx-YY', 'en', 'ltr'],
])('%s is read in %s, %s', (wish, spoken, direction) => {
  const reader = createReader(wish);
  expect(reader.say(['en', 'fr', 'ar'])).toBe(spoken);
  expect(reader.direction).toBe(direction);
});
