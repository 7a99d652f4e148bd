import { isDeepStrictEqual } from 'node:util';
import { itemsOf, runItems } from './array-call.ts';
import { parentOf } from './delivery-status.ts';
import { ENTITIES, type Entity, type EntityKind } from './entities.ts';
import { noteUnknownFields } from './known-fields.ts';
import { given } from './read-fields.ts';
import { renderObject } from './render-object.ts';
import { immutableField, ItemError, unknownItem } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { Handler, SnapWorld } from './world.ts';

/** PUT to the parent: each item is a whole object, and what it leaves out is cleared (guide, traps [K]). */
export function replaceItems(kind: EntityKind): Handler {
  const entity = ENTITIES[kind];
  return (world, parent, call) =>
    runItems(world, call, entity, itemsOf(call, entity), (item) => {
      noteUnknownFields(world, kind, item);
      const object = world.store.find(kind, item['id']);
      if (object === undefined || object.deleted || object.fields[entity.parent] !== parent.id) throw unknownItem(kind, item['id']);
      return applyWhole(world, entity, parent, object, item);
    });
}

export function parentOfEntity(world: SnapWorld, object: SnapObject): SnapObject {
  const parent = object.kind === 'creative' ? world.store.find('adaccount', object.accountId) : parentOf(world, object);
  if (parent === undefined) throw new Error(`${object.kind} ${object.id} has lost its parent`);
  return parent;
}

/** Leaves the object as the item says, or throws ItemError and changes nothing. */
export function applyWhole(world: SnapWorld, entity: Entity, parent: SnapObject, object: SnapObject, item: Json): Json {
  for (const name of entity.immutable) {
    if (given(item, name) && object.fields[name] !== undefined && !isDeepStrictEqual(item[name], object.fields[name]))
      throw immutableField(name);
  }
  const kept = Object.fromEntries(entity.immutable.map((name) => [name, item[name] ?? object.fields[name]]));
  const fields = entity.check(world, parent, { ...item, ...kept });
  if (fields['status'] !== object.fields['status'] && isStatusIgnored(world, object)) fields['status'] = object.fields['status'];
  const hidden = needsReview(object, fields) ? { ...object.hidden, verdict: undefined, reviewFrom: world.core.now() } : object.hidden;
  world.store.change(object, { fields, hidden }, world.core.now());
  world.core.touch();
  return renderObject(world, object);
}

/** An edited creative, or an ad that shows another one, is looked at again [T]. */
function needsReview(object: SnapObject, fields: Json): boolean {
  if (object.kind === 'creative') return !isDeepStrictEqual(fields, object.fields);
  return object.kind === 'ad' && fields['creative_id'] !== object.fields['creative_id'];
}

function isStatusIgnored(world: SnapWorld, object: SnapObject): boolean {
  const { faults, log } = world.core;
  const { p = 0, silent = false } = faults.plan.statusIgnored ?? {};
  if (p === 0 || !faults.covers('snapchat')) return false;
  if (faults.roll(`snapchat status ignored ${object.kind} ${String(object.fields['name'])}`) >= p) return false;
  log.countFault('snapchat', 'status-ignored');
  if (!silent) throw new ItemError('E4001', 'Internal error', 'status');
  return true;
}
