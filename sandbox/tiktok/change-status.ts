import type { TiktokCall } from './call.ts';
import { STATUS_CHANGES } from './enums.ts';
import { itemFails } from './item-faults.ts';
import { changeObject, isDeleted } from './make-object.ts';
import { flag, requiredOneOf, requiredText, texts, type Json } from './params.ts';
import { requestKey } from './request-key.ts';
import { idKey } from './show-object.ts';
import type { Family, TiktokObject } from './store.ts';
import { CODES, missingField, parameterError, refuse, TiktokError } from './tiktok-error.ts';
import { Partial20001, type Handler, type TiktokWorld } from './world.ts';

/** Ids per call [S for Smart+, K for the others]. */
const MOST_IDS = 20;

type Launched = 'ad' | 'adgroup' | 'campaign';

/** What keeps one object from taking the status, or null. Setting what already is, is no mistake: a status is a set. */
function problemOf(world: TiktokWorld, advertiserId: string, id: string, kind: Launched, family: Family): string | null {
  const object = world.store.find(kind, id);
  if (object === undefined || object.advertiserId !== advertiserId || object.family !== family) return `The ${kind} ${id} does not exist.`;
  return isDeleted(object) ? `The ${kind} ${id} has been deleted.` : null;
}

function isIgnored(world: TiktokWorld, call: TiktokCall): 'refused' | 'silently' | null {
  const { faults, log } = world.core;
  const { p = 0, silent = false } = faults.plan.statusIgnored ?? {};
  if (p === 0 || !faults.covers('tiktok') || faults.roll(`tiktok status ignored ${requestKey(world, call)}`) >= p) return null;
  log.countFault('tiktok', 'status-ignored');
  return silent ? 'silently' : 'refused';
}

interface Form {
  kind: Launched;
  family: Family;
  /** Name of the list of ids in the request. */
  list: string;
  /** How parts of the list may fail: never [ads], when asked for [T], always [S]. */
  partial: 'asked' | 'never' | 'yes';
  answer(ids: string[], status: string): Json;
}

/**
 * Status of up to 20 objects at once. Deleting a parent leaves its children as they are: their secondary status says why they
 * stand still. Nothing brings a deleted object back.
 */
const changeStatus =
  ({ kind, family, list, partial, answer }: Form): Handler =>
  (world, call, { advertiserId }) => {
    const { params } = call;
    const ids = texts(params, list);
    if (ids === null || ids.length === 0) throw missingField(list);
    refuse(ids.length > MOST_IDS, `${list}: At most ${MOST_IDS}.`, CODES.tooManyIds);
    const status = requiredOneOf(params, 'operation_status', STATUS_CHANGES);
    const mayFail = partial === 'yes' || (partial === 'asked' && flag(params, 'allow_partial_success') === true);

    const problems = new Map<string, string>();
    for (const id of ids) {
      const problem = problemOf(world, advertiserId, id, kind, family);
      if (problem !== null) problems.set(id, problem);
      else if (mayFail && itemFails(world, call, nameOf(world.store.find(kind, id))))
        problems.set(id, 'System error. Please try again later.');
    }
    const [first] = problems.values();
    if (first !== undefined && !mayFail) throw parameterError(`${list}: ${first}`);
    const done = ids.filter((id) => !problems.has(id));
    const ignored = isIgnored(world, call);
    if (ignored === 'refused') throw new TiktokError(CODES.processing, 'The status could not be changed. Please try again later.');
    if (ignored === null) {
      for (const id of done) {
        const object = world.store.find(kind, id);
        if (object !== undefined) changeObject(world, object, { operation_status: status });
      }
    }
    if (problems.size === 0) return { ...answer(done, status), ...(mayFail ? { error_list: [] } : {}) };
    const errors = [...problems].map(([id, error_message]) => ({ [`${kind}_id`]: id, error_message }));
    const data = { ...answer(done, status), error_list: errors };
    if (done.length === 0) throw parameterError(`${list}: ${first ?? ''}`);
    return new Partial20001(data, `Partial success: ${problems.size} of ${ids.length} failed.`);
  };

const nameOf = (object: TiktokObject | undefined): string => String(object?.fields[`${object.kind}_name`]);

const each = (kind: Launched, family: Family) => (ids: string[], status: string) => ({
  [`${kind}_list`]: ids.map((id) => ({ [idKey({ kind, family } as TiktokObject)]: id, status })),
});

/** Shapes: manual [T], Smart+ [S]. */
export const STATUS_ROUTES = {
  'POST campaign/status/update/': changeStatus({
    kind: 'campaign',
    family: 'manual',
    list: 'campaign_ids',
    partial: 'never',
    answer: (ids, status) => ({ campaign_ids: ids, status, ...each('campaign', 'manual')(ids, status) }),
  }),
  'POST adgroup/status/update/': changeStatus({
    kind: 'adgroup',
    family: 'manual',
    list: 'adgroup_ids',
    partial: 'asked',
    answer: (ids, status) => ({ adgroup_ids: ids, status }),
  }),
  'POST ad/status/update/': changeStatus({
    kind: 'ad',
    family: 'manual',
    list: 'ad_ids',
    partial: 'never',
    answer: (ids, status) => ({ ad_ids: ids, status }),
  }),
  'POST smart_plus/campaign/status/update/': changeStatus({
    kind: 'campaign',
    family: 'smart',
    list: 'campaign_ids',
    partial: 'yes',
    answer: each('campaign', 'smart'),
  }),
  'POST smart_plus/adgroup/status/update/': changeStatus({
    kind: 'adgroup',
    family: 'smart',
    list: 'adgroup_ids',
    partial: 'yes',
    answer: each('adgroup', 'smart'),
  }),
  'POST smart_plus/ad/status/update/': changeStatus({
    kind: 'ad',
    family: 'smart',
    list: 'smart_plus_ad_ids',
    partial: 'never',
    answer: (ids, status) => ({ smart_plus_ad_ids: ids, status }),
  }),
};

/** POST smart_plus/ad/material_status/update/: single creatives of one Smart+ ad. Unverified [K]: the answer. */
export const changeMaterialStatus: Handler = (world, { params }, { advertiserId }) => {
  const ad = world.store.find('ad', requiredText(params, 'smart_plus_ad_id'));
  if (ad?.family !== 'smart' || ad.advertiserId !== advertiserId) throw parameterError('smart_plus_ad_id: The ad does not exist.');
  const ids = texts(params, 'ad_material_ids') ?? [];
  const status = requiredOneOf(params, 'operation_status', STATUS_CHANGES);
  const creatives = ad.fields['creative_list'] as Json[];
  for (const id of ids) {
    refuse(!creatives.some((creative) => creative['ad_material_id'] === id), `ad_material_ids: The material ${id} does not exist.`);
  }
  const kept = status === 'DELETE' ? creatives.filter((creative) => !ids.includes(String(creative['ad_material_id']))) : creatives;
  refuse(kept.length === 0, 'ad_material_ids: An ad keeps at least one creative.');
  const next = kept.map((creative) =>
    ids.includes(String(creative['ad_material_id'])) ? { ...creative, material_operation_status: status } : creative,
  );
  changeObject(world, ad, { creative_list: next });
  return { ad_material_ids: ids, status };
};
