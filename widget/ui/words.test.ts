import { expect, test } from 'vitest';
import { NULL_REASONS, WORDS as STATS } from '../affiliate-stats/words.ts';
import { MATCHED_BY, NO_CARD, WORDS as LEAD } from '../lead-roas/words.ts';
import { fill, type Said } from './words.ts';

const all: [string, Said][] = [LEAD, MATCHED_BY, NO_CARD, STATS, NULL_REASONS].flatMap((table) =>
  Object.entries(table as Record<string, Said>),
);

test.each(all)('%s has the same places in every language', (_, said) => {
  const places = said.map((text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort());
  expect(places[1]).toEqual(places[0]);
  expect(places[2]).toEqual(places[0]);
});

test.each(all)('%s is said in three languages', (_, said) => {
  expect(said.every((text) => text.trim() !== '')).toBe(true);
  expect(/[\u0600-\u06ff]/.test(said[2])).toBe(true);
});

test('a place without a value is an error, not a hole', () => {
  expect(fill('a {b} c', { b: 'x' }, 'ltr')).toBe('a x c');
  expect(() => fill('a {b}', {}, 'ltr')).toThrow('{b}');
});

test('a value of the other direction is kept apart', () => {
  expect(fill('Form: {form}', { form: 'نموذج' }, 'ltr')).toBe('Form: \u2068نموذج\u2069');
  expect(fill('النموذج: {form}', { form: 'Quote (2)' }, 'rtl')).toBe('النموذج: \u2068Quote (2)\u2069');
});
