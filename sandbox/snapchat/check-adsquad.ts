import { hasCampaignBudget, NAME_LENGTH, objectiveOf } from './check-campaign.ts';
import {
  AD_TYPES,
  BID_STRATEGIES,
  BILLING_EVENTS,
  CONVERSION_WINDOWS,
  DELIVERY_CONSTRAINTS,
  OPTIMIZATION_GOALS,
  PACING_TYPES,
  PLACEMENT_CONFIGS,
  POSITIONS,
  SQUAD_TYPES,
  STATUSES,
  type Goal,
} from './enums.ts';
import { goalsOf } from './goals.ts';
import { given, list, micro, moment, object, objects, oneOf, present, requiredOneOf, requiredText, text } from './read-fields.ts';
import { missingField, unknownItem, wrongField } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/**
 * Unverified: a lifetime budget has the daily one's floor [T]; budgets are left out when the campaign has one [T]; pixel goals
 * need a pixel_id [T]; the bid's range [T]; delivery_constraint is said to be required by one source and is derived here when absent [T].
 */
const LEAST_BUDGET_MICRO = 5_000_000;
const BID_MICRO = { least: 10_000, most: { EUR: 100_000_000, GBP: 100_000_000, USD: 500_000_000 } as Record<string, number> };
const PIXEL_GOALS = new Set<Goal>(['PIXEL_PAGE_VIEW', 'PIXEL_ADD_TO_CART', 'PIXEL_PURCHASE', 'PIXEL_SIGNUP', 'LANDING_PAGE_VIEW']);
/** Kept as sent; the imitation gives them no meaning. */
const PASSED_ON = ['brand_safety_config', 'cap_and_exclusion_config', 'ad_scheduling_config', 'event_sources', 'skadnetwork_properties'];

/** What a create, a replacement or a patch leaves as the ad squad's fields. */
export function checkAdsquad(world: SnapWorld, campaign: SnapObject, item: Json): Json {
  if (requiredText(item, 'campaign_id') !== campaign.id) throw wrongField('campaign_id', 'must be the campaign of the path');
  const start = moment(item, 'start_time');
  const end = moment(item, 'end_time');
  if (start !== null && end !== null && end <= start) throw wrongField('end_time', 'must be after start_time');
  return present({
    name: requiredText(item, 'name', NAME_LENGTH),
    campaign_id: campaign.id,
    status: requiredOneOf(item, 'status', STATUSES),
    type: requiredOneOf(item, 'type', SQUAD_TYPES),
    targeting: readTargeting(world, campaign, item),
    placement_v2: readPlacement(item),
    billing_event: requiredOneOf(item, 'billing_event', BILLING_EVENTS),
    ...readGoal(world, campaign, item),
    ...readBid(world, campaign, item),
    ...readBudget(campaign, item),
    start_time: start,
    end_time: end,
    pacing_type: oneOf(item, 'pacing_type', PACING_TYPES) ?? 'STANDARD',
    child_ad_type: oneOf(item, 'child_ad_type', AD_TYPES),
    conversion_window: oneOf(item, 'conversion_window', CONVERSION_WINDOWS),
    ...Object.fromEntries(PASSED_ON.map((name) => [name, object(item, name)])),
    auto_bid: item['bid_strategy'] === 'AUTO_BID',
    creation_state: 'PUBLISHED',
  });
}

function readTargeting(world: SnapWorld, campaign: SnapObject, item: Json): Json {
  const targeting = object(item, 'targeting');
  if (targeting === null) throw missingField('targeting');
  const geos = objects(targeting, 'geos');
  if (geos.length === 0) throw missingField('targeting.geos');
  for (const { country_code: code } of geos) {
    if (typeof code !== 'string' || !/^[a-z]{2}$/i.test(code))
      throw wrongField('targeting.geos.country_code', 'must be a country of two letters');
  }
  for (const wish of objects(targeting, 'segments')) {
    for (const id of list(wish, 'segment_id') ?? []) {
      const segment = world.store.find('segment', id);
      if (segment?.accountId !== campaign.accountId) throw unknownItem('segment', id);
    }
  }
  return targeting;
}

