import { refuseOldCampaignTypes } from './deny-list.ts';
import { BID_STRATEGIES, OBJECTIVES, SPECIAL_AD_CATEGORIES, STATUSES } from './enums.ts';
import { invalidParameter, missingParameter } from './graph-error.ts';
import { accountIdOf, applyLabels, isValidateOnly, makeObject, readLabels } from './make-object.ts';
import { flag, list, moment, object, oneOf, refuse, requiredOneOf, requiredText, text, whole, type Params } from './params.ts';
import type { Handler } from './world.ts';

export const MIN_DAILY_BUDGET = 100;
const MAX_NAME = 400;

export function readName(params: Params): string {
  const name = requiredText(params, 'name');
  refuse(name.length > MAX_NAME, `The name is longer than ${MAX_NAME} characters.`, 1487194);
  return name;
}

/** Budgets come in as whole minor units and are answered as strings. */
export function readBudgets(params: Params): { daily: number | null; lifetime: number | null; fields: Record<string, string> } {
  const daily = whole(params, 'daily_budget');
  const lifetime = whole(params, 'lifetime_budget');
  refuse(daily !== null && lifetime !== null, 'Set either a daily or a lifetime budget, not both.', 1885650);
  for (const budget of [daily, lifetime]) {
    refuse(budget !== null && budget < MIN_DAILY_BUDGET, `The budget is below the minimum of ${MIN_DAILY_BUDGET}.`, 1885272);
  }
  return {
    daily,
    lifetime,
    fields: {
      ...(daily === null ? {} : { daily_budget: String(daily) }),
      ...(lifetime === null ? {} : { lifetime_budget: String(lifetime) }),
    },
  };
}

function readCategories(params: Params): string[] {
  const categories = list(params, 'special_ad_categories');
  if (categories === null) throw missingParameter('special_ad_categories');
  for (const category of categories) {
    if (!(SPECIAL_AD_CATEGORIES as readonly unknown[]).includes(category)) {
      throw invalidParameter(`${String(category)} is not a special ad category.`);
    }
  }
  return categories.filter((category) => category !== 'NONE').map(String);
}

export const createCampaign: Handler = (world, account, call) => {
  const { params } = call;
  const accountId = accountIdOf(account);
  refuseOldCampaignTypes(params);
  const name = readName(params);
  const objective = requiredOneOf(params, 'objective', OBJECTIVES);
  const status = requiredOneOf(params, 'status', STATUSES);
  const categories = readCategories(params);
  const budgets = readBudgets(params);
  const bidStrategy = oneOf(params, 'bid_strategy', BID_STRATEGIES);
  const sharing = flag(params, 'is_adset_budget_sharing_enabled');
  const hasBudget = budgets.daily !== null || budgets.lifetime !== null;
  refuse(
    !hasBudget && sharing === null,
    'Say with is_adset_budget_sharing_enabled whether ad sets may share budget, because the campaign has no budget.',
    4834011,
  );
  refuse(!hasBudget && bidStrategy !== null, 'A campaign without a budget takes no bid strategy; set it on the ad sets.', 1885737);
  const startTime = moment(params, 'start_time');
  const stopTime = moment(params, 'stop_time');
  const labels = readLabels(world, accountId, params);
  if (isValidateOnly(params)) return { success: true };

  const spendCap = whole(params, 'spend_cap');
  const promoted = object(params, 'promoted_object');
  const campaign = makeObject(
    world,
    'campaign',
    accountId,
    {
      name,
      objective,
      status,
      special_ad_categories: categories,
      buying_type: text(params, 'buying_type') ?? 'AUCTION',
      ...budgets.fields,
      ...(hasBudget ? { bid_strategy: bidStrategy ?? 'LOWEST_COST_WITHOUT_CAP' } : {}),
      ...(sharing === null ? {} : { is_adset_budget_sharing_enabled: sharing }),
      ...(spendCap === null ? {} : { spend_cap: String(spendCap) }),
      ...(promoted === null ? {} : { promoted_object: promoted }),
      ...(startTime === null ? {} : { start_time: startTime }),
      ...(stopTime === null ? {} : { stop_time: stopTime }),
    },
    call,
    { labelIds: applyLabels(world, accountId, labels, call) },
  );
  return { id: campaign.id };
};
