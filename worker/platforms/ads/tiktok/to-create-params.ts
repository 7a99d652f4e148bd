import { TIKTOK } from '#shared/rules/ad-platforms/tiktok.ts';
import { TIKTOK_PLACES } from '#shared/rules/ad-platforms/tiktok-places.ts';
import { formatDecimal } from '#shared/rules/money.ts';
import type { AdSetSpec, AdSpec, CampaignSpec } from '#shared/rules/planned-item.ts';
import type { CreateRequest } from '../ad-platform.ts';
import { classicCreative, smartAd } from './ad-content.ts';
import type { TiktokParams } from './client.ts';
import { familyOf, type Family } from './families.ts';
import { requestId } from './request-id.ts';
import { startToSend } from './start-time.ts';

/** Which of the two families a create belongs to, by its objective. */
export function familyOfSpec(kind: CreateRequest['kind'], spec: unknown): Family {
  if (kind === 'ad') return familyOf((spec as AdSpec).creative?.objective ?? '');
  return familyOf((spec as CampaignSpec | AdSetSpec).objective);
}

/**
 * One create in the platform's words; of a classic ad the part that is its own. Everything is made switched off. Smart+ wants a request
 * id; a classic create without one keeps its name unique, which is the better guard.
 */
export function toCreateParams(request: CreateRequest, now: Date): TiktokParams {
  const family = familyOfSpec(request.kind, request.spec);
  const once = family === 'smart' ? { request_id: requestId(request.clientToken) } : {};
  switch (request.kind) {
    case 'campaign':
      return { ...once, campaign_name: request.name, operation_status: 'DISABLE', ...campaign(request.spec as CampaignSpec, family) };
    case 'ad_set':
      return {
        ...once,
        campaign_id: parent(request, 'campaign'),
        adgroup_name: request.name,
        operation_status: 'DISABLE',
        ...adGroup(request.spec as AdSetSpec, family, now),
      };
    case 'ad':
      return { adgroup_id: parent(request, 'ad_set'), ...(family === 'smart' ? smartAd(request) : classicCreative(request)) };
    case 'creative':
      throw new RangeError('TikTok has no creatives of their own');
  }
}

/** Amounts are decimals of the account's currency, and numbers. */
const amount = (minor: number, currency: string): number => Number(formatDecimal(BigInt(minor), currency));

function campaign(spec: CampaignSpec, family: Family): TiktokParams {
  return {
    objective_type: spec.objective,
    ...(spec.objective === 'WEB_CONVERSIONS' ? { sales_destination: 'WEBSITE' } : {}),
    ...(spec.specialAdCategories.length === 0 ? {} : { special_industries: spec.specialAdCategories }),
    ...(spec.dailyBudgetMinor === null
      ? { budget_optimize_on: false, ...(family === 'classic' ? { budget_mode: 'BUDGET_MODE_INFINITE' } : {}) }
      : {
          budget_optimize_on: true,
          // Smart+ campaigns know no plain daily budget.
          budget_mode: family === 'smart' ? 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET' : 'BUDGET_MODE_DAY',
          budget: amount(spec.dailyBudgetMinor, spec.currency),
        }),
  };
}

function adGroup(spec: AdSetSpec, family: Family, now: Date): TiktokParams {
  // Each goal is billed in one way only, and the plan's word stands for the goal most of its ad sets have.
  const goal = TIKTOK.goals.find((one) => one.objective === spec.objective && one.optimizationGoal === spec.optimizationGoal);
  const billing = goal?.billingEvent ?? spec.billingEvent;
  const targeting = { location_ids: places(spec.countries), ...ages(spec.ageMin, spec.ageMax) };
  return {
    promotion_type: spec.leadFormId !== null && spec.objective === 'LEAD_GENERATION' ? 'LEAD_GENERATION' : 'WEBSITE',
    optimization_goal: spec.optimizationGoal,
    billing_event: billing,
    ...(goal?.needs.includes('pixel') === true && spec.pixelId !== null
      ? { pixel_id: spec.pixelId, optimization_event: spec.conversionEvent ?? (spec.objective === 'LEAD_GENERATION' ? 'FORM' : 'SHOPPING') }
      : {}),
    bid_type: spec.bidStrategy ?? 'BID_TYPE_NO_BID',
    ...(spec.bidMinor === null
      ? {}
      : { [billing === 'OCPM' ? 'conversion_bid_price' : 'bid_price']: amount(spec.bidMinor, spec.currency) }),
    ...(spec.dailyBudgetMinor === null
      ? family === 'classic'
        ? { budget_mode: 'BUDGET_MODE_INFINITE', budget: 0 }
        : {}
      : { budget_mode: 'BUDGET_MODE_DAY', budget: amount(spec.dailyBudgetMinor, spec.currency) }),
    schedule_type: 'SCHEDULE_FROM_NOW',
    schedule_start_time: startToSend(spec.startTime, now),
    placement_type: 'PLACEMENT_TYPE_AUTOMATIC',
    // Widening the audience is on by default in Smart+; the plan's audience is what was approved.
    ...(family === 'smart'
      ? { targeting_spec: targeting, targeting_optimization_mode: 'MANUAL' }
      : { ...targeting, pacing: 'PACING_MODE_SMOOTH' }),
  };
}

const places = (countries: readonly string[]): string[] =>
  countries.map((code) => {
    const id = TIKTOK_PLACES[code];
    if (id === undefined) throw new RangeError(`no place is known for ${code}`);
    return id;
  });

const AGE_GROUPS = ['AGE_13_17', 'AGE_18_24', 'AGE_25_34', 'AGE_35_44', 'AGE_45_54', 'AGE_55_100'] as const;

/** Whole groups only (the plan was checked for that); no ages at all = everybody. */
function ages(min: number | null, max: number | null): { age_groups?: string[] } {
  if (min === null && max === null) return {};
  const { from = [], to = [] } = TIKTOK.ages ?? {};
  const first = min === null ? 0 : from.indexOf(min);
  const last = max === null ? AGE_GROUPS.length - 1 : to.indexOf(max);
  if (first < 0 || last < first) throw new RangeError(`ages ${min ?? ''}–${max ?? ''} are no groups of the platform's`);
  return { age_groups: AGE_GROUPS.slice(first, last + 1) };
}

function parent(request: CreateRequest, kind: 'campaign' | 'ad_set'): string {
  const id = request.parents[kind];
  if (id === undefined) throw new RangeError(`${request.kind} ${request.name} has no ${kind}`);
  return id;
}
