import { expect, test } from 'vitest';
import type { Figure } from '#shared/contracts/metrics.ts';
import { createOverlayText } from './overlay-text.ts';
import { arithmetic, detailLines, NO_FIGURE, presentAnswer, sentenceOf, WAITING } from './present-figure.ts';

const figure: Figure = {
  spendMinor: 210_000,
  revenueMinor: 441_000,
  orders: 12,
  customers: 11,
  leads: 30,
  impressions: 1,
  clicks: 1,
  roas: { point: 2100, low80: 1300, high80: 3100, low95: 1000, high95: 3600 },
  effectiveOrders: 9,
  tooFew: false,
  verdict: 'fair',
  maturityPermille: 850,
  costPerLeadMinor: 7000,
};
const definition = {
  id: 'def',
  currency: 'EUR',
  timezone: 'Europe/Paris',
  since: '2026-11-01',
  until: '2026-11-19',
  model: 'last',
  basis: 'accrual',
  attributionWindowDays: 28,
  dataVersion: 1,
} as const;
const totals = { figure, allRevenueMinor: 1, paidMinor: 1, unpaidMinor: 0, unmatchedMinor: 0, unmatchedPermille: 120 };
const ground = { definition, totals, freshness: null };
const text = createOverlayText('en');
const entry = (change: Partial<Figure> = {}) => ({ at: 0, answer: { id: '1', figure: { ...figure, ...change } } });

test('a badge shows tracked revenue to the minor unit, ROAS, and the judgement', () => {
  expect(presentAnswer(entry(), ground, text)).toEqual({ money: '€4,410.00', ratio: '2.10×', dot: 'fair', young: true, idle: false });
});

test('too few to say has no ratio and no colour, whatever the verdict says', () => {
  expect(presentAnswer(entry({ tooFew: true, verdict: 'good' }), ground, text)).toMatchObject({ ratio: 'too few', dot: 'none' });
});

test('no spend is said, never an infinite or zero ratio', () => {
  expect(presentAnswer(entry({ roas: null, spendMinor: 0 }), ground, text)).toMatchObject({ ratio: 'no spend', dot: 'fair' });
});

test('a row without spend, revenue and leads draws its badge in; one euro of any keeps it open', () => {
  const nothing = { roas: null, spendMinor: 0, revenueMinor: 0, leads: 0 };
  expect(presentAnswer(entry(nothing), ground, text).idle).toBe(true);
  for (const one of [{ revenueMinor: 100 }, { leads: 1 }])
    expect(presentAnswer(entry({ ...nothing, ...one }), ground, text).idle).toBe(false);
});

test('a blank answer, or a figure whose currency and window are unknown, paints no figure', () => {
  expect(presentAnswer({ at: 0, answer: { id: '1', blank: 'currency_differs' } }, ground, text)).toBe(NO_FIGURE);
  expect(presentAnswer(entry(), { ...ground, definition: null }, text)).toBe(WAITING);
  expect(sentenceOf({ at: 0, answer: { id: '1', blank: 'currency_differs' } }, ground, false, true, text)).toContain('another currency');
});

test('a grey row says why it is not judged: too few orders, or a range on both sides of the target', () => {
  const say = (change: Partial<Figure>, hasTarget = true): string => sentenceOf(entry(change), ground, false, hasTarget, text);
  expect(say({ verdict: 'none' })).toContain('both sides of the target');
  expect(say({ verdict: 'none' }, false)).toBe(arithmetic(figure, 'EUR', text));
  expect(say({ verdict: 'none', tooFew: true })).toContain('Too few orders to say');
});

test('a row with nothing in it says so, and one without spend is not said to have too few orders', () => {
  const nothing = { roas: null, spendMinor: 0, revenueMinor: 0, leads: 0, tooFew: true, verdict: 'none' } as const;
  expect(sentenceOf(entry(nothing), ground, false, true, text)).toBe('No spend, no revenue and no leads in this window');
  expect(sentenceOf(entry({ ...nothing, revenueMinor: 100 }), ground, false, true, text)).not.toContain('Too few');
});

test('the hover says the arithmetic in one sentence, with the likely range only when there is one', () => {
  expect(arithmetic(figure, 'EUR', text)).toBe('€4,410.00 net from 11 customers ÷ €2,100.00 spend = 2.10×, likely 1.30× to 3.10×');
  const pointOnly = { ...figure, customers: 1, roas: { point: 2100, low80: null, high80: null, low95: null, high95: null } };
  expect(arithmetic(pointOnly, 'EUR', text)).toBe('€4,410.00 net from 1 customer ÷ €2,100.00 spend = 2.10×');
});

test('unmatched share, maturity, window and model stand under it', () => {
  const lines = detailLines(figure, ground, text, 0).join('\n');
  for (const part of [
    '12% of revenue unmatched',
    'window 85% matured',
    'Nov 1, 2026 – Nov 19, 2026',
    'Last touch',
    'Accrual',
    'EUR',
    'Europe/Paris',
    '95 %',
  ])
    expect(lines).toContain(part);
});

test('a large amount is shortened in the row and whole in the sentence; yen have no decimals', () => {
  expect(presentAnswer(entry({ revenueMinor: 1_234_567_890 }), ground, text).money.length).toBeLessThanOrEqual(8);
  expect(arithmetic({ ...figure, revenueMinor: 1_234_567_890 }, 'EUR', text)).toContain('€12,345,678.90');
  expect(presentAnswer(entry({ revenueMinor: 4410 }), { ...ground, definition: { ...definition, currency: 'JPY' } }, text).money).toBe(
    '¥4,410',
  );
});

test("the organization's language formats, not the browser's", () => {
  expect(presentAnswer(entry(), ground, createOverlayText('fr')).money).toMatch(/^4\s?410,00\s€$/);
});

test('without a lag curve the hover says that the last days by touch are not final, and only then', () => {
  const lines = (change: Partial<Figure>, of: Partial<typeof definition> | { basis: 'cash' }, now: string) =>
    detailLines({ ...figure, ...change }, { ...ground, definition: { ...definition, ...of } }, text, Date.parse(now)).join('\n');
  const words = 'the last 72 hours are still arriving';
  expect(lines({ maturityPermille: null }, {}, '2026-11-19T12:00:00Z')).toContain(words);
  expect(lines({ maturityPermille: null }, {}, '2026-11-23T12:00:00Z')).not.toContain(words);
  expect(lines({ maturityPermille: null }, { basis: 'cash' }, '2026-11-19T12:00:00Z')).not.toContain(words);
  expect(lines({}, {}, '2026-11-19T12:00:00Z')).not.toContain(words);
});
