import { offsetAt, startOfDay, dayAt } from './account-time.ts';
import { badStats } from './snap-error.ts';
import type { SnapCall } from './snap-call.ts';
import type { SnapKind, SnapObject } from './store.ts';

/**
 * Unverified: an ad account without a breakdown knows spend only, E1008 [T]; a day begins at the account's midnight [T]; the longest
 * spans of DAY and HOUR [K]; the fields that come when none are named [K].
 */
export const METRICS = [
  'impressions',
  'swipes',
  'spend',
  'quartile_1',
  'quartile_2',
  'quartile_3',
  'view_completion',
  'screen_time_millis',
  'video_views',
  'video_views_time_based',
  'native_leads',
  'conversion_purchases',
  'conversion_purchases_value',
  'conversion_sign_ups',
  'conversion_add_cart',
  'conversion_page_views',
  'conversion_view_content',
  'total_installs',
  'uniques',
  'frequency',
  'total_reach',
  'story_opens',
] as const;
export type Metric = (typeof METRICS)[number];

export const GRANULARITIES = ['TOTAL', 'DAY', 'HOUR', 'LIFETIME'] as const;
export type Granularity = (typeof GRANULARITIES)[number];
export const DIMENSIONS = ['COUNTRY', 'REGION', 'DMA', 'DEVICE_OS', 'DEVICE_MAKE', 'DEMOGRAPHIC', 'INTEREST'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const SWIPE_WINDOWS = ['1_DAY', '7_DAY', '28_DAY'] as const;
export const VIEW_WINDOWS = ['none', '1_HOUR', '3_HOUR', '6_HOUR', '1_DAY', '7_DAY', '28_DAY'] as const;
const BREAKDOWNS: Partial<Record<SnapKind, readonly string[]>> = {
  adaccount: ['campaign', 'adsquad', 'ad'],
  campaign: ['adsquad', 'ad'],
  adsquad: ['ad'],
};
const DEFAULT_METRICS: Metric[] = [
  'impressions',
  'swipes',
  'spend',
  'quartile_1',
  'quartile_2',
  'quartile_3',
  'view_completion',
  'screen_time_millis',
];
const HOUR_MS = 3_600_000;
const LONGEST_MS: Partial<Record<Granularity, number>> = { DAY: 32 * 24 * HOUR_MS + HOUR_MS, HOUR: 7 * 24 * HOUR_MS };

export interface StatsQuery {
  granularity: Granularity;
  metrics: readonly Metric[];
  /** Null = since the beginning, or until now. */
  from: number | null;
  until: number | null;
  breakdown: 'ad' | 'adsquad' | 'campaign' | null;
  dimension: Dimension | null;
  omitsEmpty: boolean;
  isTest: boolean;
}

function word<T extends string>(call: SnapCall, name: string, allowed: readonly T[]): T | null {
  const value = call.query.get(name);
  if (value === null) return null;
  const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw badStats(`${name} must be one of ${allowed.join(', ')}`);
  return found;
}

/** Times are hours of the account's own clock. */
function hour(call: SnapCall, name: string, timezone: string): number | null {
  const value = call.query.get(name);
  if (value === null) return null;
  const at = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw badStats(`${name} must be an ISO 8601 time with an offset`);
  if ((at + offsetAt(timezone, at)) % HOUR_MS !== 0) throw badStats(`${name} must be the start of an hour`);
  return at;
}

export function readStatsQuery(call: SnapCall, node: SnapObject, timezone: string): StatsQuery {
  const granularity = word(call, 'granularity', GRANULARITIES) ?? 'TOTAL';
  const breakdown = word(call, 'breakdown', BREAKDOWNS[node.kind] ?? []);
  const asked = call.query.get('fields')?.split(',').filter(Boolean);
  const unknown = asked?.find((name) => !(METRICS as readonly string[]).includes(name));
  if (unknown !== undefined) throw badStats(`${unknown} is not a field`);
  const isBare = node.kind === 'adaccount' && breakdown === null;
  if (isBare && asked?.some((name) => name !== 'spend') === true)
    throw badStats("Only field 'spend' should be used when querying AdAccount stats");
  word(call, 'swipe_up_attribution_window', SWIPE_WINDOWS);
  word(call, 'view_attribution_window', VIEW_WINDOWS);
  const query: StatsQuery = {
    granularity,
    metrics: (asked as Metric[] | undefined) ?? (isBare ? ['spend'] : DEFAULT_METRICS),
    from: hour(call, 'start_time', timezone),
    until: hour(call, 'end_time', timezone),
    breakdown: breakdown as StatsQuery['breakdown'],
    dimension: word(call, 'report_dimension', DIMENSIONS) ?? word(call, 'dimension', DIMENSIONS),
    omitsEmpty: call.query.get('omit_empty') === 'true',
    isTest: call.query.get('test') === 'true',
  };
  checkSpan(query, timezone);
  return query;
}

function checkSpan({ granularity, from, until }: StatsQuery, timezone: string): void {
  if (from !== null && until !== null && until <= from) throw badStats('end_time must be after start_time');
  if (granularity !== 'DAY' && granularity !== 'HOUR') return;
  if (from === null || until === null) throw badStats(`${granularity} needs start_time and end_time`);
  if (until - from > (LONGEST_MS[granularity] ?? 0)) throw badStats(`the time span is too long for ${granularity}`);
  if (granularity === 'DAY' && [from, until].some((at) => startOfDay(timezone, dayAt(timezone, at)) !== at))
    throw badStats(`DAY needs times that are the start of a day in ${timezone}`);
}
