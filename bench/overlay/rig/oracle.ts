import type { Figure, MetricsAnswer } from '#shared/contracts/metrics.ts';
import { ACCOUNT } from './account.ts';

const PREFIX: Record<'campaign' | 'ad_set' | 'ad', string> = { campaign: '1202', ad_set: '1203', ad: '1204' };

/** A number only this id has, so that a figure in a wrong row cannot look right. */
const place = (id: string): number => Number(id.slice(4)) + 1;

/** What the stub API answers for an id and what its row must therefore show. Every 13th is blank, every 7th has too few orders. */
export function answerFor(account: string, level: 'campaign' | 'ad_set' | 'ad', id: string): MetricsAnswer {
  if (account !== ACCOUNT || !id.startsWith(PREFIX[level])) return { id, blank: 'unknown_id' };
  return place(id) % 13 === 0 ? { id, blank: 'no_insights' } : { id, figure: figureOf(id) };
}

export function figureOf(id: string): Figure {
  const n = place(id);
  const spendMinor = 20_000 + n;
  const revenueMinor = 30_000 + n * 7;
  const point = Math.round((revenueMinor * 1000) / spendMinor);
  const tooFew = n % 7 === 0;
  return {
    spendMinor,
    revenueMinor,
    orders: 12,
    customers: 11,
    leads: 30,
    impressions: 1000,
    clicks: 20,
    effectiveOrders: tooFew ? 3 : 11,
    tooFew,
    roas: { point, low80: point - 400, high80: point + 500, low95: point - 700, high95: point + 900 },
    verdict: tooFew ? 'none' : n % 3 === 0 ? 'good' : n % 3 === 1 ? 'fair' : 'poor',
    maturityPermille: n % 5 === 0 ? 850 : 960,
    costPerLeadMinor: Math.round(spendMinor / 30),
  };
}

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

/** The two texts a badge of this id must show, by a hand-written rule that shares nothing with the overlay's code. */
export function expectedTexts(id: string): { money: string; ratio: string } {
  const n = place(id);
  if (n % 13 === 0) return { money: '—', ratio: '' };
  const { revenueMinor, spendMinor } = { revenueMinor: 30_000 + n * 7, spendMinor: 20_000 + n };
  return {
    money: euros.format(revenueMinor / 100),
    ratio: n % 7 === 0 ? 'too few' : `${(Math.round(Math.round((revenueMinor * 1000) / spendMinor) / 10) / 100).toFixed(2)}×`,
  };
}
