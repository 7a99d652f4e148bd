import { expect, test } from 'vitest';
import { CURRENCIES, currencyHere } from './currencies.ts';

test('the first region the browser names decides; a language alone says nothing of where its owner lives', () => {
  expect(currencyHere(['en', 'fr-CA', 'en-US'])).toBe('CAD');
  expect(currencyHere(['ar-MA'])).toBe('MAD');
  expect(currencyHere(['fr-FR', 'en-US'])).toBe('EUR');
  expect(currencyHere(['zh-Hant-TW'])).toBe('EUR');
  for (const none of [[], ['en'], ['fr', 'ar']]) expect(currencyHere(none)).toBe('EUR');
  for (const region of ['US', 'GB', 'CH', 'CA', 'AE', 'SA', 'MA', 'EG', 'JP']) expect(CURRENCIES).toContain(currencyHere([`en-${region}`]));
});
