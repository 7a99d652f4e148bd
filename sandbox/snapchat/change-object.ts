import { ENTITIES, type EntityKind } from './entities.ts';
import { listed, success } from './envelope.ts';
import { patched } from './json-patch.ts';
import { noteUnknownFields } from './known-fields.ts';
import { applyWhole, parentOfEntity } from './replace-items.ts';
import { badRequest, immutableField, notFound } from './snap-error.ts';
import type { Json } from './store.ts';
import type { Handler } from './world.ts';

const PATCH_TYPE = 'application/json-patch+json';
const READ_ONLY = ['id', 'created_at', 'updated_at'];

/** PATCH of one object: what the patch does not name stays. */
export function patchObject(kind: EntityKind): Handler {
  const entity = ENTITIES[kind];
  return (world, object, call) => {
    if (!call.contentType.startsWith(PATCH_TYPE)) throw badRequest(`The content type must be ${PATCH_TYPE}`);
    const before: Json = { id: object.id, ...object.fields };
    const after = patched(before, call.body);
    const touched = READ_ONLY.find((name) => after[name] !== before[name]);
    if (touched !== undefined) throw immutableField(touched);
    noteUnknownFields(world, kind, after);
    const shown = applyWhole(world, entity, parentOfEntity(world, object), object, after);
    return listed(world, call, entity.plural, entity.singular, [shown]);
  };
}

/**
 * DELETE of a campaign, ad squad or ad. Creatives and media have no such call and stay (guide, endpoints). Unverified [K]: children of
 * what was deleted are still there by id, and say INVALID_EFFECTIVE_DELETED.
 */
export const deleteObject: Handler = (world, object, call) => {
  if (object.deleted) throw notFound(object.id);
  world.store.change(object, { deleted: true }, world.core.now());
  world.core.touch();
  return success(world, call);
};
