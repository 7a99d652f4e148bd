import { checkLength, customerOf, follow, missing, part, refuse, requiredText, text, unique, type Operation } from '../operation.ts';
import { messageOf } from '../proto-schema.ts';
import type { Fields } from '../read-message.ts';
import { localTime } from '../local-time.ts';
import { budgetUsersKey, checkBudgetUse } from './campaign-budget.ts';
import { isRemoved, type Rule } from './rule.ts';
import { checkStatus } from './status.ts';

/**
 * Unverified [K]: which bid strategies each kind of campaign takes, the words of most refusals, and that a removed campaign's
 * name may be used again. [S]: every name of an error.
 */
const STRATEGIES: Record<string, readonly string[] | undefined> = {
  PERFORMANCE_MAX: ['maximizeConversions', 'maximizeConversionValue'],
  DEMAND_GEN: ['maximizeConversions', 'maximizeConversionValue', 'targetCpa', 'targetRoas', 'targetSpend', 'targetCpc'],
};
/** Kinds that the API shows and does not make. */
const READ_ONLY_CHANNELS = new Set(['VIDEO', 'LOCAL', 'MULTI_CHANNEL']);
const NO_SHARED_BUDGET = new Set(['PERFORMANCE_MAX', 'DEMAND_GEN']);

const BIDDING = messageOf('resources.Campaign').fields.filter((field) => field.o === 'campaign_bidding_strategy');
const snakeType = (camel: string): string => camel.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const nameKey = (customerId: string, name: string): string => `campaign ${customerId} ${name}`;
const CAMPAIGN_LIMIT = 10_000;

function checkBidding(op: Operation, fields: Fields): void {
  const set = BIDDING.find((field) => fields[field.camel] !== undefined);
  if (set === undefined) throw missing(op, 'campaign_bidding_strategy');
  const allowed = STRATEGIES[String(fields['advertisingChannelType'])];
  if (allowed !== undefined && !allowed.includes(set.camel))
    throw refuse(
      op,
      'biddingError',
      'INVALID_ANONYMOUS_BIDDING_STRATEGY_TYPE',
      'The bidding strategy type is not allowed for this campaign.',
      set.snake,
    );
  fields['biddingStrategyType'] = snakeType(set.camel);
}

function checkNetworks(op: Operation, fields: Fields): void {
  if (fields['advertisingChannelType'] !== 'SEARCH') return;
  const networks = part(fields['networkSettings']);
  const settings = {
    targetGoogleSearch: true,
    targetSearchNetwork: true,
    targetContentNetwork: false,
    targetPartnerSearchNetwork: false,
    ...networks,
  };
  if (!settings.targetGoogleSearch && settings.targetSearchNetwork)
    throw refuse(
      op,
      'campaignError',
      'CANNOT_TARGET_SEARCH_NETWORK_WITHOUT_GOOGLE_SEARCH',
      'Cannot target the search network without Google Search.',
      'network_settings.target_search_network',
    );
  if (!settings.targetGoogleSearch && !settings.targetContentNetwork)
    throw refuse(
      op,
      'campaignError',
      'CAMPAIGN_MUST_TARGET_AT_LEAST_ONE_NETWORK',
      'The campaign must target at least one network.',
      'network_settings',
    );
  fields['networkSettings'] = settings;
}

const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Kinds that run by whole days [S names of the refusals, K which kinds]. */
const WHOLE_DAYS = new Set(['SEARCH', 'DISPLAY', 'PERFORMANCE_MAX']);

function checkWholeDays(op: Operation, fields: Fields): void {
  if (!WHOLE_DAYS.has(String(fields['advertisingChannelType']))) return;
  const [start, end] = [text(fields['startDateTime']), text(fields['endDateTime'])];
  if (start !== null && !start.endsWith(' 00:00:00'))
    throw refuse(
      op,
      'dateError',
      'DATE_RANGE_ERROR_START_TIME_MUST_BE_THE_START_OF_A_DAY',
      'The start time must be the start of a day.',
      'start_date_time',
      start,
    );
  if (end !== null && !end.endsWith(' 23:59:59'))
    throw refuse(
      op,
      'dateError',
      'DATE_RANGE_ERROR_END_TIME_MUST_BE_THE_END_OF_A_DAY',
      'The end time must be the end of a day.',
      'end_date_time',
      end,
    );
}

