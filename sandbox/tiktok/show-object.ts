import { secondaryStatus } from './delivery-status.ts';
import { times } from './make-object.ts';
import type { TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

/** Kept for the imitation itself; no answer shows it. */
const HIDDEN = new Set(['denied']);

const nameOf = (world: TiktokWorld, kind: 'adgroup' | 'campaign', id: unknown): unknown =>
  world.store.find(kind, String(id))?.fields[`${kind}_name`];

/** The key under which each kind carries its id. A Smart+ ad has one of its own, which is no ad id [S/T]. */
export function idKey(object: TiktokObject): string {
  return object.kind === 'ad' && object.family === 'smart' ? 'smart_plus_ad_id' : `${object.kind}_id`;
}

/** A campaign, ad group or ad as create, update and get answer it. */
export function showObject(world: TiktokWorld, object: TiktokObject): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(object.fields).filter(([name]) => !HIDDEN.has(name)));
  const { campaign_id: campaign, adgroup_id: adgroup } = object.fields;
  return {
    [idKey(object)]: object.id,
    ...own,
    ...(campaign === undefined ? {} : { campaign_name: nameOf(world, 'campaign', campaign) }),
    ...(adgroup === undefined ? {} : { adgroup_name: nameOf(world, 'adgroup', adgroup) }),
    secondary_status: secondaryStatus(world, object),
    ...times(object),
  };
}
