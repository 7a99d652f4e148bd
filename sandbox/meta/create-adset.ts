import { readBudgets, readName } from './create-campaign.ts';
import { refuseOldPlacements } from './deny-list.ts';
import {
  AUDIENCE_CHOICE_CATEGORIES,
  BID_STRATEGIES,
  BILLING_EVENTS,
  CAPPED_BIDS,
  DESTINATION_TYPES,
  EU_COUNTRIES,
  OPTIMIZATION_GOALS,
  STATUSES,
} from './enums.ts';
import { invalidParameter, missingParameter } from './graph-error.ts';
import { accountIdOf, applyLabels, isValidateOnly, makeObject, readLabels } from './make-object.ts';
import {
  graphTime,
  list,
  moment,
  object,
  oneOf,
  refuse,
  requiredOneOf,
  requiredText,
  text,
  whole,
  type Json,
  type Params,
} from './params.ts';
import type { GraphObject } from './store.ts';
import type { Handler, MetaWorld } from './world.ts';

const NEEDS_PROMOTED_OBJECT = new Set(['OUTCOME_LEADS', 'OUTCOME_SALES']);

const FORM_GOALS = new Set(['LEAD_GENERATION', 'QUALITY_LEAD']);
const PIXEL_GOALS = new Set(['OFFSITE_CONVERSIONS', 'VALUE']);

/** What an ad set counts has to be named: the page whose forms are filled in, or the pixel that sees the sale. */
function checkPromoted(world: MetaWorld, goal: string, promoted: Json | null): void {
  const { page_id: page, pixel_id: pixel } = promoted ?? {};
  refuse(
    FORM_GOALS.has(goal) && world.store.get(String(page))?.kind !== 'page',
    'promoted_object.page_id must be the page of the lead form.',
    1885154,
  );
  refuse(PIXEL_GOALS.has(goal) && !/^\d+$/.test(String(pixel)), 'promoted_object.pixel_id must name the pixel that counts.', 1885014);
}

/** The parent an object names, if it exists in this account and still lives. */
export function readParent(world: MetaWorld, accountId: string, kind: GraphObject['kind'], id: string): GraphObject {
  const parent = world.store.get(id);
  if (parent?.kind !== kind || parent.accountId !== accountId)
    throw invalidParameter(`There is no ${kind} ${id} in this ad account.`, 1487369);
  const status = parent.fields['status'];
  refuse(status === 'DELETED' || status === 'ARCHIVED', `The ${kind} ${id} is ${String(status).toLowerCase()}.`, 1487056);
  return parent;
}

function readTargeting(params: Params, campaign: GraphObject): Json {
  const targeting = object(params, 'targeting');
  if (targeting === null) throw missingParameter('targeting');
  const geo = targeting['geo_locations'];
  if (typeof geo !== 'object' || geo === null || Object.keys(geo).length === 0) {
    throw invalidParameter('Choose at least one place in targeting.geo_locations.', 1885364);
  }
  refuseOldPlacements(targeting);
  const categories = campaign.fields['special_ad_categories'] as string[];
  const automation = targeting['targeting_automation'] as Json | undefined;
  refuse(
    categories.some((category) => AUDIENCE_CHOICE_CATEGORIES.has(category)) && automation?.['advantage_audience'] === undefined,
    'Say in targeting_automation.advantage_audience whether the audience may be widened.',
    1870227,
  );
  return targeting;
}

function readDsa(params: Params, targeting: Json): Record<string, string> {
  const countries = (targeting['geo_locations'] as Json)['countries'];
  const isEu = Array.isArray(countries) && countries.some((country) => EU_COUNTRIES.has(String(country)));
  const beneficiary = text(params, 'dsa_beneficiary');
  const payor = text(params, 'dsa_payor');
  refuse(isEu && (beneficiary === null || payor === null), 'Ads shown in the EU must name their beneficiary and payer.', 3858495);
  return {
    ...(beneficiary === null ? {} : { dsa_beneficiary: beneficiary }),
    ...(payor === null ? {} : { dsa_payor: payor }),
  };
}

function readBid(params: Params, campaign: GraphObject): Record<string, unknown> {
  const own = oneOf(params, 'bid_strategy', BID_STRATEGIES);
  const amount = whole(params, 'bid_amount');
  const fromCampaign = campaign.fields['bid_strategy'] as string | undefined;
  const strategy = own ?? fromCampaign;
  refuse(strategy === undefined && amount === null, 'Set a bid strategy or a bid amount.', 1815857);
  refuse(
    strategy !== undefined && CAPPED_BIDS.has(strategy) && amount === null,
    `The bid strategy ${strategy} needs a bid amount.`,
    1815857,
  );
  refuse(amount !== null && strategy === 'LOWEST_COST_WITHOUT_CAP', 'Lowest cost without a cap takes no bid amount.', 1885737);
  return {
    ...(strategy === undefined ? {} : { bid_strategy: strategy }),
    ...(amount === null ? {} : { bid_amount: amount }),
  };
}

function readAdsetBudget(params: Params, campaign: GraphObject): Record<string, string> {
  const budgets = readBudgets(params);
  const campaignHasBudget = campaign.fields['daily_budget'] !== undefined || campaign.fields['lifetime_budget'] !== undefined;
  const has = budgets.daily !== null || budgets.lifetime !== null;
  refuse(campaignHasBudget && has, 'The campaign has the budget, so the ad set must not have one.', 1885621);
  refuse(!campaignHasBudget && !has, 'Set a daily or a lifetime budget.', 1885028);
  refuse(budgets.lifetime !== null && text(params, 'end_time') === null, 'A lifetime budget needs an end time.', 1487793);
  return budgets.fields;
}

export const createAdset: Handler = (world, account, call) => {
  const { params } = call;
  const accountId = accountIdOf(account);
  const name = readName(params);
  const campaign = readParent(world, accountId, 'campaign', requiredText(params, 'campaign_id'));
  const billingEvent = requiredOneOf(params, 'billing_event', BILLING_EVENTS);
  const goal = requiredOneOf(params, 'optimization_goal', OPTIMIZATION_GOALS);
  const status = requiredOneOf(params, 'status', STATUSES);
  const destination = oneOf(params, 'destination_type', DESTINATION_TYPES);
  const targeting = readTargeting(params, campaign);
  const budget = readAdsetBudget(params, campaign);
  const bid = readBid(params, campaign);
  const dsa = readDsa(params, targeting);
  const promoted = object(params, 'promoted_object');
  refuse(
    NEEDS_PROMOTED_OBJECT.has(String(campaign.fields['objective'])) && promoted === null,
    'Campaigns for leads and sales need a promoted object.',
    1885014,
  );
  checkPromoted(world, goal, promoted);
  const startTime = moment(params, 'start_time');
  const endTime = moment(params, 'end_time');
  const labels = readLabels(world, accountId, params);
  if (isValidateOnly(params)) return { success: true };

  const attribution = list(params, 'attribution_spec');
  const adset = makeObject(
    world,
    'adset',
    accountId,
    {
      name,
      campaign_id: campaign.id,
      status,
      billing_event: billingEvent,
      optimization_goal: goal,
      targeting,
      ...budget,
      ...bid,
      ...dsa,
      ...(promoted === null ? {} : { promoted_object: promoted }),
      ...(destination === null ? {} : { destination_type: destination }),
      ...(attribution === null ? {} : { attribution_spec: attribution }),
      start_time: startTime ?? graphTime(world.core.now()),
      ...(endTime === null ? {} : { end_time: endTime }),
    },
    call,
    { labelIds: applyLabels(world, accountId, labels, call) },
  );
  return { id: adset.id };
};
