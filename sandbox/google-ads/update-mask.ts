import { refuse, part, type Operation } from './operation.ts';
import { isMessage, messageOf, type ProtoField } from './proto-schema.ts';
import type { Fields } from './read-message.ts';

/** The fields along one path of a mask, or undefined when the message has no such field. */
function walk(message: string, path: string): ProtoField[] | undefined {
  const found: ProtoField[] = [];
  let at: string | null = message;
  for (const name of path.split('.')) {
    const field: ProtoField | undefined = at === null ? undefined : messageOf(at).byName.get(name);
    if (field === undefined) return undefined;
    found.push(field);
    at = field.r !== 1 && isMessage(field.t) ? field.t : null;
  }
  return found;
}

/** Sets one path in a copy; what is not sent is cleared, and a newly set member of a oneof clears its siblings. */
function setPath(target: Fields, sent: Fields, message: string, path: ProtoField[]): Fields {
  const [field, ...rest] = path;
  if (field === undefined) return target;
  const next = { ...target };
  if (field.o !== undefined)
    for (const other of messageOf(message).fields) if (other.o === field.o && other.camel !== field.camel) delete next[other.camel];
  const value = rest.length === 0 ? sent[field.camel] : setPath(part(target[field.camel]), part(sent[field.camel]), field.t, rest);
  if (value === undefined) delete next[field.camel];
  else next[field.camel] = value;
  return next;
}

/** What an update makes of a resource. The mask decides; the rest of what was sent is ignored. */
export function applyMask(op: Operation, message: string, before: Fields, sent: Fields, mask: unknown): { after: Fields; paths: string[] } {
  const paths =
    typeof mask === 'string'
      ? mask
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== '')
      : [];
  if (paths.length === 0)
    throw refuse(op, 'fieldMaskError', 'FIELD_MASK_MISSING', 'The field mask must be provided for update operations.', 'update_mask');
  let after = before;
  for (const path of paths) {
    const fields = walk(message, path);
    const last = fields?.at(-1);
    if (fields === undefined || last === undefined)
      throw refuse(op, 'fieldMaskError', 'FIELD_NOT_FOUND', `The field mask contained an invalid field: '${path}'.`, 'update_mask', path);
    // Unverified [K]: what may not be set is refused with the same reason as what may not change.
    if (fields.some((field) => field.b === 'IMMUTABLE' || field.b === 'OUTPUT_ONLY'))
      throw refuse(op, 'fieldError', 'IMMUTABLE_FIELD', 'The field cannot be modified.', `update.${path}`, path);
    const value = fields.reduce<unknown>((at, field) => part(at)[field.camel], sent);
    if (last.r !== 1 && isMessage(last.t) && Object.keys(part(value)).length > 0)
      throw refuse(
        op,
        'fieldMaskError',
        'FIELD_HAS_SUBFIELDS',
        `The field mask updated a field with subfields: '${path}'.`,
        'update_mask',
        path,
      );
    after = setPath(after, sent, message, fields);
  }
  return { after, paths: paths.map((path) => (walk(message, path) ?? []).map((field) => field.snake).join('.')) };
}
