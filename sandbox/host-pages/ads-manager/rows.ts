import type { AdsSource, DayRange, Figures, Level, ManagedObject } from './ads-source.ts';

/** One table row on the wire of the page's own JSON route. Money in minor units; null = the platform says nothing. */
export interface ManagerRow {
  id: string;
  name: string;
  campaignId: string;
  adsetId: string;
  on: boolean;
  delivery: string;
  budgetMinor: number | null;
  spendMinor: number | null;
  impressions: number | null;
  clicks: number | null;
  results: number | null;
}

export interface RowsQuery {
  level: Level;
  accountId: string;
  campaignIds: string[];
  adsetIds: string[];
  range: DayRange | null;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Rows of one level with figures summed from the ads below. */
export function managerRows(source: AdsSource, query: RowsQuery): ManagerRow[] {
  const sums = sumBy(source, query);
  return source
    .objects(query.level, query.accountId)
    .filter((object) => isShown(object, query))
    .map((object) => toRow(object, query.level, sums.get(object.id) ?? null));
}

function sumBy(source: AdsSource, { level, accountId, range }: RowsQuery): Map<string, Figures> {
  const sums = new Map<string, Figures>();
  for (const ad of source.objects('ad', accountId)) {
    const figures = source.figures(ad.id, range);
    if (figures === null) continue;
    const key = level === 'ad' ? ad.id : text(ad.fields[level === 'adset' ? 'adset_id' : 'campaign_id']);
    const sum = sums.get(key);
    if (sum === undefined) {
      sums.set(key, { ...figures });
      continue;
    }
    sum.spendMinor += figures.spendMinor;
    sum.impressions += figures.impressions;
    sum.clicks += figures.clicks;
    sum.results += figures.results;
  }
  return sums;
}

function isShown(object: ManagedObject, { level, campaignIds, adsetIds }: RowsQuery): boolean {
  const status = text(object.fields['status']);
  if (status === 'DELETED' || status === 'ARCHIVED') return false;
  if (level === 'campaign') return true;
  if (level === 'ad' && adsetIds.length > 0) return adsetIds.includes(text(object.fields['adset_id']));
  return campaignIds.length === 0 || campaignIds.includes(text(object.fields['campaign_id']));
}

function toRow({ id, fields }: ManagedObject, level: Level, sum: Figures | null): ManagerRow {
  const budget = fields['daily_budget'] ?? fields['lifetime_budget'];
  const status = text(fields['effective_status']) || text(fields['status']);
  return {
    id,
    name: text(fields['name']),
    campaignId: level === 'campaign' ? id : text(fields['campaign_id']),
    adsetId: level === 'adset' ? id : text(fields['adset_id']),
    on: text(fields['status']) === 'ACTIVE',
    delivery: status,
    budgetMinor: budget === undefined || level === 'ad' ? null : Number(budget),
    spendMinor: sum?.spendMinor ?? null,
    impressions: sum?.impressions ?? null,
    clicks: sum?.clicks ?? null,
    results: sum?.results ?? null,
  };
}
