import { expect, test } from 'vitest';
import { changesOf, textsOf } from './correction-texts.ts';

const fields = [
  { field: 'dailyBudgetMinor', value: 2_000 },
  { field: 'ageMin', value: null },
  { field: 'countries', value: ['MA', 'FR'] },
  { field: 'headline', value: 'Old' },
];

test('what stands in the row is shown as it is typed, and only what differs is sent', () => {
  const texts = textsOf(fields, 'EUR');
  expect(texts).toEqual({ dailyBudgetMinor: '20.00', ageMin: '', countries: 'MA, FR', headline: 'Old' });
  expect(changesOf(fields, texts, 'EUR')).toEqual({});
  expect(changesOf(fields, { ...texts, dailyBudgetMinor: '19,50', ageMin: '18', countries: 'ma es', headline: 'New' }, 'EUR')).toEqual({
    dailyBudgetMinor: 1_950,
    ageMin: 18,
    countries: ['MA', 'ES'],
    headline: 'New',
  });
});

test('what is no value of its field is sent nowhere', () => {
  const texts = textsOf(fields, 'EUR');
  for (const wrong of [
    { dailyBudgetMinor: '' },
    { dailyBudgetMinor: '1.005' },
    { ageMin: 'x' },
    { countries: 'Morocco' },
    { countries: '' },
  ])
    expect(changesOf(fields, { ...texts, ...wrong }, 'EUR'), JSON.stringify(wrong)).toBeNull();
});
