import { daysBetween } from '#shared/rules/day-of.ts';
import { parseDecimal } from '#shared/rules/money.ts';
import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, InsightDay, Insights } from '../ad-platform.ts';
import { accountNode, graph, type GraphParams } from './client.ts';
import { readGraph, readPages } from './read.ts';

/** Longer ranges are asked for as a report: a synchronous read of a month by ad times out on real accounts. */
const SYNC_DAYS = 7;
const REPORT_POLL_MS = 250;
const REPORT_POLLS = 40;
const PAGE = 500;
const FIELDS = 'ad_id,adset_id,campaign_id,spend,impressions,clicks,actions,date_start';

interface Row {
  ad_id: string;
  adset_id: string;
  campaign_id: string;
  spend?: string;
  impressions?: string;
  clicks?: string;
  actions?: { action_type: string; value: string }[];
  date_start: string;
}

export const metaInsights: Insights = {
  async *days(session, { since, until, currency }) {
    const asked: GraphParams = { level: 'ad', time_increment: '1', time_range: { since, until }, fields: FIELDS };
    const edge = `${accountNode(session)}/insights`;
    const source =
      daysBetween(since, until) < SYNC_DAYS
        ? { path: edge, params: { ...asked, limit: PAGE } }
        : { path: `${await finishedReport(session, edge, asked)}/insights`, params: { limit: PAGE } };
    for await (const rows of readPages<Row>(session, source.path, source.params)) yield rows.map((row) => toDay(row, currency));
  },
};

/** Starts a report and waits for it. Failed and skipped runs are the platform's own trouble: unknown, so the caller comes again. */
async function finishedReport(session: AdSession, edge: string, asked: GraphParams): Promise<string> {
  // A report changes nothing: starting it twice costs a report.
  const { report_run_id: run } = await readAgain(() => graph(session, 'POST', edge, asked));
  if (typeof run !== 'string') throw new PlatformError('unknown', 'A report without an id.', { platform: 'meta' });
  for (let poll = 0; poll < REPORT_POLLS; poll++) {
    const { async_status: status } = await readGraph(session, run, { fields: 'async_status,async_percent_completion,error_code' });
    if (status === 'Job Completed') return run;
    if (status === 'Job Failed' || status === 'Job Skipped')
      throw new PlatformError('unknown', `The platform did not finish the report (${String(status)}).`, { platform: 'meta' });
    await new Promise((resolve) => setTimeout(resolve, REPORT_POLL_MS));
  }
  throw new PlatformError('throttled', 'The report is still being made.', { platform: 'meta', retryAfterSeconds: 30 });
}

function toDay(row: Row, currency: string): InsightDay {
  return {
    adExternalId: row.ad_id,
    adSetExternalId: row.adset_id,
    campaignExternalId: row.campaign_id,
    day: row.date_start,
    // Graph leaves out what is zero on a row that has something else to tell.
    spendMinor: Number(parseDecimal(row.spend ?? '0', currency)),
    impressions: Number(row.impressions ?? '0'),
    clicks: Number(row.clicks ?? '0'),
    claimed: row.actions ? Object.fromEntries(row.actions.map((action) => [action.action_type, action.value])) : null,
  };
}