function readPlacement(item: Json): Json {
  const placement = object(item, 'placement_v2');
  if (placement === null) throw missingField('placement_v2');
  if (requiredOneOf(placement, 'config', PLACEMENT_CONFIGS) === 'AUTOMATIC') return placement;
  const positions = list(placement, 'snapchat_positions') ?? [];
  const unknown = positions.find((position) => !(POSITIONS as readonly unknown[]).includes(position));
  if (unknown !== undefined) throw wrongField('placement_v2.snapchat_positions', `${String(unknown)} is not a position`);
  // Guide [T]: since 27 Nov 2025 every placement chosen by hand contains the chat feed.
  if (!positions.includes('CHAT_FEED')) throw wrongField('placement_v2.snapchat_positions', 'must contain CHAT_FEED');
  return placement;
}

function readGoal(world: SnapWorld, campaign: SnapObject, item: Json): Json {
  const goal = requiredOneOf(item, 'optimization_goal', OPTIMIZATION_GOALS);
  const objective = objectiveOf(campaign);
  if (!goalsOf(objective, text(item, 'conversion_location')).includes(goal))
    throw wrongField('optimization_goal', `${goal} is not available for the objective ${objective}`);
  const pixel = text(item, 'pixel_id');
  if (pixel !== null && world.store.find('pixel', pixel)?.accountId !== campaign.accountId) throw unknownItem('pixel', pixel);
  if (pixel === null && PIXEL_GOALS.has(goal)) throw missingField('pixel_id');
  return { optimization_goal: goal, pixel_id: pixel, conversion_location: text(item, 'conversion_location') };
}

function readBid(world: SnapWorld, campaign: SnapObject, item: Json): Json {
  // Gone since 10 Feb 2025 [T]; older field lists still name it.
  if (item['bid_strategy'] === 'MIN_ROAS') throw wrongField('bid_strategy', 'MIN_ROAS is no longer available');
  const strategy = requiredOneOf(item, 'bid_strategy', BID_STRATEGIES);
  const currency = String(world.store.get(campaign.accountId ?? '')?.fields['currency']);
  const bid = micro(item, 'bid_micro', BID_MICRO.least, BID_MICRO.most[currency]);
  if (bid === null && strategy !== 'AUTO_BID') throw missingField('bid_micro');
  return { bid_strategy: strategy, bid_micro: strategy === 'AUTO_BID' ? null : bid };
}

function readBudget(campaign: SnapObject, item: Json): Json {
  const daily = micro(item, 'daily_budget_micro', LEAST_BUDGET_MICRO);
  const lifetime = micro(item, 'lifetime_budget_micro', LEAST_BUDGET_MICRO);
  if (daily !== null && lifetime !== null)
    throw wrongField('lifetime_budget_micro', 'give one of daily_budget_micro, lifetime_budget_micro');
  if (hasCampaignBudget(campaign)) {
    if (daily !== null || lifetime !== null) throw wrongField('daily_budget_micro', 'the campaign has the budget');
    return {};
  }
  if (daily === null && lifetime === null) throw missingField('daily_budget_micro or lifetime_budget_micro');
  if (lifetime !== null && !given(item, 'end_time')) throw missingField('end_time');
  const constraint = daily === null ? 'LIFETIME_BUDGET' : 'DAILY_BUDGET';
  const wished = oneOf(item, 'delivery_constraint', DELIVERY_CONSTRAINTS);
  if (wished !== null && wished !== constraint) throw wrongField('delivery_constraint', `must be ${constraint} with this budget`);
  return { daily_budget_micro: daily, lifetime_budget_micro: lifetime, delivery_constraint: constraint };
}
