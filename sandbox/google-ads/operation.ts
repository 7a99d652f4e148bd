import { refusal, type AdsError, type AdsProblem, type PathElement } from './ads-error.ts';
import type { Fields } from './read-message.ts';
import { parseName, typeOf } from './resource-types.ts';
import type { Resource } from './store.ts';
import type { AdsWorld, Caller } from './world.ts';

/** One operation of a mutate while it is judged and made. */
export interface Operation {
  world: AdsWorld;
  caller: Caller;
  /** Where it stands in the request; errors point below it. */
  at: PathElement[];
  /** Place in the request, which change events carry. */
  index: number;
  request: MutateRequest;
}

/** What the operations of one request share. */
export interface MutateRequest {
  /** When it was carried out: what it makes is there, and is shown by searches, all at once. */
  at: number;
  /** Temporary number → the id it became. A number may be given once, whatever the kind of resource [K]. */
  tempIds: Map<string, string>;
  /** Temporary numbers whose own operation was refused. */
  failedTempIds: Set<string>;
  /** New assets by content: two of the same content in one request must not differ. */
  newAssets: Map<string, string>;
  /** Resources made by this request, judged once more when all operations are known. */
  made: Resource[];
}

export function refuse(op: Operation, group: string, reason: string, message: string, field?: string, trigger?: unknown): AdsError {
  const more: Partial<AdsProblem> = {
    at: [...op.at, ...(field === undefined ? [] : field.split('.').map((fieldName) => ({ fieldName })))],
    ...(trigger === undefined ? {} : { trigger: String(trigger) }),
  };
  return refusal(group, reason, message, more);
}

export const missing = (op: Operation, field: string): AdsError =>
  refuse(op, 'fieldError', 'REQUIRED', 'The required field was not present.', field);

export function requiredText(op: Operation, fields: Fields, camel: string, snake = camel): string {
  const value = fields[camel];
  if (typeof value !== 'string' || value === '') throw missing(op, snake);
  return value;
}

export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const part = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export function checkLength(op: Operation, value: string, most: number, field: string): void {
  if (value.length > most) throw refuse(op, 'stringLengthError', 'TOO_LONG', 'Too long.', field, value);
}

/** The living resource that a field names, of the expected kind and the same customer. */
export function follow(op: Operation, name: unknown, type: string, field: string): Resource {
  const wanted = text(name);
  if (wanted === null) throw missing(op, field);
  const parsed = parseName(wanted);
  if (parsed === null || parsed.collection !== typeOf(type).collection)
    throw refuse(op, 'requestError', 'RESOURCE_NAME_MALFORMED', `'${wanted}' part of the resource name is invalid.`, field, wanted);
  const found = op.world.store.get(wanted);
  if (found === undefined || found.customerId !== op.caller.customerId)
    throw refuse(op, 'mutateError', 'RESOURCE_NOT_FOUND', 'Resource was not found.', field, wanted);
  if (found.fields['status'] === 'REMOVED')
    throw refuse(
      op,
      'contextError',
      'OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE',
      'The operation is not allowed for removed resources.',
      field,
      wanted,
    );
  return found;
}

/** Refuses when another living resource already uses the name. `key` is what the kind keeps its names under. */
export function unique(
  op: Operation,
  key: string,
  self: string | null,
  group: string,
  reason: string,
  message: string,
  name: string,
): void {
  if (op.world.store.byKey(key).some((one) => one.name !== self)) throw refuse(op, group, reason, message, 'name', name);
}

export function customerOf(op: Operation): Resource {
  const customer = op.world.store.get(`customers/${op.caller.customerId}`);
  if (customer === undefined) throw new Error(`no customer ${op.caller.customerId}`);
  return customer;
}
