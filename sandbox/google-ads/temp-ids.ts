import { refuse, type MutateRequest, type Operation } from './operation.ts';
import type { Fields } from './read-message.ts';
import { parseName, type ResourceType } from './resource-types.ts';

const isTemp = (id: string): boolean => /^-\d+$/.test(id);
const TEMP_NAME = /^customers\/\d+\/[A-Za-z]+\/[^/]*-\d/;

/** Puts real ids where a request named its own new objects by negative numbers. They must have been made before. */
function resolveName(op: Operation, name: string, field: string): string {
  const parsed = parseName(name);
  if (parsed === null) return name;
  const ids = parsed.ids.map((id) => {
    if (!isTemp(id)) return id;
    if (op.request.failedTempIds.has(id))
      throw refuse(
        op,
        'newResourceCreationError',
        'TEMP_ID_RESOURCE_HAD_ERRORS',
        'The temporary id belongs to an object that had errors.',
        field,
        name,
      );
    const real = op.request.tempIds.get(id);
    if (real === undefined) throw refuse(op, 'mutateError', 'RESOURCE_NOT_FOUND', 'Resource was not found.', field, name);
    return real;
  });
  return `customers/${parsed.customerId}/${parsed.collection}/${ids.join('~')}`;
}

function resolveValue(op: Operation, value: unknown, field: string): unknown {
  if (typeof value === 'string') return TEMP_NAME.test(value) ? resolveName(op, value, field) : value;
  if (Array.isArray(value)) return value.map((one) => resolveValue(op, one, field));
  if (typeof value !== 'object' || value === null) return value;
  return resolveFields(op, value as Fields, field);
}

function resolveFields(op: Operation, fields: Fields, place: string): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, resolveValue(op, value, place === '' ? name : place)]));
}

/** Everything a new resource points to, with real ids; its own name is looked at apart. */
export function resolveReferences(op: Operation, fields: Fields): Fields {
  const { resourceName: _own, ...rest } = fields;
  return resolveFields(op, rest, '');
}

/** The name of something that exists already, where it may be one made earlier in this request. */
export const resolveTarget = (op: Operation, name: string): string =>
  TEMP_NAME.test(name) ? resolveName(op, name, 'resource_name') : name;

/** The negative number by which a new resource wants to be known in this request, if it has a say in that. */
export function wantedTempId(op: Operation, type: ResourceType, sent: Fields): string | null {
  const name = sent['resourceName'];
  if (name === undefined || name === '' || !type.idOf.includes('id')) return null;
  const parsed = parseName(String(name));
  if (parsed === null || parsed.collection !== type.collection || parsed.customerId !== op.caller.customerId)
    throw refuse(op, 'requestError', 'RESOURCE_NAME_MALFORMED', 'The resource name is malformed.', 'resource_name', name);
  const own = parsed.ids[type.idOf.indexOf('id')] ?? '';
  if (!isTemp(own))
    throw refuse(
      op,
      'newResourceCreationError',
      'CANNOT_SET_ID_FOR_CREATE',
      'Do not set the id field while creating new objects.',
      'resource_name',
      name,
    );
  if (op.request.tempIds.has(own) || op.request.failedTempIds.has(own))
    throw refuse(
      op,
      'newResourceCreationError',
      'DUPLICATE_TEMP_IDS',
      'Creating more than one object with the same temporary id is not allowed.',
      'resource_name',
      name,
    );
  return own;
}

export const newRequest = (at: number): MutateRequest => ({
  at,
  tempIds: new Map(),
  failedTempIds: new Set(),
  newAssets: new Map(),
  made: [],
});
