import { recordChange } from './change-events.ts';
import { follow, part, refuse, text, type Operation } from './operation.ts';
import { messageOf } from './proto-schema.ts';
import type { Fields } from './read-message.ts';
import { parseName, typeOf, type ResourceType } from './resource-types.ts';
import { checkAd } from './rules/ad-group-ad.ts';
import { RULES } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import type { Resource } from './store.ts';
import { resolveReferences, resolveTarget, wantedTempId } from './temp-ids.ts';
import { applyMask } from './update-mask.ts';

/** Ids of each kind begin with digits of their own, so that a wrong one is seen at once. */
const PREFIXES: Record<string, string | undefined> = {
  campaign: '20',
  ad_group: '16',
  ad_group_ad: '72',
  asset: '31',
  campaign_budget: '13',
  asset_group: '64',
  label: '21',
};

function ruleOf(type: ResourceType): Rule {
  const rule = RULES[type.name];
  if (rule === undefined) throw new Error(`there is no rule for ${type.name}`);
  return rule;
}

/** Last part of the name that a field points to: the id of a parent in the id of a child. */
function idsIn(fields: Fields, camel: string): string {
  const value = String(fields[camel] ?? '');
  return parseName(value)?.ids.join('~') ?? value;
}

function nameOf(op: Operation, type: ResourceType, fields: Fields): { name: string; id: string } {
  const id = type.idOf.includes('id') ? op.world.core.nextId(PREFIXES[type.name] ?? '9') : '';
  const last = type.idOf.map((camel) => (camel === 'id' ? id : idsIn(fields, camel))).join('~');
  return { name: `customers/${op.caller.customerId}/${type.collection}/${last}`, id };
}

/** What the platform sets itself is not taken from a caller; an image's bytes are, although the protos call them output [S]. */
function withoutOutput(type: ResourceType, fields: Fields): Fields {
  const output = new Set(
    messageOf(type.message)
      .fields.filter((field) => field.b === 'OUTPUT_ONLY' && field.camel !== 'imageAsset')
      .map((field) => field.camel),
  );
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !output.has(name)));
}

/** References a kind cannot be named without must exist before its name is made. */
function checkParents(op: Operation, type: ResourceType, fields: Fields): void {
  for (const field of messageOf(type.message).fields) {
    if (!type.idOf.includes(field.camel) || field.ref === undefined) continue;
    follow(op, fields[field.camel], field.snake, field.snake);
  }
}

function create(op: Operation, type: ResourceType, sent: Fields): Resource {
  const rule = ruleOf(type);
  const temp = wantedTempId(op, type, sent);
  if (sent['id'] !== undefined)
    throw refuse(
      op,
      'newResourceCreationError',
      'CANNOT_SET_ID_FOR_CREATE',
      'Do not set the id field while creating new objects.',
      'id',
      sent['id'],
    );
  const fields = withoutOutput(type, resolveReferences(op, sent));
  checkParents(op, type, fields);
  const remember = (name: string): void => {
    if (temp !== null) op.request.tempIds.set(temp, parseName(name)?.ids.at(-1) ?? '');
  };
  const known = rule.same?.(op, fields);
  if (known !== undefined) {
    remember(known.name);
    return known;
  }
  const { name, id } = nameOf(op, type, fields);
  fields['resourceName'] = name;
  if (messageOf(type.message).byName.has('id')) fields['id'] = id;
  rule.create(op, fields);
  const { core } = op.world;
  const made: Resource = {
    name,
    type: type.name,
    customerId: op.caller.customerId,
    fields,
    keys: rule.keys?.(fields, op.caller.customerId) ?? [],
    createdAt: op.request.at,
    visibleAt: op.request.at + core.faults.plan.searchLagMs,
    requestId: op.caller.requestId,
    demo: false,
  };
  op.world.store.put(made);
  op.request.made.push(made);
  remember(name);
  recordChange(op, null, made, []);
  return made;
}

function find(op: Operation, type: ResourceType, name: string): Resource {
  const found = follow(op, resolveTarget(op, name), type.name, 'resource_name');
  return found;
}

function update(op: Operation, type: ResourceType, sent: Fields, mask: unknown): Resource {
  const name = text(sent['resourceName']);
  if (name === null) throw refuse(op, 'requestError', 'RESOURCE_NAME_MISSING', 'Resource name is missing.', 'resource_name');
  const before = find(op, type, name);
  const { after, paths } = applyMask(op, type.message, before.fields, resolveReferences(op, sent), mask);
  const rule = ruleOf(type);
  const fields = { ...after };
  rule.update?.(op, fields, before);
  const changed: Resource = { ...before, fields, keys: rule.keys?.(fields, before.customerId) ?? [] };
  op.world.store.put(changed);
  recordChange(op, before, changed, paths);
  return changed;
}

/** AdService changes the content of an ad; it lives inside the ad group ad that shows it. */
function updateAd(op: Operation, sent: Fields, mask: unknown): Resource {
  const name = resolveTarget(op, String(sent['resourceName'] ?? ''));
  const [holder] = op.world.store.byKey(name);
  if (holder === undefined || holder.customerId !== op.caller.customerId)
    throw refuse(op, 'mutateError', 'RESOURCE_NOT_FOUND', 'Resource was not found.', 'resource_name', name);
  const { after, paths } = applyMask(op, 'resources.Ad', part(holder.fields['ad']), resolveReferences(op, sent), mask);
  checkAd(op, after, 'update');
  const changed: Resource = { ...holder, fields: { ...holder.fields, ad: after } };
  op.world.store.put(changed);
  recordChange(
    op,
    holder,
    changed,
    paths.map((path) => `ad.${path}`),
  );
  return { ...changed, name, type: 'ad', fields: after };
}

function remove(op: Operation, type: ResourceType, name: string): Resource {
  const before = find(op, type, name);
  const rule = ruleOf(type);
  if (rule.removal === undefined)
    throw refuse(
      op,
      'operationAccessDeniedError',
      'REMOVE_OPERATION_NOT_PERMITTED',
      'The remove operation is not allowed for this object.',
      'remove',
    );
  const removed: Resource = { ...before, fields: { ...before.fields, status: 'REMOVED' } };
  removed.keys = rule.keys?.(removed.fields, before.customerId) ?? [];
  if (rule.removal === 'gone') op.world.store.remove(before.name);
  else op.world.store.put(removed);
  rule.removed?.(op, before);
  if (type.name === 'label')
    for (const link of ['campaign_label', 'ad_group_label', 'ad_group_ad_label'])
      for (const one of op.world.store.all(link, before.customerId))
        if (one.fields['label'] === before.name) op.world.store.remove(one.name);
  recordChange(op, before, null, []);
  return removed;
}

/** Makes, changes or removes one thing, as the oneof of the operation says. */
export function runOperation(op: Operation, typeName: string, operation: Fields): Resource {
  const type = typeOf(typeName);
  const { create: made, update: changed, remove: gone, updateMask } = operation;
  const below = (word: string): Operation => ({ ...op, at: [...op.at, { fieldName: word }] });
  if (typeof gone === 'string') return remove(op, type, gone);
  if (changed !== undefined)
    return typeName === 'ad'
      ? updateAd(below('update'), part(changed), updateMask)
      : update(below('update'), type, part(changed), updateMask);
  if (made !== undefined) return create(below('create'), type, part(made));
  throw refuse(op, 'requestError', 'OPERATION_REQUIRED', 'The mutate operation is missing.');
}
