import { dayIn, daysOf } from '../core/days.ts';
import { makePage, readPage } from './paging.ts';
import { flag, objects, oneOf, requiredOneOf, requiredText, text, texts, type Params } from './params.ts';
import { METRICS, type Row } from './report-metrics.ts';
import { dayTime, readRange } from './report-range.ts';
import type { TiktokObject } from './store.ts';
import { CODES, missingField, parameterError, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

const LEVELS = ['AUCTION_AD', 'AUCTION_ADGROUP', 'AUCTION_ADVERTISER', 'AUCTION_CAMPAIGN'] as const;
type Level = (typeof LEVELS)[number];

/**
 * The id that each level is grouped by. Ads have two: `ad_id` counts manual ads only, `ad_id_v2` Smart+ ads as well, under their
 * own id [T: the dimension exists; K: what it holds].
 */
const ID_DIMENSIONS: Record<string, Level> = {
  ad_id: 'AUCTION_AD',
  ad_id_v2: 'AUCTION_AD',
  adgroup_id: 'AUCTION_ADGROUP',
  advertiser_id: 'AUCTION_ADVERTISER',
  campaign_id: 'AUCTION_CAMPAIGN',
};
const DAY = 'stat_time_day';

interface Wish {
  idDimension: string;
  byDay: boolean;
  dimensions: string[];
  metrics: string[];
}

/** Everything that can be wrong with a report is refused before it is run. */
function checkReport(params: Params): Wish {
  const type = requiredOneOf(params, 'report_type', ['AUDIENCE', 'BASIC', 'BC', 'CATALOG', 'PLAYABLE_MATERIAL', 'TT_SHOP'] as const);
  refuse(type !== 'BASIC', `report_type: The sandbox keeps no figures for ${type}.`);
  oneOf(params, 'service_type', ['AUCTION'] as const);
  oneOf(params, 'query_mode', ['CHUNK', 'REGULAR'] as const);
  const level = requiredOneOf(params, 'data_level', LEVELS);
  const dimensions = texts(params, 'dimensions');
  if (dimensions === null) throw missingField('dimensions');
  for (const name of dimensions) refuse(ID_DIMENSIONS[name] === undefined && name !== DAY, `dimensions: ${name} is not supported.`);
  const ids = dimensions.filter((name) => name !== DAY);
  refuse(ids.length !== 1, 'dimensions: Exactly one id dimension is needed.');
  const idDimension = ids[0] ?? '';
  refuse(ID_DIMENSIONS[idDimension] !== level, `dimensions: ${idDimension} does not go with ${level}.`);
  const metrics = texts(params, 'metrics') ?? ['spend', 'impressions'];
  for (const name of metrics) refuse(METRICS[name] === undefined, `metrics: ${name} is not supported.`);
  return { idDimension, byDay: dimensions.includes(DAY), dimensions, metrics };
}

/** `filtering=[{field_name, filter_type: IN, filter_value: '["1"]'}]`: the value is JSON inside a string [S]. */
function readFilters(params: Params): ((world: TiktokWorld, ad: TiktokObject) => boolean)[] {
  return (objects(params, 'filtering') ?? []).map((filter) => {
    const field = requiredText(filter, 'field_name');
    const type = requiredText(filter, 'filter_type');
    const names: Record<string, string> = { ad_ids: 'ad_id', adgroup_ids: 'adgroup_id', campaign_ids: 'campaign_id' };
    const name = names[field];
    if (name === undefined || type !== 'IN') throw parameterError(`filtering: ${field} with ${type} is not supported.`);
    let values: unknown;
    try {
      values = JSON.parse(requiredText(filter, 'filter_value').replace(/(?<!["\d])(\d{16,})(?!["\d])/g, '"$1"'));
    } catch {
      throw parameterError('filtering.filter_value: Not a valid JSON value.');
    }
    const wanted = (Array.isArray(values) ? (values as unknown[]) : [values]).map(String);
    refuse(wanted.length > 100, 'filtering.filter_value: At most 100 ids.', CODES.tooManyIds);
    return (_world, ad) => wanted.includes(String(name === 'ad_id' ? ad.id : ad.fields[name]));
  });
}

function subjectOf(ad: TiktokObject, idDimension: string): string {
  if (idDimension === 'ad_id' || idDimension === 'ad_id_v2') return ad.id;
  return String(idDimension === 'advertiser_id' ? ad.advertiserId : ad.fields[idDimension]);
}

function collectRows(world: TiktokWorld, advertiser: TiktokObject, params: Params, wish: Wish): Row[] {
  const timezone = String(advertiser.fields['timezone']);
  const today = dayIn(timezone, world.core.now());
  const days = daysOf(readRange(params, today, wish.byDay));
  const delivered = world.demoDays(today);
  const filters = readFilters(params);
  const leads = countLeads(world, timezone);
  const rows = new Map<string, Row>();
  for (const id of world.figures.adIds()) {
    const ad = world.store.find('ad', id);
    if (ad === undefined || ad.advertiserId !== advertiser.id) continue;
    if (wish.idDimension === 'ad_id' && ad.family === 'smart') continue;
    if (!filters.every((matches) => matches(world, ad))) continue;
    const subjectId = subjectOf(ad, wish.idDimension);
    for (const day of days) {
      const figures = world.figures.day(ad.id, day, delivered);
      if (figures === null) continue;
      const key = wish.byDay ? `${day} ${subjectId}` : subjectId;
      const row = rows.get(key) ?? { subjectId, day: wish.byDay ? day : null, ad, spendMinor: 0, impressions: 0, clicks: 0, leads: 0 };
      row.spendMinor += figures.spendMinor;
      row.impressions += figures.impressions;
      row.clicks += figures.clicks;
      row.leads += leads.get(`${ad.id} ${day}`) ?? 0;
      rows.set(key, row);
    }
  }
  return [...rows.values()].filter((row) => row.spendMinor > 0 || row.impressions > 0);
}

function countLeads(world: TiktokWorld, timezone: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const lead of world.store.all('lead')) {
    const key = `${String(lead.fields['ad_id'])} ${dayIn(timezone, lead.createdAt)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Rows as they are answered: every figure is a string. */
export function reportRows(
  world: TiktokWorld,
  advertiserId: string,
  params: Params,
): { list: ReportRow[]; totals: Record<string, string> } {
  const wish = checkReport(params);
  const advertiser = world.store.find('advertiser', advertiserId);
  if (advertiser === undefined) throw new Error(`no advertiser ${advertiserId}`);
  const currency = String(advertiser.fields['currency']);
  const rows = collectRows(world, advertiser, params, wish);
  const show = (row: Row, names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, METRICS[name]?.(row, world, currency) ?? '-']));
  sortRows(rows, params);
  const [first] = rows;
  const total = rows.reduce(
    (sum, row) => ({
      ...sum,
      spendMinor: sum.spendMinor + row.spendMinor,
      impressions: sum.impressions + row.impressions,
      clicks: sum.clicks + row.clicks,
      leads: sum.leads + row.leads,
    }),
    { subjectId: '', day: null, ad: first?.ad ?? advertiser, spendMinor: 0, impressions: 0, clicks: 0, leads: 0 } as Row,
  );
  return {
    list: rows.map((row) => ({
      dimensions: { [wish.idDimension]: row.subjectId, ...(row.day === null ? {} : { [DAY]: dayTime(row.day) }) },
      metrics: show(row, wish.metrics),
    })),
    totals: show(
      total,
      wish.metrics.filter((name) => !name.endsWith('_name') && !name.endsWith('_id')),
    ),
  };
}

interface ReportRow {
  dimensions: Record<string, string>;
  metrics: Record<string, string>;
}

function sortRows(rows: Row[], params: Params): void {
  const field = text(params, 'order_field');
  if (field === null) return;
  const sign = oneOf(params, 'order_type', ['ASC', 'DESC'] as const) === 'ASC' ? 1 : -1;
  const figure = (row: Row): number => (field === 'clicks' ? row.clicks : field === 'impressions' ? row.impressions : row.spendMinor);
  rows.sort((a, b) => sign * (figure(a) - figure(b)));
}

/** GET report/integrated/get/ */
export const readReport: Handler = (world, { params }, { advertiserId }) => {
  const wish = readPage(params);
  const { list, totals } = reportRows(world, advertiserId, params);
  const page = makePage(list, wish);
  return {
    list: page.items,
    page_info: page.page_info,
    ...(flag(params, 'enable_total_metrics') === true ? { total_metrics: totals } : {}),
  };
};
