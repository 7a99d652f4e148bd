import type { TiktokCall } from './call.ts';
import { amount, flag, list, requiredText, showTime, text, type Params } from './params.ts';
import type { Kind, TiktokObject } from './store.ts';
import { parameterError, refuse } from './tiktok-error.ts';
import type { TiktokWorld } from './world.ts';

/** Unverified [K]: the length, and that emoji are refused. */
const MAX_NAME = 512;
const EMOJI = /\p{Extended_Pictographic}/u;

export function readName(params: Params, name: string): string {
  const value = requiredText(params, name);
  refuse(value.length > MAX_NAME, `${name}: Longer than ${MAX_NAME} characters.`);
  refuse(EMOJI.test(value), `${name}: Must not contain emoji.`);
  return value;
}

/** Ids are text of 19 digits: beyond what a JSON number can hold, as the platform's own are [S/K]. */
export function nextLongId(world: TiktokWorld): string {
  return `1850${world.core.nextId()}`;
}

/** Puts a new object into the world. Lists and name filters see it after the plan's lag, a filter by its id at once. */
export function makeObject(
  world: TiktokWorld,
  kind: Kind,
  advertiserId: string | null,
  fields: Record<string, unknown>,
  call: Pick<TiktokCall, 'requestId'>,
  extra: { id?: string; family?: TiktokObject['family']; createdAt?: number } = {},
): TiktokObject {
  const at = extra.createdAt ?? world.core.now();
  const { faults } = world.core;
  world.core.touch();
  return world.store.add({
    id: extra.id ?? nextLongId(world),
    kind,
    advertiserId,
    family: extra.family ?? null,
    fields,
    createdAt: at,
    updatedAt: at,
    visibleAt: world.core.now() + (faults.covers('tiktok') ? faults.plan.searchLagMs : 0),
    requestId: call.requestId,
    demo: false,
  });
}

/** Changes an object on behalf of a caller, or of a person in the native manager, and writes it into the change log. */
export function changeObject(
  world: TiktokWorld,
  object: TiktokObject,
  changes: Record<string, unknown>,
  source: 'Ads Manager' | 'API' = 'API',
): void {
  const now = world.core.now();
  world.changes.record(object, changes, now, source);
  world.store.change(object, changes, now);
  world.core.touch();
}

export const isDeleted = (object: TiktokObject): boolean => object.fields['operation_status'] === 'DELETE';

/** The parent a create names: it has to be of the same advertiser and the same family, and alive. */
export function readParent(
  world: TiktokWorld,
  advertiserId: string,
  kind: 'adgroup' | 'campaign',
  id: string,
  family: NonNullable<TiktokObject['family']>,
): TiktokObject {
  const parent = world.store.find(kind, id);
  if (parent === undefined || parent.advertiserId !== advertiserId) throw parameterError(`${kind}_id: The ${kind} ${id} does not exist.`);
  refuse(parent.family !== family, `${kind}_id: The ${kind} ${id} is ${family === 'smart' ? 'not ' : ''}an Upgraded Smart+ ${kind}.`);
  refuse(isDeleted(parent), `${kind}_id: The ${kind} ${id} has been deleted.`);
  return parent;
}

/** Children of a parent that still live. */
export function livingChildren(world: TiktokWorld, parent: TiktokObject): TiktokObject[] {
  return world.store.under(parent.id).filter((one) => !isDeleted(one));
}

/** Fields that every answer about a campaign, ad group or ad carries. */
export function times(object: TiktokObject): { create_time: string; modify_time: string } {
  return { create_time: showTime(object.createdAt), modify_time: showTime(object.updatedAt) };
}

/** What a field holds can be told from its name, all over this API; the first pattern that fits decides. */
const KINDS: readonly [RegExp, (params: Params, name: string) => unknown][] = [
  [/(_authorized|_disabled|_enabled|skip_learning_phase)$/, flag],
  [/(_price|_bid|frequency|frequency_schedule|_index|min_budget)$/, amount],
  [/(_groups|_ids|_list|_params|_ranges|_texts|actions|industries|languages|network_types|systems)$/, list],
  [/(_id|_mode|_name|_status|_text|_type|_url|_window|dayparting|deeplink|gender)$/, text],
];

/** Fields of a request that are kept as they were sent, once their kind is right. */
export function keepFields(params: Params, names: readonly string[]): Record<string, unknown> {
  const sent = names.filter((name) => params[name] !== undefined && params[name] !== null);
  for (const name of sent) KINDS.find(([pattern]) => pattern.test(name))?.[1](params, name);
  return Object.fromEntries(sent.map((name) => [name, params[name]]));
}
