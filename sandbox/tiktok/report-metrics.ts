import type { TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

export interface Row {
  subjectId: string;
  /** Null when the row sums up its whole range. */
  day: string | null;
  /** One ad under the subject: what names and parents are read from. */
  ad: TiktokObject;
  spendMinor: number;
  impressions: number;
  clicks: number;
  leads: number;
}

const ZERO_DECIMAL = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'VND', 'XAF', 'XOF']);

function money(minor: number, currency: string): string {
  return ZERO_DECIMAL.has(currency) ? String(Math.round(minor)) : (minor / 100).toFixed(2);
}

const per = (part: number, whole: number, factor = 1): number => (whole === 0 ? 0 : (part / whole) * factor);
const reachOf = (row: Row): number => Math.round(row.impressions * 0.83);
const above = (world: TiktokWorld, row: Row, kind: 'adgroup' | 'campaign', field: string): string =>
  String(world.store.find(kind, String(row.ad.fields[`${kind}_id`]))?.fields[field] ?? '-');

/** Every figure is a string [S]; a rate that cannot be counted is "0.00" as the platform writes it [K]. */
export const METRICS: Record<string, (row: Row, world: TiktokWorld, currency: string) => string> = {
  spend: (row, _world, currency) => money(row.spendMinor, currency),
  impressions: (row) => String(row.impressions),
  clicks: (row) => String(row.clicks),
  reach: (row) => String(reachOf(row)),
  frequency: (row) => per(row.impressions, reachOf(row)).toFixed(2),
  ctr: (row) => per(row.clicks, row.impressions, 100).toFixed(2),
  cpc: (row, _world, currency) => money(per(row.spendMinor, row.clicks), currency),
  cpm: (row, _world, currency) => money(per(row.spendMinor, row.impressions, 1000), currency),
  conversion: (row) => String(row.leads),
  cost_per_conversion: (row, _world, currency) => money(per(row.spendMinor, row.leads), currency),
  conversion_rate_v2: (row) => per(row.leads, row.clicks, 100).toFixed(2),
  result: (row) => String(row.leads),
  cost_per_result: (row, _world, currency) => money(per(row.spendMinor, row.leads), currency),
  video_play_actions: (row) => String(Math.round(row.impressions * 0.92)),
  video_watched_2s: (row) => String(Math.round(row.impressions * 0.38)),
  video_watched_6s: (row) => String(Math.round(row.impressions * 0.14)),
  video_views_p100: (row) => String(Math.round(row.impressions * 0.04)),
  currency: (_row, _world, currency) => currency,
  campaign_id: (row) => String(row.ad.fields['campaign_id']),
  campaign_name: (row, world) => above(world, row, 'campaign', 'campaign_name'),
  objective_type: (row, world) => above(world, row, 'campaign', 'objective_type'),
  adgroup_id: (row) => String(row.ad.fields['adgroup_id']),
  adgroup_name: (row, world) => above(world, row, 'adgroup', 'adgroup_name'),
  ad_id: (row) => row.ad.id,
  ad_name: (row) => String(row.ad.fields['ad_name']),
};
