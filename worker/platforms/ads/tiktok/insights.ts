import { addDays, daysBetween } from '#shared/rules/day-of.ts';
import { parseDecimal } from '#shared/rules/money.ts';
import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, InsightDay, Insights } from '../ad-platform.ts';
import { ask, rowsIn, type Row } from './client.ts';
import { PAGE_SIZE } from './limits.ts';
import { isLastPage } from './lists.ts';
import { taskRows } from './report-task.ts';

/** Longer ranges are asked for as a task: one file instead of page after page of what the whole app may call. */
const SYNC_DAYS = 7;
/** Days of one report by day (unconfirmed). */
const MOST_DAYS = 30;

/** By ad and day. `ad_id_v2` counts classic ads and Smart+ ones, each under the id it is listed with; `ad_id` leaves Smart+ out. */
const ID = 'ad_id_v2';
const DAY = 'stat_time_day';
const ASKED = {
  report_type: 'BASIC',
  service_type: 'AUCTION',
  data_level: 'AUCTION_AD',
  dimensions: [ID, DAY],
  metrics: ['spend', 'impressions', 'clicks', 'conversion', 'campaign_id', 'adgroup_id'],
} as const;

export const tiktokInsights: Insights = {
  async *days(session, { since, until, currency }) {
    const isShort = daysBetween(since, until) < SYNC_DAYS;
    for (let from = since; from <= until; from = addDays(from, MOST_DAYS)) {
      const last = addDays(from, MOST_DAYS - 1);
      const asked = { ...ASKED, advertiser_id: session.accountExternalId, start_date: from, end_date: last < until ? last : until };
      for await (const rows of isShort ? pages(session, asked) : taskRows(session, asked)) yield rows.map((row) => toDay(row, currency));
    }
  },
};

async function* pages(session: AdSession, asked: Row): AsyncGenerator<Row[]> {
  for (let page = 1; ; page += 1) {
    const data = await readAgain(() => ask(session, 'GET', 'report/integrated/get/', { ...asked, page, page_size: PAGE_SIZE.most }));
    yield rowsIn(data, 'list').map(({ dimensions, metrics }) => ({ ...(dimensions as Row), ...(metrics as Row) }));
    if (isLastPage(data, page)) return;
  }
}

/** Every figure is text. */
function toDay(row: Row, currency: string): InsightDay {
  const text = (name: string): string => {
    const value = row[name];
    if (typeof value === 'string' && value !== '' && value !== '-') return value;
    throw new PlatformError('unknown', `A report row without its ${name}.`, { platform: 'tiktok' });
  };
  const conversion = text('conversion');
  return {
    adExternalId: text(ID),
    adSetExternalId: text('adgroup_id'),
    campaignExternalId: text('campaign_id'),
    day: text(DAY).slice(0, 10),
    spendMinor: Number(parseDecimal(text('spend'), currency)),
    impressions: Number(text('impressions')),
    clicks: Number(text('clicks')),
    claimed: Number(conversion) > 0 ? { conversion } : null,
  };
}
