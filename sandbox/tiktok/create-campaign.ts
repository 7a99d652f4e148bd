import { LEAST_CAMPAIGN_BUDGET, readBudget } from './budgets.ts';
import type { TiktokCall } from './call.ts';
import { refuseEndedManual, refuseOldObjective } from './deny-list.ts';
import {
  BUDGET_MODES,
  CREATE_STATUSES,
  MANUAL_OBJECTIVES,
  SMART_CAMPAIGN_BUDGET_MODES,
  SMART_CAMPAIGN_STATUSES,
  SMART_OBJECTIVES,
  SPECIAL_INDUSTRIES,
} from './enums.ts';
import { isDeleted, keepFields, makeObject, readName } from './make-object.ts';
import { flag, oneOf, requiredOneOf, requiredText, texts, type Params } from './params.ts';
import { oncePerRequestId } from './recent-requests.ts';
import { showObject } from './show-object.ts';
import type { TiktokObject } from './store.ts';
import { missingField, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

/** Campaigns per advertiser that are not deleted [D]. */
export const MOST_CAMPAIGNS = 5000;

const KEPT = [
  'app_id',
  'app_promotion_type',
  'campaign_app_profile_page_state',
  'campaign_product_source',
  'campaign_type',
  'catalog_enabled',
  'catalog_type',
  'disable_skan_campaign',
  'is_promotional_campaign',
  'po_number',
  'postback_window_mode',
  'rf_campaign_type',
  'sales_destination',
  'special_industries',
  'virtual_objective_type',
] as const;

/** Names are unique per advertiser, unless a request_id is sent [T]; deleted campaigns give their name back [K]. */
function refuseTakenName(world: TiktokWorld, advertiserId: string, name: string, requestId: string | null): void {
  const isTaken = world.store.of('campaign', advertiserId).some((one) => one.fields['campaign_name'] === name && !isDeleted(one));
  refuse(requestId === null && isTaken, 'campaign_name: The name already exists. Choose another one.');
}

function checkShared(params: Params): void {
  for (const industry of texts(params, 'special_industries') ?? []) {
    refuse(!SPECIAL_INDUSTRIES.has(industry), `special_industries: ${industry} is not one of them.`);
  }
}

/** Enabled by default [S]; a wish for less is ignored without a word unless the app is allowlisted [T]. */
function statusAtCreate(world: TiktokWorld, wished: string | null): string {
  return world.settings.campaignStatusAllowlisted ? (wished ?? 'ENABLE') : 'ENABLE';
}

export const createCampaign: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  refuseOldObjective(params);
  const campaign = oncePerRequestId(world, `${advertiserId} campaign`, params, (requestId) => {
    const name = readName(params, 'campaign_name');
    const objective = requiredOneOf(params, 'objective_type', MANUAL_OBJECTIVES);
    refuseEndedManual(world, objective);
    checkShared(params);
    const wished = oneOf(params, 'operation_status', CREATE_STATUSES);
    const budget = readBudget(params, BUDGET_MODES, LEAST_CAMPAIGN_BUDGET);
    const optimized = flag(params, 'budget_optimize_on') ?? false;
    refuse(
      optimized && (budget === null || budget.mode === 'BUDGET_MODE_INFINITE'),
      'budget: Campaign budget optimization needs a campaign budget.',
    );
    refuse(budget?.mode === 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET' && !optimized, 'budget_mode: Needs budget_optimize_on.');
    refuse(objective === 'APP_PROMOTION' && requiredText(params, 'app_promotion_type') === '', 'app_promotion_type is required.');
    refuseTakenName(world, advertiserId, name, requestId);
    return keep(world, call, advertiserId, 'manual', {
      campaign_name: name,
      objective_type: objective,
      objective: objective === 'APP_PROMOTION' ? 'APP' : 'LANDING_PAGE',
      budget_mode: budget?.mode ?? 'BUDGET_MODE_INFINITE',
      budget: budget?.value ?? 0,
      budget_optimize_on: optimized,
      operation_status: statusAtCreate(world, wished),
    });
  });
  return showObject(world, campaign);
};

/** Smart+ asks for a request_id [S], so its names are never held against each other. */
export const createSmartCampaign: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  requiredText(params, 'request_id');
  const campaign = oncePerRequestId(world, `${advertiserId} smart campaign`, params, () => {
    const name = readName(params, 'campaign_name');
    const objective = requiredOneOf(params, 'objective_type', SMART_OBJECTIVES);
    checkShared(params);
    const wished = oneOf(params, 'operation_status', SMART_CAMPAIGN_STATUSES);
    const budget = readBudget(params, SMART_CAMPAIGN_BUDGET_MODES, LEAST_CAMPAIGN_BUDGET);
    const optimized = flag(params, 'budget_optimize_on') ?? budget !== null;
    if (optimized && budget === null) throw missingField('budget');
    refuse(objective === 'APP_PROMOTION' && requiredText(params, 'app_id') === '', 'app_id is required.');
    return keep(world, call, advertiserId, 'smart', {
      campaign_name: name,
      objective_type: objective,
      ...(budget === null ? {} : { budget_mode: budget.mode, budget: budget.value }),
      budget_optimize_on: optimized,
      operation_status: statusAtCreate(world, wished),
      smart_plus_adgroup_mode: 'MULTIPLE',
    });
  });
  return showObject(world, campaign);
};

function keep(
  world: TiktokWorld,
  call: TiktokCall,
  advertiserId: string,
  family: 'manual' | 'smart',
  fields: Record<string, unknown>,
): TiktokObject {
  const living = world.store.of('campaign', advertiserId).filter((one) => !isDeleted(one)).length;
  refuse(living >= MOST_CAMPAIGNS, `An ad account holds at most ${MOST_CAMPAIGNS} campaigns.`);
  const kept = keepFields(call.params, KEPT);
  return makeObject(world, 'campaign', advertiserId, { ...kept, ...fields, advertiser_id: advertiserId }, call, { family });
}
