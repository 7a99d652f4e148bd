import { addDays, daysBetween } from '#shared/rules/day-of.ts';
import { currencyExponent } from '#shared/rules/money.ts';
import type { InsightDay, Insights } from '../ad-platform.ts';
import { readStream, type Row } from './query.ts';

/** There are no reports to wait for. A long range comes in parts, so that no single answer grows without bound. */
const DAYS_OF_ONE_ANSWER = 7;
const COLUMNS =
  'ad_group_ad.ad.id, ad_group.id, campaign.id, segments.date, metrics.cost_micros, metrics.impressions, metrics.clicks, ' +
  'metrics.conversions, metrics.conversions_value';

export const googleAdsInsights: Insights = {
  async *days(session, { since, until, currency }) {
    for (let from = since; daysBetween(from, until) >= 0; from = addDays(from, DAYS_OF_ONE_ANSWER)) {
      const last = addDays(from, DAYS_OF_ONE_ANSWER - 1);
      const to = daysBetween(last, until) < 0 ? until : last;
      const query = `SELECT ${COLUMNS} FROM ad_group_ad WHERE segments.date BETWEEN '${from}' AND '${to}'`;
      for await (const rows of readStream(session, session.accountExternalId, query)) yield rows.map((row) => toDay(row, currency));
    }
  },
};

function toDay({ adGroupAd, adGroup, campaign, segments, metrics = {} }: Row, currency: string): InsightDay {
  const { conversions, conversionsValue } = metrics as { conversions?: number; conversionsValue?: number };
  return {
    adExternalId: String((adGroupAd?.['ad'] as { id?: unknown } | undefined)?.id),
    adSetExternalId: String(adGroup?.['id']),
    campaignExternalId: String(campaign?.['id']),
    day: String(segments?.['date']),
    spendMinor: toMinor(metrics['costMicros'], currency),
    // What is zero may be left out of a row that has something else to tell.
    impressions: Number(metrics['impressions'] ?? '0'),
    clicks: Number(metrics['clicks'] ?? '0'),
    claimed: conversions ? { conversions: String(conversions), conversions_value: String(conversionsValue ?? 0) } : null,
  };
}

/** Millionths of the currency to minor units, half up: a day's cost may hold parts of a cent. */
function toMinor(micros: unknown, currency: string): number {
  const unit = 10n ** BigInt(6 - currencyExponent(currency));
  return Number((BigInt(String(micros ?? '0')) + unit / 2n) / unit);
}
