import { expect, test } from 'vitest';
import { milliFromText, textFromMilli } from './milli-text.ts';

test('a ratio is read with point or comma, exactly', () => {
  expect(['2', '2.5', '2,5', '1.005', ' 0.05 '].map(milliFromText)).toEqual([2000, 2500, 2500, 1005, 50]);
});

test('nothing means no target, and what is not a ratio is not guessed at', () => {
  expect(milliFromText('  ')).toBeNull();
  expect(['2x', '-1', '1.2345', '1e3', 'two'].map(milliFromText)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('what was saved is shown as it was typed', () => {
  for (const milli of [1, 50, 1005, 2500, 999_999]) expect(milliFromText(textFromMilli(milli))).toBe(milli);
});
