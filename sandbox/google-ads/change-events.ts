import type { Operation } from './operation.ts';
import { part } from './operation.ts';
import { typeOf } from './resource-types.ts';
import type { Fields } from './read-message.ts';
import type { Resource } from './store.ts';
import { localTime } from './local-time.ts';
import type { AdsWorld } from './world.ts';

/** Kinds whose changes the platform writes down [S]. */
const WATCHED = new Set([
  'campaign',
  'campaign_budget',
  'campaign_criterion',
  'campaign_asset',
  'ad_group',
  'ad_group_ad',
  'ad_group_asset',
  'ad_group_criterion',
  'asset',
  'customer_asset',
]);

export type ClientType = 'GOOGLE_ADS_API' | 'GOOGLE_ADS_WEB_CLIENT';

interface Change {
  customerId: string;
  email: string;
  client: ClientType;
  index: number;
  requestId: string;
  before: Resource | null;
  after: Resource | null;
  /** Changed fields in GAQL spelling; empty: all of the resource. */
  paths: string[];
}

const at = (fields: Fields, path: string): unknown => path.split('.').reduce<unknown>((value, name) => part(value)[camel(name)], fields);
const camel = (snake: string): string => snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function only(fields: Fields, paths: string[]): Fields {
  const shown: Fields = {};
  for (const path of paths) {
    const names = path.split('.').map(camel);
    const last = names.pop() ?? '';
    let place = shown;
    for (const name of names) place = (place[name] ??= {}) as Fields;
    place[last] = at(fields, path);
  }
  return shown;
}

export function writeChange(world: AdsWorld, change: Change): void {
  const subject = change.after ?? change.before;
  if (subject === null || !WATCHED.has(subject.type)) return;
  const { core, store } = world;
  const now = core.now();
  const zone = String(store.get(`customers/${change.customerId}`)?.fields['timeZone']);
  const micros = `${now}${String(change.index % 1000).padStart(3, '0')}`;
  const name = `customers/${change.customerId}/changeEvents/${micros}~${core.nextId('8')}~${change.index}`;
  const type = typeOf(subject.type);
  const paths =
    change.paths.length > 0
      ? change.paths
      : Object.keys(subject.fields)
          .filter((one) => one !== 'resourceName')
          .map((one) => one.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const hold = (resource: Resource | null): Fields => (resource === null ? {} : { [type.camel]: only(resource.fields, paths) });
  store.put({
    name,
    type: 'change_event',
    customerId: change.customerId,
    keys: [],
    createdAt: now,
    visibleAt: now + core.faults.plan.searchLagMs,
    requestId: change.requestId,
    demo: false,
    fields: {
      resourceName: name,
      changeDateTime: `${localTime(zone, now)}.${micros.slice(-6)}`,
      changeResourceType: subject.type.toUpperCase(),
      changeResourceName: subject.name,
      clientType: change.client,
      userEmail: change.email,
      oldResource: hold(change.before),
      newResource: hold(change.after),
      resourceChangeOperation: change.before === null ? 'CREATE' : change.after === null ? 'REMOVE' : 'UPDATE',
      changedFields: paths.map((path) => path.split('.').map(camel).join('.')).join(','),
      ...(subject.type === 'campaign'
        ? { campaign: subject.name }
        : subject.fields['campaign'] === undefined
          ? {}
          : { campaign: subject.fields['campaign'] }),
      ...(subject.type === 'ad_group'
        ? { adGroup: subject.name }
        : subject.fields['adGroup'] === undefined
          ? {}
          : { adGroup: subject.fields['adGroup'] }),
    },
  });
}

export function recordChange(op: Operation, before: Resource | null, after: Resource | null, paths: string[]): void {
  const { customerId, email, requestId } = op.caller;
  writeChange(op.world, { customerId, email, requestId, client: 'GOOGLE_ADS_API', index: op.index, before, after, paths });
}
