import { LEAST_ADGROUP_BUDGET, LEAST_CAMPAIGN_BUDGET } from './budgets.ts';
import { AD_FIELDS, readCreative } from './create-ads.ts';
import { readSmartContent } from './create-smart-ad.ts';
import { changeObject, isDeleted, keepFields, readName, readParent } from './make-object.ts';
import { amount, flag, given, moment, object, objects, requiredText, showTime, type Params } from './params.ts';
import { showObject } from './show-object.ts';
import type { Family, TiktokObject } from './store.ts';
import { checkTargeting, TARGETING_FIELDS } from './targeting.ts';
import { missingField, parameterError, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

function readOwn(world: TiktokWorld, advertiserId: string, kind: 'ad' | 'adgroup' | 'campaign', id: string, family: Family): TiktokObject {
  const found = world.store.find(kind, id);
  if (found === undefined || found.advertiserId !== advertiserId || found.family !== family)
    throw parameterError(`The ${kind} ${id} does not exist.`);
  refuse(isDeleted(found), `The ${kind} ${id} has been deleted.`);
  return found;
}

/** A new sum in the mode the object already has. */
function budgetChange(object_: TiktokObject, params: Params, least: number): Record<string, unknown> {
  const value = amount(params, 'budget');
  if (value === null) return {};
  refuse(
    (object_.fields['budget_mode'] ?? 'BUDGET_MODE_INFINITE') === 'BUDGET_MODE_INFINITE' && value > 0,
    'budget: The budget is not set on this level.',
  );
  refuse(value < least, `budget: Must be at least ${least}.`);
  return { budget: value };
}

const updateCampaign =
  (family: Family): Handler =>
  (world, { params }, { advertiserId }) => {
    const campaign = readOwn(world, advertiserId, 'campaign', requiredText(params, 'campaign_id'), family);
    changeObject(world, campaign, {
      ...(given(params, 'campaign_name') ? { campaign_name: readName(params, 'campaign_name') } : {}),
      ...budgetChange(campaign, params, LEAST_CAMPAIGN_BUDGET),
      ...keepFields(params, ['po_number', 'special_industries']),
    });
    return showObject(world, campaign);
  };

const CHANGEABLE = [
  'bid_price',
  'bid_type',
  'comment_disabled',
  'conversion_bid_price',
  'dayparting',
  'pacing',
  'roas_bid',
  'share_disabled',
] as const;

/** The times of an ad group that already started stay where they were; only its end moves [K]. */
function scheduleChange(world: TiktokWorld, adgroup: TiktokObject, params: Params): Record<string, string> {
  const start = moment(params, 'schedule_start_time');
  const end = moment(params, 'schedule_end_time');
  const oldStart = Date.parse(`${String(adgroup.fields['schedule_start_time']).replace(' ', 'T')}Z`);
  refuse(start !== null && start !== oldStart && oldStart <= world.core.now(), 'schedule_start_time: The ad group has already started.');
  refuse(end !== null && end <= world.core.now(), 'schedule_end_time: Must be later than now.');
  return {
    ...(start === null ? {} : { schedule_start_time: showTime(start) }),
    ...(end === null ? {} : { schedule_end_time: showTime(end) }),
  };
}

const updateAdgroup =
  (family: Family): Handler =>
  (world, { params }, { advertiserId }) => {
    const adgroup = readOwn(world, advertiserId, 'adgroup', requiredText(params, 'adgroup_id'), family);
    const spec = object(params, 'targeting_spec');
    const targeting: Params =
      family === 'smart'
        ? { ...(adgroup.fields['targeting_spec'] as Params), ...spec }
        : { ...keepFields(adgroup.fields, TARGETING_FIELDS), ...keepFields(params, TARGETING_FIELDS) };
    checkTargeting(world, advertiserId, targeting);
    changeObject(world, adgroup, {
      ...(given(params, 'adgroup_name') ? { adgroup_name: readName(params, 'adgroup_name') } : {}),
      ...budgetChange(adgroup, params, LEAST_ADGROUP_BUDGET),
      ...scheduleChange(world, adgroup, params),
      ...keepFields(params, CHANGEABLE),
      ...(family === 'smart' ? { targeting_spec: targeting } : targeting),
    });
    return showObject(world, adgroup);
  };

/** POST adgroup/budget/update/: many sums in one call [T]. All or nothing. */
const updateBudgets =
  (family: Family): Handler =>
  (world, { params }, { advertiserId }) => {
    const wishes = objects(params, 'budget') ?? [];
    if (wishes.length === 0) throw missingField('budget');
    const changes = wishes.map((wish) => {
      const adgroup = readOwn(world, advertiserId, 'adgroup', requiredText(wish, 'adgroup_id'), family);
      return { adgroup, fields: budgetChange(adgroup, wish, LEAST_ADGROUP_BUDGET) };
    });
    for (const { adgroup, fields } of changes) changeObject(world, adgroup, fields);
    return {};
  };

/** POST ad/update/: creatives with their ad ids. With `patch_update` what is not named stays; without it the creative is replaced. */
const updateAds: Handler = (world, { params }, { advertiserId }) => {
  const adgroup = readParent(world, advertiserId, 'adgroup', requiredText(params, 'adgroup_id'), 'manual');
  const isPatch = flag(params, 'patch_update') ?? false;
  const creatives = objects(params, 'creatives') ?? [];
  if (creatives.length === 0) throw missingField('creatives');
  const changes = creatives.map((creative) => {
    const ad = readOwn(world, advertiserId, 'ad', requiredText(creative, 'ad_id'), 'manual');
    refuse(ad.fields['adgroup_id'] !== adgroup.id, `ad_id: The ad ${ad.id} is not in this ad group.`);
    const wish = isPatch ? { ...keepFields(ad.fields, AD_FIELDS), ...creative } : creative;
    const name = given(creative, 'ad_name') ? { ad_name: readName(creative, 'ad_name') } : {};
    return { ad, fields: { ...readCreative(world, advertiserId, adgroup, wish), ...name } };
  });
  for (const { ad, fields } of changes) changeObject(world, ad, fields);
  return { ad_ids: changes.map(({ ad }) => ad.id), creatives: changes.map(({ ad }) => showObject(world, ad)) };
};

const updateSmartAd: Handler = (world, { params }, { advertiserId }) => {
  const ad = readOwn(world, advertiserId, 'ad', requiredText(params, 'smart_plus_ad_id'), 'smart');
  const adgroup = readParent(world, advertiserId, 'adgroup', String(ad.fields['adgroup_id']), 'smart');
  changeObject(world, ad, {
    ...(given(params, 'ad_name') ? { ad_name: readName(params, 'ad_name') } : {}),
    ...readSmartContent(world, adgroup, params),
  });
  return showObject(world, ad);
};

export const UPDATE_ROUTES = {
  'POST campaign/update/': updateCampaign('manual'),
  'POST adgroup/update/': updateAdgroup('manual'),
  'POST adgroup/budget/update/': updateBudgets('manual'),
  'POST ad/update/': updateAds,
  'POST smart_plus/campaign/update/': updateCampaign('smart'),
  'POST smart_plus/adgroup/update/': updateAdgroup('smart'),
  'POST smart_plus/adgroup/budget/update/': updateBudgets('smart'),
  'POST smart_plus/ad/update/': updateSmartAd,
};
