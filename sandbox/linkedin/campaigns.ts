import { Checks } from './checks.ts';
import { checkConfiguration } from './campaign-rules.ts';
import {
  checkAccount,
  checkEnum,
  checkFlag,
  checkMoney,
  checkName,
  checkSchedule,
  given,
  isRecord,
  refuseUnknown,
} from './entity-fields.ts';
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES, COST_TYPES, FORMATS, objectiveOf, OPTIMIZATION_TARGETS, POLITICAL_INTENTS } from './enums.ts';
import type { Json, LiCall } from './li-call.ts';
import { makeObject } from './make-object.ts';
import { changedFields } from './patch.ts';
import { elementKey } from './request-key.ts';
import { afterStatus, checkStatus, isGone, statusOf } from './status.ts';
import type { LiObject } from './store.ts';
import { checkTargeting } from './targeting.ts';
import type { LiWorld } from './world.ts';

const WRITABLE = new Set([
  'account',
  'campaignGroup',
  'name',
  'type',
  'costType',
  'unitCost',
  'locale',
  'objectiveType',
  'runSchedule',
  'targetingCriteria',
  'dailyBudget',
  'totalBudget',
  'politicalIntent',
  'offsiteDeliveryEnabled',
  'status',
  'audienceExpansionEnabled',
  'creativeSelection',
  'format',
  'optimizationTargetType',
  'pacingStrategy',
  'associatedEntity',
  'storyDeliveryEnabled',
  'connectedTelevisionOnly',
]);
const READ_ONLY = new Set(['id', 'test']);
/** Cannot change once the campaign is no draft any more. */
const FIXED = ['type', 'format', 'campaignGroup'];
/** Least budgets in units of the account's currency [T]. */
const LEAST = { dailyBudget: 10, totalBudget: 100 } as const;

function checkGroupOf(world: LiWorld, checks: Checks, account: LiObject, entity: Json): void {
  const urn = entity['campaignGroup'];
  if (!given(urn)) return checks.missing('campaignGroup');
  const group = world.store.find('group', urn);
  if (group === undefined || group.accountId !== account.id) {
    return checks.add('FIELD_VALUE_DOES_NOT_EXIST', 'campaignGroup', `${String(urn)} in campaignGroup does not exist`);
  }
  const status = statusOf(world, group);
  if (status === 'DRAFT' && entity['status'] !== 'DRAFT') {
    checks.add('ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS', 'status', 'A draft campaign group takes draft campaigns only');
  } else if (isGone(status) || status === 'CANCELED' || status === 'ARCHIVED') {
    checks.add('FIELD_VALUE_NOT_ACTIVE', 'campaignGroup', `${String(urn)} in campaignGroup is not active`);
  }
}

function checkBudgets(checks: Checks, entity: Json, currency: string): void {
  const amounts = {
    dailyBudget: checkMoney(checks, entity, 'dailyBudget', currency),
    totalBudget: checkMoney(checks, entity, 'totalBudget', currency),
  };
  if (!given(entity['dailyBudget']) && !given(entity['totalBudget'])) checks.missing('dailyBudget');
  for (const path of ['dailyBudget', 'totalBudget'] as const) {
    const amount = amounts[path];
    if (amount !== null && amount < LEAST[path])
      checks.add('FIELD_VALUE_TOO_LOW', path, `Value ${amount} of ${path} is below the minimum of ${LEAST[path]}`);
  }
  const { end } = (entity['runSchedule'] ?? {}) as { end?: unknown };
  if (amounts.totalBudget !== null && !given(entity['dailyBudget']) && !given(end)) {
    checks.add('CONDITIONAL_MISSING_FIELD', 'runSchedule/end', 'runSchedule/end is required when only totalBudget is set');
  }
  const unit = checkMoney(checks, entity, 'unitCost', currency);
  if (!given(entity['unitCost'])) checks.missing('unitCost');
  const isManual = (entity['optimizationTargetType'] ?? 'NONE') === 'NONE';
  if (unit === 0 && isManual) checks.add('FIELD_VALUE_TOO_LOW', 'unitCost', 'Value 0 of unitCost is too low for manual bidding');
}

function checkLocale(checks: Checks, locale: unknown): void {
  if (!given(locale)) return checks.missing('locale');
  const { country, language } = isRecord(locale) ? locale : {};
  if (!/^[A-Z]{2}$/.test(String(country))) checks.invalid('locale/country', country ?? null);
  if (!/^[a-z]{2}$/.test(String(language))) checks.invalid('locale/language', language ?? null);
}

/** [D] 5,000 campaigns per account, 1,000 of them active, 2,000 per group; the code for it is [K]. */
function checkCounts(world: LiWorld, checks: Checks, account: LiObject, entity: Json, before: LiObject | null): void {
  const { campaignsPerAccount, activeCampaignsPerAccount, campaignsPerGroup } = world.settings;
  // Counting all of an account is dear, so only where a limit can be near.
  const ever = world.store.inAccount('campaign', account.id);
  if (ever.length < Math.min(campaignsPerAccount, activeCampaignsPerAccount, campaignsPerGroup)) return;
  const living = ever.filter((one) => one !== before && statusOf(world, one) !== 'REMOVED');
  const tooMany = (path: string, most: number): void =>
    checks.add('FIELD_VALUE_TOO_HIGH', path, `The number of campaigns exceeds the maximum of ${most}`);
  const active = living.filter((one) => statusOf(world, one) === 'ACTIVE').length;
  if (entity['status'] === 'ACTIVE' && active >= activeCampaignsPerAccount) tooMany('status', activeCampaignsPerAccount);
  if (before !== null) return;
  if (living.length >= campaignsPerAccount) tooMany('account', campaignsPerAccount);
  if (living.filter((one) => one.fields['campaignGroup'] === entity['campaignGroup']).length >= campaignsPerGroup) {
    tooMany('campaignGroup', campaignsPerGroup);
  }
}

