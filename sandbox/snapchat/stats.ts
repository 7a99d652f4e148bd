import { seededNumber } from '../core/seeded.ts';
import { accountOf } from './create-items.ts';
import { dayAfter, dayAt, localTime, startOfDay } from './account-time.ts';
import { listed } from './envelope.ts';
import { takePage } from './paging.ts';
import { readStatsQuery, type Dimension, type Metric, type StatsQuery } from './stats-query.ts';
import type { SnapCall } from './snap-call.ts';
import type { Json, SnapKind, SnapObject } from './store.ts';
import type { Answer, SnapWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const TYPE: Partial<Record<SnapKind, string>> = { adaccount: 'AD_ACCOUNT', campaign: 'CAMPAIGN', adsquad: 'AD_SQUAD', ad: 'AD' };
/** What follows from impressions; the rest of the metrics is 0 here. */
const PER_IMPRESSION: Partial<Record<Metric, number>> = {
  quartile_1: 0.5,
  quartile_2: 0.3,
  quartile_3: 0.2,
  view_completion: 0.12,
  video_views: 0.45,
  video_views_time_based: 0.4,
  screen_time_millis: 1600,
  uniques: 0.7,
  total_reach: 0.7,
};
/** Shares by value; dimensions that are missing have one value. */
const SHARES: Partial<Record<Dimension, readonly (readonly [string, number])[]>> = {
  COUNTRY: [
    ['fr', 0.7],
    ['be', 0.3],
  ],
  DEVICE_OS: [
    ['iOS', 0.6],
    ['ANDROID', 0.4],
  ],
};

/** The ads whose figures an object has: deleted ones spent, too. */
function adsUnder(world: SnapWorld, node: SnapObject): SnapObject[] {
  return node.kind === 'ad' ? [node] : partsOf(world, node, 'ad');
}

interface Span {
  from: number;
  until: number;
}

/** Figures come in steps: nothing younger than the last refresh is counted (guide [D]: about every 15 min). */
function newestAt(world: SnapWorld): number {
  const now = world.core.now();
  const { statsDelayMs } = world.settings;
  return statsDelayMs === 0 ? now : Math.floor(now / statsDelayMs) * statsDelayMs;
}

function figures(world: SnapWorld, timezone: string, node: SnapObject, span: Span, query: StatsQuery): Json {
  if (query.isTest) return dummies(world, node, span, query);
  const total = { spend: 0, impressions: 0, swipes: 0, native_leads: 0 };
  const until = Math.min(span.until, Math.max(span.from, newestAt(world)));
  const ads = new Set(adsUnder(world, node).map((ad) => ad.id));
  for (const adId of ads) {
    if (!world.stats.has(adId)) continue;
    const own = world.stats.between(adId, timezone, span.from, until);
    total.spend += own.spendMicro;
    total.impressions += own.impressions;
    total.swipes += own.swipes;
  }
  for (const { fields, createdAt } of world.store.all('lead'))
    if (ads.has(String(fields['ad_id'])) && createdAt >= span.from && createdAt < until) total.native_leads += 1;
  const valueOf = (metric: Metric): number => {
    if (metric in total) return total[metric as keyof typeof total];
    if (metric === 'frequency') return total.impressions === 0 ? 0 : Number((1 / 0.7).toFixed(4));
    return Math.floor(total.impressions * (PER_IMPRESSION[metric] ?? 0));
  };
  return shown(query, valueOf);
}

/** `test=true`: numbers that mean nothing, the same every time (guide, insights). */
function dummies(world: SnapWorld, node: SnapObject, span: Span, query: StatsQuery): Json {
  return shown(query, (metric) => Math.floor(seededNumber(world.core.seed, `dummy ${node.id} ${span.from} ${metric}`) * 10_000));
}

function shown(query: StatsQuery, valueOf: (metric: Metric) => number): Json {
  const { dimension, metrics } = query;
  if (dimension === null) return Object.fromEntries(metrics.map((metric) => [metric, valueOf(metric)]));
  const shares = SHARES[dimension] ?? [['unknown', 1] as const];
  return {
    dimension_stats: shares.map(([value, share]) => ({
      [dimension.toLowerCase()]: value,
      ...Object.fromEntries(metrics.map((metric) => [metric, Math.floor(valueOf(metric) * share)])),
    })),
  };
}

const isEmpty = (stats: Json): boolean => Object.values(stats).every((value) => value === 0);

function cut(query: StatsQuery, timezone: string): Span[] {
  const { granularity, from, until } = query;
  const spans: Span[] = [];
  if (from === null || until === null) return spans;
  for (let at = from; at < until;) {
    const next = granularity === 'DAY' ? startOfDay(timezone, dayAfter(dayAt(timezone, at))) : at + HOUR_MS;
    spans.push({ from: at, until: next });
    at = next;
  }
  return spans;
}

/** One object's figures, as one sum or as a series; null when everything is 0 and the caller wants no zeros. */
function statOf(world: SnapWorld, timezone: string, node: SnapObject, query: StatsQuery): Json | null {
  const { granularity, omitsEmpty } = query;
  const span = { from: query.from ?? startOfFirstDay(node, timezone), until: query.until ?? world.core.now() };
  const head = { id: node.id, type: TYPE[node.kind], granularity };
  const times = (one: Span): Json => ({ start_time: localTime(timezone, one.from), end_time: localTime(timezone, one.until) });
  if (granularity === 'TOTAL' || granularity === 'LIFETIME') {
    const stats = figures(world, timezone, node, span, query);
    if (omitsEmpty && isEmpty(stats)) return null;
    const isBounded = granularity === 'TOTAL' && query.from !== null;
    return { ...head, ...(isBounded ? times(span) : {}), stats };
  }
  const series = cut(query, timezone)
    .map((one): Json & { stats: Json } => ({ ...times(one), stats: figures(world, timezone, node, one, query) }))
    .filter(({ stats }) => !omitsEmpty || !isEmpty(stats));
  return omitsEmpty && series.length === 0 ? null : { ...head, ...times(span), timeseries: series };
}

function startOfFirstDay(node: SnapObject, timezone: string): number {
  return startOfDay(timezone, dayAt(timezone, node.createdAt));
}

/** Everything of a kind that lies in an object. */
function partsOf(world: SnapWorld, node: SnapObject, kind: 'ad' | 'adsquad' | 'campaign'): SnapObject[] {
  if (node.kind === 'adaccount') return world.store.all(kind).filter((one) => one.accountId === node.id);
  const children = world.store.below(node.id);
  return node.kind === 'campaign' && kind === 'ad' ? children.flatMap((squad) => world.store.below(squad.id)) : [...children];
}

/** One row per object, for the CSV of an asynchronous report. */
export function statRows(world: SnapWorld, node: SnapObject, query: StatsQuery): Json[] {
  const timezone = timezoneOf(world, node);
  const nodes = query.breakdown === null ? [node] : partsOf(world, node, query.breakdown);
  return nodes.flatMap((one) => {
    const stat = statOf(world, timezone, one, query);
    if (stat === null) return [];
    const series = (stat['timeseries'] as Json[] | undefined) ?? [stat];
    return series.map((row) => ({
      id: one.id,
      type: TYPE[one.kind],
      start_time: row['start_time'] ?? '',
      end_time: row['end_time'] ?? '',
      ...(row['stats'] as Json),
    }));
  });
}

export function timezoneOf(world: SnapWorld, node: SnapObject): string {
  return String(accountOf(world, node).fields['timezone']);
}

/** GET {entity}/{id}/stats, answered at once. */
export function readStats(world: SnapWorld, node: SnapObject, call: SnapCall): Answer {
  const timezone = timezoneOf(world, node);
  const query = readStatsQuery(call, node, timezone);
  const isSeries = query.granularity === 'DAY' || query.granularity === 'HOUR';
  const singular = isSeries ? 'timeseries_stat' : query.granularity === 'LIFETIME' ? 'lifetime_stat' : 'total_stat';
  const { breakdown } = query;
  if (breakdown === null) {
    const stat = statOf(world, timezone, node, query);
    return listed(world, call, `${singular}s`, singular, stat === null ? [] : [stat]);
  }
  const { items, paging } = takePage(call, partsOf(world, node, breakdown), (one) => one.id);
  const rows = items.flatMap((one) => statOf(world, timezone, one, query) ?? []);
  const stat = { id: node.id, type: TYPE[node.kind], granularity: query.granularity, breakdown_stats: { [breakdown]: rows } };
  return listed(world, call, `${singular}s`, singular, [stat], paging);
}
