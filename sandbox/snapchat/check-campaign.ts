import { BUY_MODELS, OBJECTIVES_V2, OLD_OBJECTIVES, PROMOTION_TYPES, STATUSES, type ObjectiveV2 } from './enums.ts';
import { given, list, micro, moment, object, oneOf, present, requiredOneOf, requiredText, text } from './read-fields.ts';
import { missingField, wrongField } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/**
 * Unverified: a campaign's own daily budget and cap begin at 20 units [T] (the guide gives 5 for ad squads); without any objective the
 * platform takes BRAND_AWARENESS [K].
 */
const LEAST_CAMPAIGN_MICRO = 20_000_000;
export const NAME_LENGTH = 375;

/** What a create, a replacement or a patch leaves as the campaign's fields. */
export function checkCampaign(_world: SnapWorld, account: SnapObject, item: Json): Json {
  if (requiredText(item, 'ad_account_id') !== account.id) throw wrongField('ad_account_id', 'must be the ad account of the path');
  const start = moment(item, 'start_time');
  if (start === null) throw missingField('start_time');
  const end = moment(item, 'end_time');
  if (end !== null && end <= start) throw wrongField('end_time', 'must be after start_time');
  return present({
    name: requiredText(item, 'name', NAME_LENGTH),
    ad_account_id: account.id,
    status: requiredOneOf(item, 'status', STATUSES),
    ...readObjective(item),
    start_time: start,
    end_time: end,
    buy_model: oneOf(item, 'buy_model', BUY_MODELS) ?? 'AUCTION',
    daily_budget_micro: micro(item, 'daily_budget_micro', LEAST_CAMPAIGN_MICRO),
    lifetime_spend_cap_micro: micro(item, 'lifetime_spend_cap_micro', LEAST_CAMPAIGN_MICRO),
    measurement_spec: object(item, 'measurement_spec'),
    regulations: object(item, 'regulations'),
    campaign_budget_optimization_properties: object(item, 'campaign_budget_optimization_properties'),
    pacing_properties: object(item, 'pacing_properties'),
    separated_types: list(item, 'separated_types'),
    creation_state: 'PUBLISHED',
  });
}

function readObjective(item: Json): Json {
  const old = text(item, 'objective');
  const properties = object(item, 'objective_v2_properties');
  if (properties !== null) {
    const type = requiredOneOf(properties, 'objective_v2_type', OBJECTIVES_V2);
    const promotion = oneOf(properties, 'promotion_type', PROMOTION_TYPES);
    return { objective_v2_properties: present({ objective_v2_type: type, promotion_type: promotion }), ...present({ objective: old }) };
  }
  const objective = old ?? 'BRAND_AWARENESS';
  const type = OLD_OBJECTIVES[objective];
  if (type === undefined) throw wrongField('objective', `must be one of ${Object.keys(OLD_OBJECTIVES).join(', ')}`);
  return { objective, objective_v2_properties: { objective_v2_type: type } };
}

export function objectiveOf(campaign: SnapObject): ObjectiveV2 {
  return (campaign.fields['objective_v2_properties'] as { objective_v2_type: ObjectiveV2 }).objective_v2_type;
}

/** The platform knows one budget: the campaign's or the squads' [T]. */
export function hasCampaignBudget(campaign: SnapObject): boolean {
  return given(campaign.fields, 'daily_budget_micro');
}
