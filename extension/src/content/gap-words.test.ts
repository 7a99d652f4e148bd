import { expect, test } from 'vitest';
import type { Figure } from '#shared/contracts/metrics.ts';
import { blankWords, leadWords, revenueGapWords } from './gap-words.ts';
import { createOverlayText } from './overlay-text.ts';
import { arithmetic, NO_FIGURE, presentAnswer } from './present-figure.ts';

const text = createOverlayText('en');
const freshness = {
  spendAt: null,
  revenueAt: null,
  spendFrom: '2026-08-17',
  revenueFrom: '2026-09-22',
  leadsFrom: '2026-08-23',
  revenueGap: 'before',
  leadsGap: null,
} as const;
const definition = {
  id: 'def',
  currency: 'EUR',
  timezone: 'Europe/Paris',
  since: '2026-08-24',
  until: '2026-11-21',
  model: 'last',
  basis: 'accrual',
  attributionWindowDays: 28,
  dataVersion: 1,
} as const;
const unknown: Figure = {
  spendMinor: 210_000,
  revenueMinor: null,
  orders: null,
  customers: null,
  leads: 30,
  impressions: 1,
  clicks: 1,
  roas: null,
  effectiveOrders: 0,
  tooFew: false,
  verdict: 'none',
  maturityPermille: null,
  costPerLeadMinor: 7000,
};

test('revenue that is not known paints no figure, and its arithmetic speaks of the spend alone', () => {
  expect(presentAnswer({ at: 0, answer: { id: '1', figure: unknown } }, { definition, totals: null, freshness }, text)).toBe(NO_FIGURE);
  expect(arithmetic(unknown, 'EUR', text)).toBe('€2,100.00 spend');
});

test('each reason for unknown revenue is said with its day or its remedy', () => {
  expect(revenueGapWords(freshness, text)).toContain('Sep 22, 2026');
  expect(revenueGapWords({ ...freshness, revenueGap: 'no_shop' }, text)).toContain('connect a shop');
  expect(revenueGapWords({ ...freshness, revenueGap: 'reading' }, text)).toContain('being read');
  // The figure is older than what is known of the shop.
  expect(revenueGapWords({ ...freshness, revenueGap: null }, text)).toBe(text.t('loading'));
});

test('a window from before the first day of spend names that day', () => {
  expect(blankWords('before_spend', freshness, text)).toBe('Inlay has spend from Aug 17, 2026.');
  expect(blankWords('before_spend', null, text)).toContain('begins before');
  expect(blankWords('stale', freshness, text)).toContain('too old');
});

test('leads are counted, counted so far, or known from a day', () => {
  expect(leadWords(30, freshness, text)).toBe('30 leads');
  expect(leadWords(30, { ...freshness, leadsGap: 'reading' }, text)).toBe('30 leads so far, still reading');
  expect(leadWords(null, { ...freshness, leadsGap: 'before' }, text)).toContain('Aug 23, 2026');
});
