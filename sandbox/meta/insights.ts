import { addDays, dayIn, daysOf, type DayRange } from '../core/days.ts';
import { refuseOldReports } from './deny-list.ts';
import { parseFields } from './field-tree.ts';
import type { GraphCall } from './graph-call.ts';
import { noSuchField } from './graph-error.ts';
import { effectiveStatus } from './render-node.ts';
import { takePage } from './paging.ts';
import { list, oneOf, refuse, text, type Params } from './params.ts';
import { cutRange, readRanges } from './report-days.ts';
import type { GraphObject } from './store.ts';
import type { MetaWorld } from './world.ts';

const LEVELS = ['account', 'campaign', 'adset', 'ad'] as const;
type Level = (typeof LEVELS)[number];

/** How far back the demo account has delivered, today included. */
export const DEMO_DAYS = 35;

interface Row {
  key: string;
  range: DayRange;
  subject: GraphObject;
  firstAd: GraphObject;
  spendMinor: number;
  impressions: number;
  clicks: number;
  leads: number;
}

const ZERO_DECIMAL = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'VND', 'XAF', 'XOF']);

function decimal(minor: number, currency: string): string {
  if (ZERO_DECIMAL.has(currency)) return String(minor);
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

const ratio = (value: number): string => value.toFixed(6);

const FIELDS: Record<string, (row: Row, world: MetaWorld, account: GraphObject) => unknown> = {
  account_id: (row) => row.subject.accountId,
  account_name: (_row, _world, account) => account.fields['name'],
  account_currency: (_row, _world, account) => account.fields['currency'],
  campaign_id: (row) => row.firstAd.fields['campaign_id'],
  campaign_name: (row, world) => world.store.get(String(row.firstAd.fields['campaign_id']))?.fields['name'],
  adset_id: (row) => row.firstAd.fields['adset_id'],
  adset_name: (row, world) => world.store.get(String(row.firstAd.fields['adset_id']))?.fields['name'],
  ad_id: (row) => row.firstAd.id,
  ad_name: (row) => row.firstAd.fields['name'],
  objective: (row, world) => world.store.get(String(row.firstAd.fields['campaign_id']))?.fields['objective'],
  spend: (row, _world, account) => decimal(row.spendMinor, String(account.fields['currency'])),
  impressions: (row) => String(row.impressions),
  reach: (row) => String(Math.round(row.impressions * 0.83)),
  frequency: (row) => (row.impressions === 0 ? undefined : ratio(row.impressions / Math.max(1, Math.round(row.impressions * 0.83)))),
  clicks: (row) => String(row.clicks),
  inline_link_clicks: (row) => String(Math.round(row.clicks * 0.9)),
  cpc: (row) => (row.clicks === 0 ? undefined : ratio(row.spendMinor / 100 / row.clicks)),
  cpm: (row) => (row.impressions === 0 ? undefined : ratio((row.spendMinor / 100 / row.impressions) * 1000)),
  ctr: (row) => (row.impressions === 0 ? undefined : ratio((row.clicks / row.impressions) * 100)),
  actions: (row) => actionsOf(row),
  date_start: (row) => row.range.since,
  date_stop: (row) => row.range.until,
};

/** Fields that only make sense from a level downwards. */
const FIELD_LEVEL: Record<string, Level> = {
  campaign_id: 'campaign',
  campaign_name: 'campaign',
  objective: 'campaign',
  adset_id: 'adset',
  adset_name: 'adset',
  ad_id: 'ad',
  ad_name: 'ad',
};

function actionsOf(row: Row): unknown {
  const actions = [
    ...(row.clicks > 0 ? [{ action_type: 'link_click', value: String(Math.round(row.clicks * 0.9)) }] : []),
    ...(row.leads > 0 ? [{ action_type: 'lead', value: String(row.leads) }] : []),
  ];
  return actions.length === 0 ? undefined : actions;
}

function subjectOf(world: MetaWorld, ad: GraphObject, level: Level): GraphObject {
  const id = level === 'ad' ? ad.id : level === 'account' ? `act_${ad.accountId ?? ''}` : String(ad.fields[`${level}_id`]);
  const subject = world.store.get(id);
  if (subject === undefined) throw new Error(`ad ${ad.id} has no ${level} ${id}`);
  return subject;
}

function adsUnder(world: MetaWorld, node: GraphObject): GraphObject[] {
  const figures = world.insights.adIds();
  return world.store.all('ad').filter((ad) => {
    if (!figures.has(ad.id)) return false;
    if (node.kind === 'account') return ad.accountId === node.accountId;
    if (node.kind === 'ad') return ad.id === node.id;
    return ad.fields[`${node.kind}_id`] === node.id;
  });
}

function matchesFilters(world: MetaWorld, ad: GraphObject, row: Row | null, params: Params): boolean {
  for (const filter of (list(params, 'filtering') ?? []) as { field: string; operator: string; value: unknown }[]) {
    const values = (Array.isArray(filter.value) ? filter.value : [filter.value]).map(String);
    const subject: Record<string, unknown> = {
      'ad.id': ad.id,
      'adset.id': ad.fields['adset_id'],
      'campaign.id': ad.fields['campaign_id'],
      'ad.effective_status': effectiveStatus(world, ad),
    };
    const isFigure = filter.field === 'spend' || filter.field === 'impressions' || filter.field === 'clicks';
    refuse(!isFigure && !(filter.field in subject), `Filtering by ${filter.field} is not possible here.`, 1487534);
    if (isFigure) {
      if (row === null) continue;
      const figure = filter.field === 'spend' ? row.spendMinor / 100 : filter.field === 'clicks' ? row.clicks : row.impressions;
      if (filter.operator === 'GREATER_THAN' ? !(figure > Number(filter.value)) : !(figure < Number(filter.value))) return false;
    } else if (
      filter.operator === 'NOT_IN' ? values.includes(String(subject[filter.field])) : !values.includes(String(subject[filter.field]))
    ) {
      return false;
    }
  }
  return true;
}

function readFields(params: Params, level: Level): string[] {
  const wanted = params['fields'] === undefined || params['fields'] === '' ? ['impressions', 'spend'] : fieldNames(params);
  for (const field of wanted) {
    if (FIELDS[field] === undefined) throw noSuchField(field, 'AdsInsights');
    const least = FIELD_LEVEL[field];
    refuse(least !== undefined && LEVELS.indexOf(level) < LEVELS.indexOf(least), `${field} needs level ${least ?? level} or deeper.`);
  }
  return [...new Set([...wanted, 'date_start', 'date_stop'])];
}

function fieldNames(params: Params): string[] {
  const value = params['fields'];
  return [...parseFields(Array.isArray(value) ? value.join(',') : String(value)).keys()];
}

/** Days in which the demo ads delivered, by the account's own calendar. */
function demoDays(today: string): Set<string> {
  return new Set(daysOf({ since: addDays(today, 1 - DEMO_DAYS), until: today }));
}

function collectRows(world: MetaWorld, node: GraphObject, account: GraphObject, level: Level, params: Params): Row[] {
  const today = dayIn(String(account.fields['timezone_name']), world.core.now());
  const delivered = demoDays(today);
  const ads = adsUnder(world, node).filter((ad) => matchesFilters(world, ad, null, params));
  const leadDays = countLeads(world, String(account.fields['timezone_name']));
  const rows = new Map<string, Row>();
  for (const range of readRanges(params, today).flatMap((one) => cutRange(one, params))) {
    const days = daysOf(range);
    for (const ad of ads) {
      const subject = subjectOf(world, ad, level);
      for (const day of days) {
        const figures = world.insights.day(ad.id, day, delivered);
        if (figures === null) continue;
        const key = `${range.since} ${range.until} ${subject.id}`;
        const row = rows.get(key) ?? { key, range, subject, firstAd: ad, spendMinor: 0, impressions: 0, clicks: 0, leads: 0 };
        row.spendMinor += figures.spendMinor;
        row.impressions += figures.impressions;
        row.clicks += figures.clicks;
        row.leads += leadDays.get(`${ad.id} ${day}`) ?? 0;
        rows.set(key, row);
      }
    }
  }
  return [...rows.values()].filter((row) => (row.spendMinor > 0 || row.impressions > 0) && matchesFilters(world, row.firstAd, row, params));
}

function countLeads(world: MetaWorld, timezone: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const lead of world.store.all('lead')) {
    if (lead.fields['ad_id'] === undefined) continue;
    const key = `${String(lead.fields['ad_id'])} ${dayIn(timezone, lead.createdAt)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Everything that can be wrong with a report is refused before it is run. */
export function checkReport(node: GraphObject, params: Params): Level {
  const own: Level = LEVELS.find((level) => level === node.kind) ?? 'account';
  const level = oneOf(params, 'level', LEVELS) ?? own;
  refuse(LEVELS.indexOf(level) < LEVELS.indexOf(own), `An insights edge of one ${own} cannot be asked for level ${level}.`);
  const breakdowns = list(params, 'breakdowns') ?? [];
  refuseOldReports(list(params, 'action_attribution_windows') ?? [], breakdowns);
  refuse(breakdowns.length > 0, `The sandbox keeps no figures by ${breakdowns.map(String).join(', ')}.`);
  readFields(params, level);
  return level;
}

/** GET …/insights: money and counts as strings, ads without delivery left out. */
export function readInsights(world: MetaWorld, node: GraphObject, call: GraphCall): { data: unknown[]; paging: unknown } {
  const level = checkReport(node, call.params);
  const fields = readFields(call.params, level);
  const account = world.store.get(`act_${node.accountId ?? ''}`);
  if (account === undefined) throw new Error(`no ad account for ${node.id}`);
  const rows = collectRows(world, node, account, level, call.params);
  sortRows(rows, text({ sort: list(call.params, 'sort')?.[0] }, 'sort'));
  const page = takePage(call, rows, (row) => row.key, world.core.seed);
  return {
    data: page.items.map((row) => {
      const shown: Record<string, unknown> = {};
      for (const field of fields) {
        const value = FIELDS[field]?.(row, world, account);
        if (value !== undefined) shown[field] = value;
      }
      return shown;
    }),
    paging: page.paging,
  };
}

function sortRows(rows: Row[], sort: string | null): void {
  if (sort === null) return;
  const [field, direction] = sort.split(/_(?=ascending$|descending$)/);
  const figure = (row: Row): number => (field === 'spend' ? row.spendMinor : field === 'clicks' ? row.clicks : row.impressions);
  rows.sort((a, b) => (direction === 'ascending' ? figure(a) - figure(b) : figure(b) - figure(a)));
}
