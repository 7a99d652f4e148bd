import { addDays, dayOf, daysBetween, startOfDay, type Day } from '#shared/rules/day-of.ts';
import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, InsightDay, Insights } from '../ad-platform.ts';
import { pathOf } from './client.ts';
import { isJson, textOf, type Json } from './kinds.ts';
import { unreadable } from './map-error.ts';
import { fromMicro } from './micro.ts';
import { createAdParents, type AdParents } from './parents-of-ads.ts';
import { pause } from './pause.ts';
import { readPages, snapOne } from './read.ts';

/** Days of one call; the platform takes 32, and an hour more where the clock changes. */
const SPAN_DAYS = 31;
const STATS = { plural: 'timeseries_stats', singular: 'timeseries_stat' };
/** Between two spans: launches of the same person share the token's ten calls a second. */
const GAP_MS = 250;
/** What the platform claims for itself, in its own words. */
const CLAIMS = ['native_leads', 'conversion_purchases', 'conversion_sign_ups', 'conversion_add_cart', 'conversion_page_views'] as const;

/**
 * By ad and day of the account's own calendar. Long ranges are cut into spans that the platform answers at once; its reports take longer
 * and tell nothing more.
 */
export const snapchatInsights: Insights = {
  async *days(session, { since, until, currency }) {
    const account = await readAgain(() => snapOne(session, { plural: 'adaccounts', singular: 'adaccount' }, session.accountExternalId));
    const timezone = textOf(account['timezone']);
    if (timezone === null) throw unreadable('An ad account without a timezone.', account);
    const parents = createAdParents(session);
    for (let from = since; daysBetween(from, until) >= 0; from = addDays(from, SPAN_DAYS)) {
      const last = [until, addDays(from, SPAN_DAYS - 1)].toSorted()[0] as Day;
      for await (const stats of spanOf(session, timezone, from, last)) yield await toDays(stats, { timezone, currency }, parents);
      await pause(session, GAP_MS);
    }
  },
};

/** The figures of each ad that delivered between two days, both included. */
async function* spanOf(session: AdSession, timezone: string, from: Day, last: Day): AsyncGenerator<Json[]> {
  const query = {
    granularity: 'DAY',
    breakdown: 'ad',
    omit_empty: 'true',
    fields: ['spend', 'impressions', 'swipes', ...CLAIMS].join(','),
    start_time: startOfDay(from, timezone),
    end_time: startOfDay(addDays(last, 1), timezone),
  };
  for await (const rows of readPages(session, { path: pathOf('adaccounts', session.accountExternalId, 'stats'), query }, STATS))
    yield rows.flatMap((row) => {
      const { ad } = isJson(row['breakdown_stats']) ? row['breakdown_stats'] : {};
      if (!Array.isArray(ad)) throw unreadable('Figures without ads.', row);
      return ad.filter(isJson);
    });
}

async function toDays(stats: Json[], money: { timezone: string; currency: string }, parents: AdParents): Promise<InsightDay[]> {
  const ids = stats.map((stat) => textOf(stat['id']) ?? '');
  await parents.learnAds(ids);
  await parents.learnSquads(ids.map((id) => parents.squadOf(id)));
  return stats.flatMap((stat, i) => {
    const id = ids[i] as string;
    const squad = parents.squadOf(id);
    const series = Array.isArray(stat['timeseries']) ? stat['timeseries'].filter(isJson) : [];
    return series.map((point): InsightDay => {
      const figures = isJson(point['stats']) ? point['stats'] : {};
      const count = (name: string): number => countOf(figures, name);
      const claimed = CLAIMS.filter((name) => count(name) > 0).map((name) => [name, String(count(name))] as const);
      return {
        adExternalId: id,
        adSetExternalId: squad,
        campaignExternalId: parents.campaignOf(squad),
        day: dayOf(String(point['start_time']), money.timezone),
        spendMinor: fromMicro(count('spend'), money.currency),
        impressions: count('impressions'),
        clicks: count('swipes'),
        claimed: claimed.length === 0 ? null : Object.fromEntries(claimed),
      };
    });
  });
}

/** A figure that is left out is zero; one that is no number was not understood. @throws unknown */
function countOf(figures: Json, name: string): number {
  const value = figures[name] ?? 0;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new PlatformError('unknown', `A figure that is no number: ${name}.`, { platform: 'snapchat', raw: figures });
  return value;
}
