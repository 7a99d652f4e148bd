import { isRecord } from './entity-fields.ts';
import type { Json } from './li-call.ts';
import { badRequest } from './li-error.ts';

/** One level of a patch: `$set`, `$delete` and deeper patches by field. */
function applied(entity: Json, patch: Json): Json {
  const result = { ...entity };
  for (const [name, value] of Object.entries(patch)) {
    if (name === '$set' && isRecord(value)) Object.assign(result, value);
    else if (name === '$delete' && Array.isArray(value)) for (const field of value) delete result[String(field)];
    else if (!name.startsWith('$') && isRecord(value)) {
      const inner = result[name];
      result[name] = applied(isRecord(inner) ? inner : {}, value);
    } else throw badRequest(`Invalid patch at ${name}`);
  }
  return result;
}

/** `{patch: {$set: {status: "PAUSED"}}}` over an entity; the result is validated like a new one. */
export function applyPatch(entity: Json, body: Json | null): Json {
  const patch = body?.['patch'];
  if (!isRecord(patch) || Object.keys(patch).length === 0) throw badRequest('A partial update needs a patch');
  return applied(entity, patch);
}

/** Fields whose value differs, undefined for those that went away. */
export function changedFields(before: Json, after: Json): Json {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => [name, after[name]]),
  );
}
