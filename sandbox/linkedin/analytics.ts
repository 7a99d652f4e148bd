import { seededNumber } from '../core/seeded.ts';
import { mayIn } from './access.ts';
import { cutPeriod, daysBetween, dayAt, readDateRange, shownRange, type Period } from './analytics-days.ts';
import { GRANULARITIES, PIVOTS, type Pivot } from './enums.ts';
import type { LiCall } from './li-call.ts';
import { badRequest } from './li-error.ts';
import { allowOnly, listOf, recordOf, requiredText, textOf } from './query-values.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { urnOf } from './urn.ts';
import { ok, type Handler, type LiWorld } from './world.ts';

/** Metrics of one report [K]; over them, and over the rows of the settings, the platform refuses, because there are no pages [D]. */
const MOST_METRICS = 20;
/** How far back the demo has delivered, today included. */
export const DEMO_DAYS = 35;
/** Demo rate of currencies to the dollar. */
const USD: Record<string, number> = { EUR: 1.08, GBP: 1.27, USD: 1 };
/** Members of a small crowd are not shown, and what is shown is rounded [D]; the split itself is invented. */
const CROWD: Partial<Record<Pivot, string>> = {
  MEMBER_COMPANY_SIZE: 'staffCountRange',
  MEMBER_INDUSTRY: 'industry',
  MEMBER_SENIORITY: 'seniority',
  MEMBER_JOB_TITLE: 'title',
  MEMBER_JOB_FUNCTION: 'function',
  MEMBER_COUNTRY_V2: 'geo',
  MEMBER_REGION_V2: 'geo',
};
const CROWD_PARTS = 4;

interface Row {
  pivotValues: string[];
  period: Period;
  currency: string;
  spendMinor: number;
  impressions: number;
  clicks: number;
  leads: number;
}

const money = (minor: number, rate = 1): string => (Math.round(minor * rate) / 100).toFixed(2);
const share = (value: number, part: number): number => Math.round(value * part);

/** Every metric the sandbox can tell; money is text [D]. */
const METRICS: Record<string, (row: Row) => unknown> = {
  impressions: (row) => row.impressions,
  clicks: (row) => row.clicks,
  landingPageClicks: (row) => share(row.clicks, 0.9),
  costInLocalCurrency: (row) => money(row.spendMinor),
  costInUsd: (row) => money(row.spendMinor, USD[row.currency] ?? 1),
  oneClickLeads: (row) => row.leads,
  oneClickLeadFormOpens: (row) => row.leads * 3,
  qualifiedLeads: () => 0,
  externalWebsiteConversions: (row) => share(row.clicks, 0.04),
  externalWebsitePostClickConversions: (row) => share(row.clicks, 0.03),
  externalWebsitePostViewConversions: (row) => share(row.clicks, 0.04) - share(row.clicks, 0.03),
  conversionValueInLocalCurrency: (row) => money(share(row.clicks, 0.04) * 4900),
  videoStarts: (row) => share(row.impressions, 0.3),
  videoViews: (row) => share(row.impressions, 0.12),
  videoCompletions: (row) => share(row.impressions, 0.05),
  approximateMemberReach: (row) => share(row.impressions, 0.7),
  totalEngagements: (row) => row.clicks + share(row.impressions, 0.004),
  reactions: (row) => share(row.impressions, 0.003),
  comments: (row) => share(row.impressions, 0.0005),
  shares: (row) => share(row.impressions, 0.0005),
  follows: (row) => share(row.impressions, 0.0002),
  sends: () => 0,
  opens: () => 0,
};
const NOT_METRICS: Record<string, (row: Row) => unknown> = {
  dateRange: (row) => shownRange(row.period),
  pivotValues: (row) => row.pivotValues,
};
/** What comes without a wish: only a few [D]. */
const DEFAULT_FIELDS = ['impressions', 'clicks'];

