import { expect, test } from 'vitest';
import { minorFromText, textFromMinor } from './amount-text.ts';

test('an amount is read exactly in its own currency; nothing is no limit, what is no amount is none', () => {
  expect(['500', '500.5', '500,50', ' 0 ', ''].map((text) => minorFromText(text, 'EUR'))).toEqual([50_000, 50_050, 50_050, 0, null]);
  expect(['1,000.00', '5.005', '-1', '1e3', 'much', '99999999999999999'].map((text) => minorFromText(text, 'EUR'))).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
  expect([minorFromText('500', 'JPY'), minorFromText('500.5', 'JPY'), minorFromText('1', 'EU')]).toEqual([500, undefined, undefined]);
  expect([textFromMinor(50_050, 'EUR'), textFromMinor(500, 'JPY'), textFromMinor(null, 'EUR')]).toEqual(['500.50', '500', '']);
});
