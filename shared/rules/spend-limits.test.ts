import { expect, test } from 'vitest';
import { breachesOf, needsSecondPerson, secondPersonFault, type SpendLimit } from './spend-limits.ts';

const limit = (currency: string, over: Partial<SpendLimit> = {}): SpendLimit => ({
  currency,
  secondPersonAboveMinor: null,
  accountDailyMinor: null,
  organizationDailyMinor: null,
  ...over,
});

test('without a threshold one person is enough; with one, only above it', () => {
  expect(needsSecondPerson([], 'EUR', 1_000_000)).toBe(false);
  expect(needsSecondPerson([limit('EUR', { accountDailyMinor: 5 })], 'EUR', 1_000_000)).toBe(false);
  const limits = [limit('EUR', { secondPersonAboveMinor: 50_000 })];
  expect([49_999, 50_000, 50_001].map((cap) => needsSecondPerson(limits, 'EUR', cap))).toEqual([false, false, true]);
  expect(needsSecondPerson([limit('EUR', { secondPersonAboveMinor: 0 })], 'EUR', 1)).toBe(true);
});

test('currencies are never compared: one without a threshold of its own asks for a second person, however small the amount', () => {
  const limits = [limit('EUR', { secondPersonAboveMinor: 50_000 }), limit('USD', { accountDailyMinor: 9 })];
  expect(needsSecondPerson(limits, 'JPY', 1)).toBe(true);
  expect(needsSecondPerson(limits, 'USD', 1)).toBe(true);
});

test('the second person had no hand in the plan', () => {
  const authors = { plannerId: 'usr_a', correctors: ['usr_c'], askedBy: 'usr_a' };
  expect(['usr_a', 'usr_b', 'usr_c'].map((id) => secondPersonFault(authors, id))).toEqual(['author', null, 'author']);
});

test('a plan with nobody behind it needs two who are known: one asks, the other approves', () => {
  const unknown = { plannerId: null, correctors: [], askedBy: null };
  expect(secondPersonFault(unknown, 'usr_a')).toBe('nobody_known');
  expect(secondPersonFault({ ...unknown, askedBy: 'usr_a' }, 'usr_a')).toBe('author');
  expect(secondPersonFault({ ...unknown, askedBy: 'usr_a' }, 'usr_b')).toBe(null);
});

test('what is on counts on its own account and in its own currency; the limit itself is allowed', () => {
  const limits = [limit('EUR', { accountDailyMinor: 100, organizationDailyMinor: 150 })];
  const live = [
    { accountId: 'one', currency: 'EUR', dailyMinor: 60 },
    { accountId: 'two', currency: 'EUR', dailyMinor: 40 },
    { accountId: 'three', currency: 'USD', dailyMinor: 1_000 },
  ];
  const wanted = (accountId: string, dailyMinor: number, currency = 'EUR') =>
    breachesOf({ accountId, currency, dailyMinor }, live, limits).map((one) => one.limit);
  expect(wanted('one', 40)).toEqual([]);
  expect(wanted('one', 41)).toEqual(['account']);
  expect(wanted('two', 51)).toEqual(['organization']);
  expect(wanted('two', 61)).toEqual(['account', 'organization']);
  expect(wanted('three', 1_000_000, 'USD')).toEqual([]);
});

test('sums beyond what a number can hold are still exact', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const live = [1, 2, 3].map(() => ({ accountId: 'one', currency: 'EUR', dailyMinor: most }));
  const [breach] = breachesOf({ accountId: 'one', currency: 'EUR', dailyMinor: 1 }, live, [limit('EUR', { accountDailyMinor: most })]);
  expect(breach?.liveMinor).toBe(3n * BigInt(most));
});
