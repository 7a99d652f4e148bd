import { badJson } from './ads-error.ts';
import { enumValues, isMessage, messageOf, type ProtoField } from './proto-schema.ts';

export type Fields = Record<string, unknown>;

interface Violation {
  field: string;
  description: string;
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const INT = /^-?\d+$/;

function wrongValue(place: string, type: string, value: unknown): Violation {
  const url = type.includes('.') ? `type.googleapis.com/google.ads.googleads.v25.${type}` : `TYPE_${type.toUpperCase()}`;
  return { field: place, description: `Invalid value at '${place}' (${url}), ${JSON.stringify(value)}` };
}

/** One value as JSON of protos writes it: int64 as text, enums by name. Numbers of enums are taken, too. */
function readValue(type: string, value: unknown, place: string, wrong: Violation[]): unknown {
  const fail = (): undefined => void wrong.push(wrongValue(place, type, value));
  if (isMessage(type)) return isObject(value) ? readFields(type, value, place, wrong) : fail();
  const values = enumValues(type);
  if (values !== undefined) return typeof value === 'string' && [...values, 'UNSPECIFIED', 'UNKNOWN'].includes(value) ? value : fail();
  switch (type) {
    case 'int64':
      return (typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && INT.test(value))
        ? String(value)
        : fail();
    case 'int32':
      return INT.test(String(value)) ? Number(value) : fail();
    case 'double':
    case 'float':
      return (typeof value === 'number' || typeof value === 'string') && Number.isFinite(Number(value)) ? Number(value) : fail();
    case 'bool':
      return typeof value === 'boolean' ? value : fail();
    case 'bytes':
      return typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value) ? value : fail();
    default:
      return typeof value === 'string' ? value : fail();
  }
}

function readFields(message: string, json: Fields, place: string, wrong: Violation[]): Fields {
  const { byName } = messageOf(message);
  const read: Fields = {};
  const groups = new Map<string, string>();
  for (const [name, value] of Object.entries(json)) {
    const field = byName.get(name);
    const where = place === '' ? name : `${place}.${name}`;
    if (field === undefined) {
      const at = place === '' ? '' : ` at '${place}'`;
      wrong.push({ field: place, description: `Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.` });
      continue;
    }
    if (value === null) continue;
    if (field.o !== undefined) {
      const taken = groups.get(field.o);
      if (taken !== undefined)
        wrong.push({
          field: where,
          description: `Invalid value at '${place}' (oneof), oneof field '${field.o}' is already set. Cannot set '${name}'`,
        });
      groups.set(field.o, name);
    }
    read[field.camel] = readField(field, value, where, wrong);
  }
  return read;
}

function readField(field: ProtoField, value: unknown, place: string, wrong: Violation[]): unknown {
  if (field.r !== 1) {
    if (Array.isArray(value)) {
      wrong.push({
        field: place,
        description: `Invalid JSON payload received. Unknown name "${field.camel}" at '${place}': Proto field is not repeating, cannot start list.`,
      });
      return undefined;
    }
    return readValue(field.t, value, place, wrong);
  }
  if (!Array.isArray(value)) return void wrong.push(wrongValue(place, field.t, value));
  return value.map((one, index) => readValue(field.t, one, `${place}[${index}]`, wrong));
}

/** A request body as its message, in the canonical spelling. Unknown names, values and double oneofs are refused, all at once. */
export function readMessage(message: string, json: unknown): Fields {
  if (!isObject(json)) throw badJson([{ field: '', description: 'Invalid JSON payload received. Expected an object.' }]);
  const wrong: Violation[] = [];
  const read = readFields(message, json, '', wrong);
  if (wrong.length > 0) throw badJson(wrong);
  return read;
}
