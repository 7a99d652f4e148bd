import { primaryStatus, secondaryStatus } from './delivery-status.ts';
import { makePage, readPage } from './paging.ts';
import { moment, object, text, texts, type Json } from './params.ts';
import { idKey, showObject } from './show-object.ts';
import type { Family, TiktokObject } from './store.ts';
import { CODES, parameterError, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

type Launched = 'ad' | 'adgroup' | 'campaign';

/** Ids per filter. Unverified [K]. */
const MOST_IDS = 100;

const SHARED = ['creation_filter_end_time', 'creation_filter_start_time', 'objective_type', 'primary_status', 'secondary_status'];
/** Filters by path [S]. Smart+ ads know none by name. */
const FILTERS: Record<Family, Record<Launched, string[]>> = {
  manual: {
    campaign: [...SHARED, 'buying_types', 'campaign_ids', 'campaign_name', 'campaign_type', 'optimization_goal'],
    adgroup: [...SHARED, 'adgroup_ids', 'adgroup_name', 'buying_types', 'campaign_ids', 'optimization_goal', 'promotion_type'],
    ad: [...SHARED, 'ad_ids', 'ad_name', 'adgroup_ids', 'buying_types', 'campaign_ids', 'modified_after', 'optimization_goal'],
  },
  smart: {
    campaign: [...SHARED, 'campaign_ids', 'campaign_name'],
    adgroup: [...SHARED, 'adgroup_ids', 'adgroup_name', 'campaign_ids', 'optimization_goal', 'promotion_type'],
    ad: [...SHARED, 'adgroup_ids', 'campaign_ids', 'modified_after', 'optimization_goal', 'smart_plus_ad_ids'],
  },
};

function inherited(world: TiktokWorld, one: TiktokObject, field: string): unknown {
  const own = one.fields[field];
  if (own !== undefined) return own;
  for (const kind of ['adgroup', 'campaign'] as const) {
    const above = world.store.find(kind, String(one.fields[`${kind}_id`]))?.fields[field];
    if (above !== undefined) return above;
  }
  return undefined;
}

type Test = (world: TiktokWorld, one: TiktokObject) => boolean;

function idTest(filtering: Json, name: string, idOf: (one: TiktokObject) => unknown): Test[] {
  const wanted = texts(filtering, name);
  if (wanted === null) return [];
  refuse(wanted.length > MOST_IDS, `filtering.${name}: At most ${MOST_IDS}.`, CODES.tooManyIds);
  return [(_world, one) => wanted.includes(String(idOf(one)))];
}

function nameTest(filtering: Json, kind: Launched): Test[] {
  const wanted = text(filtering, `${kind}_name`);
  if (wanted === null) return [];
  return [
    (world, one) => {
      const name = String(one.fields[`${kind}_name`]);
      return world.settings.nameFilter === 'exact' ? name === wanted : name.toLowerCase().includes(wanted.toLowerCase());
    },
  ];
}

function timeTests(filtering: Json): Test[] {
  const since = moment(filtering, 'creation_filter_start_time');
  const until = moment(filtering, 'creation_filter_end_time');
  const modified = moment(filtering, 'modified_after');
  const second = (at: number): number => Math.floor(at / 1000) * 1000;
  return [
    (_world, one) => since === null || second(one.createdAt) >= since,
    (_world, one) => until === null || second(one.createdAt) <= until,
    (_world, one) => modified === null || second(one.updatedAt) >= modified,
  ];
}

/** Deleted objects are left out unless asked for [S: STATUS_NOT_DELETE]. */
function statusTests(filtering: Json): Test[] {
  const primary = text(filtering, 'primary_status') ?? 'STATUS_NOT_DELETE';
  const secondary = text(filtering, 'secondary_status');
  return [
    (world, one) => {
      if (primary === 'STATUS_ALL') return true;
      const status = primaryStatus(world, one);
      return primary === 'STATUS_NOT_DELETE' ? status !== 'STATUS_DELETE' : status === primary;
    },
    (world, one) => secondary === null || secondary.endsWith('_ALL') || secondaryStatus(world, one) === secondary,
  ];
}

function readTests(filtering: Json, kind: Launched, family: Family): { tests: Test[]; byId: boolean } {
  for (const name of Object.keys(filtering)) {
    if (!FILTERS[family][kind].includes(name)) throw parameterError(`filtering.${name}: Unknown field.`);
  }
  const ownList = kind === 'ad' && family === 'smart' ? 'smart_plus_ad_ids' : `${kind}_ids`;
  const above = (['campaign', 'adgroup'] as const).filter((one) => one !== kind);
  const equal = ['objective_type', 'optimization_goal', 'promotion_type'].flatMap((name): Test[] => {
    const wanted = text(filtering, name);
    return wanted === null ? [] : [(world, one) => inherited(world, one, name) === wanted];
  });
  return {
    byId: texts(filtering, ownList) !== null,
    tests: [
      ...idTest(filtering, ownList, (one) => one.id),
      ...above.flatMap((one) => (kind === 'campaign' ? [] : idTest(filtering, `${one}_ids`, (child) => child.fields[`${one}_id`]))),
      ...nameTest(filtering, kind),
      ...timeTests(filtering),
      ...statusTests(filtering),
      ...equal,
    ],
  };
}

/** GET …/get/: newest first, by page. An object that was just made is missing for a while, except to who asks by its id. */
const listing =
  (kind: Launched, family: Family, mostPerPage = 1000): Handler =>
  (world, { params }, { advertiserId }) => {
    const filtering = object(params, 'filtering') ?? {};
    const { tests, byId } = readTests(filtering, kind, family);
    const wish = readPage(params, mostPerPage);
    const fields = texts(params, 'fields');
    const now = world.core.now();
    const found = world.store
      .of(kind, advertiserId)
      .filter((one) => one.family === family && (byId || one.visibleAt <= now) && tests.every((test) => test(world, one)))
      .toReversed();
    const page = makePage(found, wish);
    return {
      list: page.items.map((one) => {
        const shown = showObject(world, one);
        if (fields === null) return shown;
        const wanted = new Set([...fields, idKey(one)]);
        return Object.fromEntries(Object.entries(shown).filter(([name]) => wanted.has(name)));
      }),
      page_info: page.page_info,
    };
  };

export const LIST_ROUTES = {
  'GET campaign/get/': listing('campaign', 'manual'),
  'GET adgroup/get/': listing('adgroup', 'manual'),
  'GET ad/get/': listing('ad', 'manual'),
  'GET smart_plus/campaign/get/': listing('campaign', 'smart'),
  'GET smart_plus/adgroup/get/': listing('adgroup', 'smart'),
  'GET smart_plus/ad/get/': listing('ad', 'smart', 100),
};

/** GET adgroup/quota/: how many ad groups are left to the account. Unverified [K]: the number itself. */
const ADGROUP_QUOTA = 20_000;

export const readAdgroupQuota: Handler = (world, _call, { advertiserId }) => ({
  total_adgroup_quota: ADGROUP_QUOTA,
  used_adgroup_quota: world.store.of('adgroup', advertiserId).filter((one) => one.fields['operation_status'] !== 'DELETE').length,
});
