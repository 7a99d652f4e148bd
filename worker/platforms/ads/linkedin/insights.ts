import { addDays, daysBetween } from '#shared/rules/day-of.ts';
import { currencyExponent, divHalfEven } from '#shared/rules/money.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, InsightDay, Insights } from '../ad-platform.ts';
import { idOf } from './collections.ts';
import { unreadable } from './map-error.ts';
import { isRow, readLi, type Row } from './read.ts';
import { list, query } from './restli.ts';
import { urn } from './urn.ts';

/** Rows of one report; there are no pages, and more are refused, or cut. */
const MOST_ROWS = 15_000;
const CLAIMED = ['landingPageClicks', 'oneClickLeads', 'externalWebsiteConversions', 'videoViews', 'totalEngagements'] as const;
const FIELDS = ['dateRange', 'pivotValues', 'impressions', 'clicks', 'costInLocalCurrency', ...CLAIMED].join(',');

interface Range {
  since: string;
  until: string;
}

/** Reports have no asynchronous form: a range that is too long for one is asked for in halves. */
export const linkedinInsights: Insights = {
  async *days(session, { since, until, currency }) {
    let isEmpty = true;
    for await (const rows of reports(session, { since, until })) {
      isEmpty = isEmpty && rows.length === 0;
      if (rows.length > 0) yield rows.map((row) => toDay(row, currency));
    }
    // Nothing is also what whoever may not read the account is told.
    if (isEmpty) await readLi(session, `adAccounts/${session.accountExternalId}`, query({ fields: 'id' }));
  },
};

async function* reports(session: AdSession, range: Range): AsyncGenerator<Row[]> {
  const days = daysBetween(range.since, range.until);
  const rows = await report(session, range, days > 0);
  if (rows !== null) {
    yield rows;
    return;
  }
  const middle = addDays(range.since, Math.floor(days / 2));
  yield* reports(session, { since: range.since, until: middle });
  yield* reports(session, { since: addDays(middle, 1), until: range.until });
}

/** Null = too much for one answer. */
async function report(session: AdSession, { since, until }: Range, canBeCut: boolean): Promise<Row[] | null> {
  const asked = query({
    q: 'statistics',
    pivots: list(['CREATIVE', 'CAMPAIGN', 'CAMPAIGN_GROUP']),
    timeGranularity: 'DAILY',
    dateRange: `(start:${day(since)},end:${day(until)})`,
    accounts: list([urn.account(session.accountExternalId)]),
    fields: FIELDS,
  });
  try {
    const { elements } = await readLi(session, 'adAnalytics', asked);
    if (!Array.isArray(elements)) throw unreadable('A report without elements.', elements);
    return canBeCut && elements.length >= MOST_ROWS ? null : elements.filter(isRow);
  } catch (error) {
    // The refusal has no code of its own: whether it was the size, a smaller question tells.
    if (canBeCut && error instanceof PlatformError && error.failure === 'refused' && error.detail.httpStatus === 400) return null;
    throw error;
  }
}

function day(text: string): string {
  const [year, month, date] = text.split('-').map(Number);
  return `(year:${year},month:${month},day:${date})`;
}

function toDay(row: Row, currency: string): InsightDay {
  const [creative, campaign, group] = Array.isArray(row['pivotValues']) ? row['pivotValues'] : [];
  const { start } = row['dateRange'] as { start: { year: number; month: number; day: number } };
  const claimed = CLAIMED.flatMap((name): [string, string][] => (row[name] === undefined ? [] : [[name, String(row[name])]]));
  return {
    adExternalId: idOf(creative),
    adSetExternalId: idOf(campaign),
    campaignExternalId: idOf(group),
    day: [start.year, start.month, start.day].map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0')).join('-'),
    spendMinor: toMinor(String(row['costInLocalCurrency'] ?? '0'), currency),
    impressions: Number(row['impressions'] ?? 0),
    clicks: Number(row['clicks'] ?? 0),
    claimed: Object.fromEntries(claimed),
  };
}

/** Spend comes as text with as many decimals as a sum of fractions has; rounded once. @throws PlatformError unknown when it is no amount */
export function toMinor(text: string, currency: string): number {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw unreadable('An amount that is none.', text);
  const digits = fraction.padEnd(currencyExponent(currency), '0');
  return Number(divHalfEven(BigInt(whole + digits), 10n ** BigInt(digits.length - currencyExponent(currency))));
}
