import { LEAST_ADGROUP_BUDGET, readBudget, readSchedule } from './budgets.ts';
import { refuseEndedManual } from './deny-list.ts';
import {
  BID_TYPES,
  BILLING_EVENTS,
  BILLING_OF_GOAL,
  BUDGET_MODES,
  CREATE_STATUSES,
  GOALS,
  PACINGS,
  PIXEL_GOALS,
  PLACEMENT_TYPES,
  PLACEMENTS,
  PROMOTION_TYPES,
} from './enums.ts';
import { readIdentity } from './identities.ts';
import { isDeleted, keepFields, livingChildren, makeObject, readName, readParent } from './make-object.ts';
import { amount, given, object, oneOf, requiredOneOf, requiredText, text, texts, type Params } from './params.ts';
import { oncePerRequestId } from './recent-requests.ts';
import { showObject } from './show-object.ts';
import type { TiktokObject } from './store.ts';
import { checkTargeting, TARGETING_FIELDS } from './targeting.ts';
import { missingField, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

/** Ad groups per campaign that are not deleted: manual [D], Smart+ [T]. */
const MOST_ADGROUPS = { manual: 999, smart: 30 };

const KEPT = [
  'app_id',
  'attribution_event_count',
  'bid_price',
  'brand_safety_type',
  'click_attribution_window',
  'comment_disabled',
  'conversion_bid_price',
  'creative_material_mode',
  'dayparting',
  'deep_bid_type',
  'deep_cpa_bid',
  'engaged_view_attribution_window',
  'identity_authorized_bc_id',
  'identity_id',
  'identity_type',
  'frequency',
  'frequency_schedule',
  'min_budget',
  'optimization_event',
  'phone_info',
  'pixel_id',
  'promotion_target_type',
  'promotion_website_type',
  'roas_bid',
  'search_result_enabled',
  'secondary_optimization_event',
  'share_disabled',
  'skip_learning_phase',
  'suggestion_audience_enabled',
  'targeting_optimization_mode',
  'tiktok_subplacements',
  'vbo_window',
  'video_download_disabled',
  'view_attribution_window',
] as const;

function readGoal(params: Params, objective: string): Record<string, string> {
  const goal = requiredText(params, 'optimization_goal');
  const known = GOALS[objective as keyof typeof GOALS] ?? [];
  refuse(!known.includes(goal), `optimization_goal: ${goal} does not go with ${objective}.`);
  const billing = requiredOneOf(params, 'billing_event', BILLING_EVENTS);
  const wanted = BILLING_OF_GOAL[goal] ?? 'OCPM';
  refuse(billing !== wanted, `billing_event: ${goal} is billed by ${wanted}.`);
  return { optimization_goal: goal, billing_event: billing };
}

/** Goals that count a pixel's events need the pixel and the event. */
function checkPixel(world: TiktokWorld, advertiserId: string, params: Params, goal: string): void {
  const id = text(params, 'pixel_id');
  if (PIXEL_GOALS.has(goal)) {
    if (id === null) throw missingField('pixel_id');
    requiredText(params, 'optimization_event');
  }
  if (id === null) return;
  refuse(world.store.find('pixel', id)?.advertiserId !== advertiserId, `pixel_id: The pixel ${id} does not exist.`);
}

/** A bid of one's own needs its sum: for clicks, views and impressions `bid_price`, for events `conversion_bid_price` [K]. */
function readBid(params: Params, billing: string): Record<string, unknown> {
  const type = oneOf(params, 'bid_type', BID_TYPES) ?? 'BID_TYPE_NO_BID';
  const field = billing === 'OCPM' ? 'conversion_bid_price' : 'bid_price';
  const price = amount(params, field);
  refuse(type === 'BID_TYPE_CUSTOM' && (price === null || price === 0), `${field}: Missing data for required field.`);
  refuse(type === 'BID_TYPE_NO_BID' && price !== null && price > 0, `${field}: Must not be set with BID_TYPE_NO_BID.`);
  return { bid_type: type };
}

function readPlacements(params: Params): Record<string, unknown> {
  const type = oneOf(params, 'placement_type', PLACEMENT_TYPES) ?? 'PLACEMENT_TYPE_NORMAL';
  const placements = texts(params, 'placements');
  if (type === 'PLACEMENT_TYPE_AUTOMATIC') return { placement_type: type, placements: [...PLACEMENTS] };
  if (placements === null || placements.length === 0) throw missingField('placements');
  for (const placement of placements) refuse(!PLACEMENTS.has(placement), `placements: ${placement} is not one of them.`);
  return { placement_type: type, placements };
}

/** With a campaign budget the ad group has none of its own; without one it has to have one. */
function readOwnBudget(params: Params, campaign: TiktokObject): { budget: number; budget_mode: string } {
  if (campaign.fields['budget_optimize_on'] === true) {
    const hasOwn = given(params, 'budget') && (amount(params, 'budget') ?? 0) > 0 && params['budget_mode'] !== 'BUDGET_MODE_INFINITE';
    refuse(hasOwn, 'budget: The campaign has the budget, so the ad group must not have one.');
    return { budget: 0, budget_mode: 'BUDGET_MODE_INFINITE' };
  }
  const budget = readBudget(params, BUDGET_MODES, LEAST_ADGROUP_BUDGET);
  if (budget === null) throw missingField('budget_mode');
  refuse(budget.mode === 'BUDGET_MODE_INFINITE', 'budget_mode: BUDGET_MODE_INFINITE needs a campaign budget.');
  return { budget: budget.value, budget_mode: budget.mode };
}

function checkRoom(world: TiktokWorld, campaign: TiktokObject, family: 'manual' | 'smart'): void {
  const living = livingChildren(world, campaign).length;
  refuse(living >= MOST_ADGROUPS[family], `A campaign holds at most ${MOST_ADGROUPS[family]} ad groups.`);
}

function refuseTakenName(world: TiktokWorld, campaign: TiktokObject, name: string, requestId: string | null): void {
  const isTaken = world.store.under(campaign.id).some((one) => one.fields['adgroup_name'] === name && !isDeleted(one));
  refuse(requestId === null && isTaken, 'adgroup_name: The name already exists. Choose another one.');
}

export const createAdgroup: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  const adgroup = oncePerRequestId(world, `${advertiserId} adgroup`, params, (requestId) => {
    const campaign = readParent(world, advertiserId, 'campaign', requiredText(params, 'campaign_id'), 'manual');
    const objective = String(campaign.fields['objective_type']);
    refuseEndedManual(world, objective);
    const name = readName(params, 'adgroup_name');
    const promotion = requiredOneOf(params, 'promotion_type', PROMOTION_TYPES);
    const goal = readGoal(params, objective);
    const pacing = requiredOneOf(params, 'pacing', PACINGS);
    const budget = readOwnBudget(params, campaign);
    const schedule = readSchedule(world, params, budget.budget_mode === 'BUDGET_MODE_TOTAL');
    const bid = readBid(params, goal['billing_event'] ?? '');
    const placements = readPlacements(params);
    checkTargeting(world, advertiserId, params);
    checkPixel(world, advertiserId, params, goal['optimization_goal'] ?? '');
    const status = oneOf(params, 'operation_status', CREATE_STATUSES) ?? 'ENABLE';
    checkRoom(world, campaign, 'manual');
    refuseTakenName(world, campaign, name, requestId);
    return makeObject(
      world,
      'adgroup',
      advertiserId,
      {
        ...keepFields(params, KEPT),
        ...keepFields(params, TARGETING_FIELDS),
        adgroup_name: name,
        advertiser_id: advertiserId,
        campaign_id: campaign.id,
        promotion_type: promotion,
        ...goal,
        pacing,
        ...budget,
        ...schedule,
        ...bid,
        ...placements,
        operation_status: status,
      },
      call,
      { family: 'manual' },
    );
  });
  return showObject(world, adgroup);
};

