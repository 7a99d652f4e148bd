import { missingField, wrongField } from './snap-error.ts';
import type { Json } from './store.ts';

/** Absent and null are the same: a PUT clears with either. */
export function given(item: Json, name: string): boolean {
  return item[name] !== undefined && item[name] !== null;
}

export function text(item: Json, name: string, most?: number): string | null {
  if (!given(item, name)) return null;
  const value = item[name];
  if (typeof value !== 'string') throw wrongField(name, 'must be a string');
  if (most !== undefined && [...value].length > most) throw wrongField(name, `must not exceed ${most} characters`);
  return value;
}

export function requiredText(item: Json, name: string, most?: number): string {
  const value = text(item, name, most);
  if (value === null || value.trim() === '') throw missingField(name);
  return value;
}

export function oneOf<T extends string>(item: Json, name: string, allowed: readonly T[]): T | null {
  const value = text(item, name);
  if (value === null) return null;
  if (!(allowed as readonly string[]).includes(value)) throw wrongField(name, `must be one of ${allowed.join(', ')}`);
  return value as T;
}

export function requiredOneOf<T extends string>(item: Json, name: string, allowed: readonly T[]): T {
  const value = oneOf(item, name, allowed);
  if (value === null) throw missingField(name);
  return value;
}

/** Micro units of the account's currency: whole and at least `least`. */
export function micro(item: Json, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | null {
  if (!given(item, name)) return null;
  const value = item[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrongField(name, 'must be a whole number of micro units');
  if (value < least) throw wrongField(name, `must be at least ${least}`);
  if (value > most) throw wrongField(name, `must be at most ${most}`);
  return value;
}

/** A moment with an offset, answered in UTC as the platform does. */
export function moment(item: Json, name: string): string | null {
  const value = text(item, name);
  if (value === null) return null;
  const at = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw wrongField(name, 'must be an ISO 8601 time with an offset');
  return new Date(at).toISOString();
}

export function object(item: Json, name: string): Json | null {
  if (!given(item, name)) return null;
  const value = item[name];
  if (!isObject(value)) throw wrongField(name, 'must be an object');
  return value;
}

export function list(item: Json, name: string): unknown[] | null {
  if (!given(item, name)) return null;
  const value = item[name];
  if (!Array.isArray(value)) throw wrongField(name, 'must be an array');
  return value as unknown[];
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objects(item: Json, name: string): Json[] {
  const values = list(item, name) ?? [];
  if (!values.every(isObject)) throw wrongField(name, 'must be an array of objects');
  return values;
}

/** An https address of a length that the platform takes. */
export function httpsUrl(item: Json, name: string, most: number): string {
  const value = requiredText(item, name, most);
  if (!URL.canParse(value) || new URL(value).protocol !== 'https:') throw wrongField(name, 'must be an https address');
  return value;
}

/** Only what has a value. */
export function present(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