function readFields(call: LiCall): string[] {
  const wished = textOf(call, 'fields');
  if (wished === null) return DEFAULT_FIELDS;
  const fields = wished.split(',').filter((name) => name !== '');
  for (const field of fields) {
    if (METRICS[field] === undefined && NOT_METRICS[field] === undefined) throw badRequest(`Field ${field} is not a metric of adAnalytics`);
  }
  const metrics = fields.filter((field) => METRICS[field] !== undefined).length;
  if (metrics > MOST_METRICS) throw badRequest(`Only up to ${MOST_METRICS} metrics can be requested, not ${metrics}`);
  return fields;
}

const FACETS = ['accounts', 'campaignGroups', 'campaigns', 'creatives', 'shares'] as const;

interface Ad {
  creative: LiObject;
  campaign: LiObject;
  currency: string;
}

const shareOf = (creative: LiObject): string => String((creative.fields['content'] as { reference?: string } | undefined)?.reference ?? '');

/** Creatives below all given facets that the member may read. What may not be read is left out without a word [D]. */
function adsBelow(world: LiWorld, call: LiCall, who: LiToken): Ad[] {
  const facets = FACETS.map((name) => listOf(call, name));
  if (facets.every((facet) => facet === null)) throw badRequest(`At least one of ${FACETS.join(', ')} is required`);
  const withFigures = world.insights.adIds();
  return world.store.all('creative').flatMap((creative) => {
    const campaign = world.store.find('campaign', creative.fields['campaign']);
    if (campaign === undefined || creative.accountId === null || !withFigures.has(creative.id)) return [];
    const account = world.store.find('account', urnOf('sponsoredAccount', creative.accountId));
    if (account === undefined || !mayIn(world, creative.accountId, who.memberId, 'read')) return [];
    const own = [account.urn, String(campaign.fields['campaignGroup']), campaign.urn, creative.urn, shareOf(creative)];
    const isWanted = facets.every((facet, place) => facet?.includes(own[place] ?? '') ?? true);
    return isWanted ? [{ creative, campaign, currency: String(account.fields['currency']) }] : [];
  });
}

/** The value of one pivot for one ad; several when a crowd is split, none when the sandbox keeps no such figures. */
function pivotValues(world: LiWorld, ad: Ad, pivot: Pivot): { value: string; part: number }[] {
  const whole = (value: string): { value: string; part: number }[] => [{ value, part: 1 }];
  const crowd = CROWD[pivot];
  if (crowd !== undefined) {
    return Array.from({ length: CROWD_PARTS }, (_, n) => ({
      value: urnOf(crowd, n + 1),
      part: (0.5 + seededNumber(world.core.seed, `crowd ${pivot} ${ad.creative.id} ${n}`)) / CROWD_PARTS,
    }));
  }
  switch (pivot) {
    case 'ACCOUNT':
      return whole(urnOf('sponsoredAccount', ad.creative.accountId ?? ''));
    case 'CAMPAIGN_GROUP':
      return whole(String(ad.campaign.fields['campaignGroup']));
    case 'CAMPAIGN':
      return whole(ad.campaign.urn);
    case 'CREATIVE':
      return whole(ad.creative.urn);
    case 'SHARE':
      return whole(shareOf(ad.creative));
    case 'COMPANY': {
      const account = world.store.find('account', urnOf('sponsoredAccount', ad.creative.accountId ?? ''));
      return whole(String(account?.fields['reference']));
    }
    default:
      return [];
  }
}

function combine(world: LiWorld, ad: Ad, pivots: readonly Pivot[]): { values: string[]; part: number }[] {
  let all: { values: string[]; part: number }[] = [{ values: [], part: 1 }];
  for (const pivot of pivots) {
    const own = pivotValues(world, ad, pivot);
    all = all.flatMap(({ values, part }) => own.map((one) => ({ values: [...values, one.value], part: part * one.part })));
  }
  return all;
}