export const createSmartAdgroup: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  requiredText(params, 'request_id');
  const adgroup = oncePerRequestId(world, `${advertiserId} smart adgroup`, params, () => {
    const campaign = readParent(world, advertiserId, 'campaign', requiredText(params, 'campaign_id'), 'smart');
    const name = readName(params, 'adgroup_name');
    const promotion = requiredOneOf(params, 'promotion_type', PROMOTION_TYPES);
    const goal = readGoal(params, String(campaign.fields['objective_type']));
    const targeting = object(params, 'targeting_spec');
    if (targeting === null) throw missingField('targeting_spec');
    checkTargeting(world, advertiserId, targeting, 'targeting_spec.');
    const budget = readOwnBudget(params, campaign);
    const schedule = readSchedule(
      world,
      params,
      budget.budget_mode === 'BUDGET_MODE_TOTAL' || campaign.fields['budget_mode'] === 'BUDGET_MODE_TOTAL',
    );
    const bid = readBid(params, goal['billing_event'] ?? '');
    const placements = readPlacements({ placement_type: 'PLACEMENT_TYPE_AUTOMATIC', ...params });
    checkPixel(world, advertiserId, params, goal['optimization_goal'] ?? '');
    if (given(params, 'identity_id')) readIdentity(world, advertiserId, params);
    const status = oneOf(params, 'operation_status', CREATE_STATUSES) ?? 'ENABLE';
    checkRoom(world, campaign, 'smart');
    return makeObject(
      world,
      'adgroup',
      advertiserId,
      {
        ...keepFields(params, KEPT),
        adgroup_name: name,
        advertiser_id: advertiserId,
        campaign_id: campaign.id,
        promotion_type: promotion,
        ...goal,
        pacing: 'PACING_MODE_SMOOTH',
        targeting_spec: keepFields(targeting, TARGETING_FIELDS),
        ...budget,
        ...schedule,
        ...bid,
        ...placements,
        operation_status: status,
      },
      call,
      { family: 'smart' },
    );
  });
  return showObject(world, adgroup);
};