/** A campaign for conversions needs one that it counts before it may run. */
function checkConversion(world: LiWorld, checks: Checks, entity: Json, before: LiObject | null): void {
  if (entity['status'] !== 'ACTIVE' || objectiveOf(entity['objectiveType']) !== 'WEBSITE_CONVERSIONS') return;
  const has = before !== null && world.store.all('campaignConversion').some((link) => link.fields['campaign'] === before.urn);
  if (!has)
    checks.add('CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION', 'status', 'Associate a conversion before the campaign is activated');
}

function checkCampaign(world: LiWorld, account: LiObject, entity: Json, before: LiObject | null): void {
  refuseUnknown(entity, new Set([...WRITABLE, ...(before === null ? [] : READ_ONLY)]));
  const checks = new Checks();
  checkAccount(checks, entity, account.urn);
  checkGroupOf(world, checks, account, entity);
  checkName(checks, entity, true);
  checkEnum(checks, entity, 'type', CAMPAIGN_TYPES, true);
  checkEnum(checks, entity, 'costType', COST_TYPES, true);
  checkEnum(checks, entity, 'politicalIntent', POLITICAL_INTENTS, true);
  checkEnum(checks, entity, 'format', FORMATS, false);
  checkEnum(checks, entity, 'optimizationTargetType', OPTIMIZATION_TARGETS, false);
  checkEnum(checks, entity, 'creativeSelection', ['OPTIMIZED', 'ROUND_ROBIN'], false);
  checkEnum(checks, entity, 'pacingStrategy', ['LIFETIME', 'ACCELERATED'], false);
  checkFlag(checks, entity, 'offsiteDeliveryEnabled', true);
  checkFlag(checks, entity, 'audienceExpansionEnabled', false);
  if (!given(entity['objectiveType'])) checks.missing('objectiveType');
  else if (objectiveOf(entity['objectiveType']) === null) checks.invalid('objectiveType', entity['objectiveType']);
  checkLocale(checks, entity['locale']);
  checkSchedule(checks, entity, world.core.now(), before === null);
  checkBudgets(checks, entity, String(account.fields['currency']));
  checkTargeting(world, checks, account.id, entity['targetingCriteria']);
  if (!given(entity['status'])) checks.missing('status');
  else checkStatus(checks, 'status', before === null ? null : statusOf(world, before), entity['status'], CAMPAIGN_STATUSES);
  if (before === null && account.fields['status'] !== 'ACTIVE') {
    checks.add('FIELD_VALUE_NOT_ACTIVE', 'account', `${account.urn} in account is not active`);
  }
  if (!checks.hasFound) {
    checkConfiguration(checks, entity);
    checkCounts(world, checks, account, entity, before);
    checkConversion(world, checks, entity, before);
  }
  checks.done();
}

/** Written down when the caller says nothing [D/K]. */
const DEFAULTS = {
  audienceExpansionEnabled: false,
  creativeSelection: 'OPTIMIZED',
  optimizationTargetType: 'NONE',
  pacingStrategy: 'LIFETIME',
};

/** The plan's `enhancementFlip`: the platform widens the audience although it was told not to. */
function flipped(world: LiWorld, entity: Json, call: LiCall): Json {
  const share = world.core.faults.plan.enhancementFlip ?? 0;
  const isFlipped =
    share > 0 && world.core.faults.covers('linkedin') && world.core.faults.roll(`linkedin flip ${elementKey(world, call, entity)}`) < share;
  return isFlipped ? { audienceExpansionEnabled: true } : {};
}

export function createCampaign(world: LiWorld, account: LiObject, entity: Json, call: LiCall): LiObject {
  checkCampaign(world, account, entity, null);
  const fields = { ...DEFAULTS, ...entity, ...flipped(world, entity, call), test: account.fields['test'] === true };
  return makeObject(world, { kind: 'campaign', type: 'sponsoredCampaign', accountId: account.id, fields }, call);
}

export function changeCampaign(world: LiWorld, account: LiObject, campaign: LiObject, after: Json): void {
  const changes = changedFields(campaign.fields, after);
  const checks = new Checks();
  const isDraft = statusOf(world, campaign) === 'DRAFT';
  for (const name of ['account', ...READ_ONLY])
    if (name in changes) checks.add('FIELD_NOT_ALLOWED', name, `Field ${name} cannot be changed`);
  for (const name of FIXED) {
    if (name in changes && !isDraft && given(campaign.fields[name])) {
      checks.add('FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS', name, `Field ${name} can only be changed in draft`);
    }
  }
  if ('objectiveType' in changes && !isDraft) {
    checks.add('IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE', 'objectiveType', 'The objective cannot be changed');
  }
  checks.done();
  checkCampaign(world, account, after, campaign);
  afterStatus(world, campaign, changes);
  world.store.change(campaign, changes, world.core.now());
  world.core.touch();
}