/** Times are of the account's own calendar and carry no zone. */
function checkTimes(op: Operation, fields: Fields, before: Fields = {}): void {
  const now = localTime(String(customerOf(op).fields['timeZone']), op.world.core.now());
  for (const [camel, snake] of [
    ['startDateTime', 'start_date_time'],
    ['endDateTime', 'end_date_time'],
  ] as const) {
    const value = text(fields[camel]);
    if (value === null || value === before[camel]) continue;
    if (!MOMENT.test(value) || Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`)))
      throw refuse(
        op,
        'dateError',
        'INVALID_STRING_DATE_TIME_SECONDS',
        'The string date time format should be yyyy-MM-dd HH:mm:ss.',
        snake,
        value,
      );
    // The day counts: a campaign may start on a day that has already begun.
    if (value.slice(0, 10) < now.slice(0, 10))
      throw refuse(op, 'campaignError', 'CANNOT_SET_DATE_TO_PAST', 'Cannot set the date to the past.', snake, value);
  }
  checkWholeDays(op, fields);
  const [start, end] = [text(fields['startDateTime']), text(fields['endDateTime'])];
  if (start !== null && end !== null && end <= start)
    throw refuse(
      op,
      'dateRangeError',
      'START_DATE_AFTER_END_DATE',
      'The end date must not be before the start date.',
      'end_date_time',
      end,
    );
  fields['startDateTime'] ??= `${now.slice(0, 10)} 00:00:00`;
}

function checkName(op: Operation, fields: Fields, self: string | null): void {
  const name = requiredText(op, fields, 'name');
  checkLength(op, name, 255, 'name');
  if (['\0', '\n', '\r'].some((letter) => name.includes(letter)))
    throw refuse(op, 'campaignError', 'INVALID_CAMPAIGN_NAME', 'The campaign name contains NUL, LF or CR.', 'name', name);
  unique(
    op,
    nameKey(op.caller.customerId, name),
    self,
    'campaignError',
    'DUPLICATE_CAMPAIGN_NAME',
    'A campaign with the name already exists in the customer.',
    name,
  );
}

/** Text and pictures that the platform may make by itself: in a Performance Max campaign on unless somebody opts out. */
function fillAutomation(op: Operation, fields: Fields): void {
  const automatic = Array.isArray(fields['assetAutomationSettings']) ? (fields['assetAutomationSettings'] as Fields[]) : [];
  if (automatic.length === 0) return;
  const { enhancementFlip = 0 } = op.world.core.faults.plan;
  if (enhancementFlip === 0 || op.world.core.faults.roll(`google-ads flip ${String(fields['name'])}`) >= enhancementFlip) return;
  op.world.core.log.countFault('google-ads', 'enhancement-flip');
  fields['assetAutomationSettings'] = automatic.map((one, n) => (n === 0 ? { ...one, assetAutomationStatus: 'OPTED_IN' } : one));
}

export const campaign: Rule = {
  create(op, fields) {
    const channel = text(fields['advertisingChannelType']);
    if (channel === null) throw missing(op, 'advertising_channel_type');
    if (READ_ONLY_CHANNELS.has(channel))
      throw refuse(
        op,
        'operationAccessDeniedError',
        'OPERATION_NOT_PERMITTED_FOR_CAMPAIGN_TYPE',
        'The operation is not allowed for this campaign type.',
        'advertising_channel_type',
        channel,
      );
    checkName(op, fields, null);
    if (fields['containsEuPoliticalAdvertising'] === undefined || fields['containsEuPoliticalAdvertising'] === 'UNSPECIFIED')
      throw refuse(
        op,
        'mutateError',
        'EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED',
        'Say whether the campaign contains political advertising in the EU.',
        'contains_eu_political_advertising',
      );
    const budget = follow(op, fields['campaignBudget'], 'campaign_budget', 'campaign_budget');
    checkBudgetUse(op, budget.name, null, !NO_SHARED_BUDGET.has(channel));
    checkStatus(op, fields);
    checkBidding(op, fields);
    checkNetworks(op, fields);
    checkTimes(op, fields);
    if (op.world.store.all('campaign', op.caller.customerId).filter((one) => !isRemoved(one.fields)).length >= CAMPAIGN_LIMIT)
      throw refuse(op, 'resourceCountLimitExceededError', 'ACCOUNT_LIMIT', 'The account has too many campaigns.');
    fields['adServingOptimizationStatus'] ??= 'OPTIMIZE';
    fields['paymentMode'] ??= 'CLICKS';
    fields['experimentType'] = 'BASE';
    fields['baseCampaign'] = fields['resourceName'];
    fillAutomation(op, fields);
  },
  update(op, fields, before) {
    checkName(op, fields, before.name);
    checkStatus(op, fields);
    checkBidding(op, fields);
    checkTimes(op, fields, before.fields);
    const budget = follow(op, fields['campaignBudget'], 'campaign_budget', 'campaign_budget');
    checkBudgetUse(op, budget.name, before.name, !NO_SHARED_BUDGET.has(String(fields['advertisingChannelType'])));
  },
  keys: (fields, customerId) =>
    isRemoved(fields) ? [] : [nameKey(customerId, String(fields['name'])), budgetUsersKey(String(fields['campaignBudget']))],
  removal: 'status',
  removed(op, before) {
    const budget = op.world.store.get(String(before.fields['campaignBudget']));
    // A budget of one campaign goes with it.
    if (budget?.fields['explicitlyShared'] === false)
      op.world.store.put({ ...budget, fields: { ...budget.fields, status: 'REMOVED' }, keys: [] });
  },
};
