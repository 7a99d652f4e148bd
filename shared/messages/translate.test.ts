import { expect, test } from 'vitest';
import { createFormats } from './format.ts';
import { chooseLocale } from './locales.ts';
import { createTranslate } from './translate.ts';

const ads = { one: '{count} ad', other: '{count} ads' };

test('a plural takes the form of its language', () => {
  const english = createTranslate({ ads }, 'en');
  expect([0, 1, 2].map((count) => english('ads', { count }))).toEqual(['0 ads', '1 ad', '2 ads']);
  const arabic = createTranslate({ ads: { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' } }, 'ar');
  expect([0, 1, 2, 5, 40, 100].map((count) => arabic('ads', { count }))).toEqual(['zero', 'one', 'two', 'few', 'many', 'other']);
});

test('French counts nothing as one', () => {
  expect(createTranslate({ ads }, 'fr')('ads', { count: 0 })).toBe('0 ad');
});

test('a value in a sentence that runs from the right keeps to itself', () => {
  const said = (locale: 'ar' | 'fr') => createTranslate({ by: '{who}، {when}' }, locale)('by', { who: 'Demo owner', when: '21' });
  expect(said('ar')).toBe('\u2068Demo owner\u2069، \u206821\u2069');
  expect(said('fr')).toBe('Demo owner، 21');
});

test('a sentence never appears with a hole in it', () => {
  const t = createTranslate({ hello: 'Hello {name}', ads }, 'en');
  expect(() => t('hello')).toThrow('{name}');
  expect(() => t('ads')).toThrow('needs a count');
});

test('unknown is a dash in every format, and zero is zero', () => {
  const formats = createFormats('en');
  expect([formats.number(null), formats.money(null, 'EUR'), formats.roas(null), formats.permille(null), formats.day(null)]).toEqual([
    '—',
    '—',
    '—',
    '—',
    '—',
  ]);
  expect(formats.money(0, 'EUR')).toBe('€0.00');
  expect(formats.money(123_450, 'EUR')).toBe('€1,234.50');
  expect(formats.money(1234, 'JPY')).toBe('¥1,234');
  expect(formats.roas(2100)).toBe('2.10×');
});

test('a long duration has two units, a short one seconds', () => {
  const formats = createFormats('en');
  expect(formats.duration(42)).toBe('42 sec');
  expect(formats.duration(5700)).toBe('1 hr 35 min');
  expect(formats.duration(7200)).toBe('2 hr');
});

test("the browser's wishes choose the language", () => {
  expect(chooseLocale(['de-DE', 'fr-CA', 'en'])).toBe('fr');
  expect(chooseLocale(['de'])).toBe('en');
});