function leadDays(world: LiWorld): Map<string, number> {
  const counts = new Map<string, number>();
  for (const lead of world.store.all('lead')) {
    const { associatedCreative } = (lead.fields['associatedEntity'] ?? {}) as { associatedCreative?: string };
    if (associatedCreative === undefined || lead.fields['testLead'] === true) continue;
    const key = `${associatedCreative} ${dayAt(lead.createdAt)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function collect(world: LiWorld, ads: readonly Ad[], pivots: readonly Pivot[], periods: readonly Period[]): Row[] {
  const today = dayAt(world.core.now());
  const demoDays = new Set(daysBetween({ first: dayAt(world.core.now() - (DEMO_DAYS - 1) * 86_400_000), last: today }));
  const leads = leadDays(world);
  const most = world.settings.reportRows;
  const rows = new Map<string, Row>();
  for (const period of periods) {
    const days = daysBetween(period);
    for (const ad of ads) {
      const parts = combine(world, ad, pivots);
      for (const day of days) {
        const figures = world.insights.day(ad.creative.id, day, demoDays);
        if (figures === null) continue;
        for (const { values, part } of parts) {
          const key = `${period.first} ${values.join(' ')}`;
          const row = rows.get(key) ?? {
            pivotValues: values,
            period,
            currency: ad.currency,
            spendMinor: 0,
            impressions: 0,
            clicks: 0,
            leads: 0,
          };
          row.spendMinor += share(figures.spendMinor, part);
          row.impressions += share(figures.impressions, part);
          row.clicks += share(figures.clicks, part);
          row.leads += share(leads.get(`${ad.creative.urn} ${day}`) ?? 0, part);
          rows.set(key, row);
          if (rows.size > most) throw badRequest(`The report has more than ${most} rows; ask for less`);
        }
      }
    }
  }
  return [...rows.values()].filter((row) => row.spendMinor > 0 || row.impressions > 0);
}

function readPivots(call: LiCall, isOne: boolean): Pivot[] {
  const wished = isOne ? [requiredText(call, 'pivot')] : (listOf(call, 'pivots') ?? []);
  if (wished.length === 0) throw badRequest("Parameter 'pivots' is required");
  if (wished.length > 3) throw badRequest('Only up to 3 pivots can be requested');
  return wished.map((word) => {
    const pivot = PIVOTS.find((one) => one === word);
    if (pivot === undefined) throw badRequest(`Pivot ${word} is not an enum symbol`);
    return pivot;
  });
}

/** [D] No pages: everything in one answer, empty when there is nothing or nothing that may be seen. */
const report =
  (isOne: boolean): Handler =>
  (world, call, who) => {
    allowOnly(call, [...FACETS, isOne ? 'pivot' : 'pivots', 'dateRange', 'timeGranularity', 'campaignType', 'sortBy']);
    const granularity = requiredText(call, 'timeGranularity');
    if (!(GRANULARITIES as readonly string[]).includes(granularity))
      throw badRequest(`timeGranularity ${granularity} is not an enum symbol`);
    const period = readDateRange(recordOf(call, 'dateRange'), dayAt(world.core.now()));
    const pivots = readPivots(call, isOne);
    const fields = readFields(call);
    const type = textOf(call, 'campaignType');
    const ads = adsBelow(world, call, who).filter((ad) => type === null || ad.campaign.fields['type'] === type);
    const rows = collect(world, ads, pivots, cutPeriod(period, granularity));
    const elements = rows.map((row) => Object.fromEntries(fields.map((field) => [field, (METRICS[field] ?? NOT_METRICS[field])?.(row)])));
    return ok({ elements, paging: { start: 0, count: 10, links: [] } });
  };

/** Needs a connected CRM, which nobody here has: always empty [K]. */
const revenue: Handler = () => ok({ elements: [], paging: { start: 0, count: 10, links: [] } });

export const ANALYTICS: Record<string, Handler> = {
  'FINDER analytics adAnalytics': report(true),
  'FINDER statistics adAnalytics': report(false),
  'FINDER attributedRevenueMetrics adAnalytics': revenue,
};
