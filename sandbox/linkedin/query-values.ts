import type { LiCall } from './li-call.ts';
import { badRequest } from './li-error.ts';
import type { RestliRecord, RestliValue } from './restli.ts';

/** Parameters every call may carry. */
const COMMON = new Set(['q', 'fields', 'projection', 'ids', 'action']);

/** The platform refuses what it does not know; the dotted names of protocol 1.0 are among it. */
export function allowOnly(call: LiCall, names: readonly string[]): void {
  for (const name of call.query.keys()) {
    if (!COMMON.has(name) && !names.includes(name)) throw badRequest(`Query parameter ${name} is not allowed`);
  }
}

export function textOf(call: LiCall, name: string): string | null {
  const value = call.query.get(name);
  if (value === undefined) return null;
  if (typeof value !== 'string') throw badRequest(`Parameter '${name}' must be a string`);
  return value;
}

export function requiredText(call: LiCall, name: string): string {
  const value = textOf(call, name);
  if (value === null || value === '') throw badRequest(`Parameter '${name}' is required`);
  return value;
}

const asTexts = (value: RestliValue, name: string): string[] => {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw badRequest(`Parameter '${name}' must be a List(...)`);
  return value as string[];
};

export function listOf(call: LiCall, name: string): string[] | null {
  const value = call.query.get(name);
  return value === undefined ? null : asTexts(value, name);
}

export function recordOf(call: LiCall, name: string): RestliRecord | null {
  const value = call.query.get(name);
  if (value === undefined) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest(`Parameter '${name}' must be a record (key:value)`);
  return value;
}

/** `(values:List(a,b))` of one search criterion; a bare word counts as one value, as for `test:true`. */
export function criterion(value: RestliValue, name: string): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return asTexts(value, name);
  return asTexts(value['values'] ?? '', `${name}.values`);
}

export function wholeOf(call: LiCall, name: string, least: number, most: number): number | null {
  const value = textOf(call, name);
  if (value === null) return null;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (number > most) throw badRequest(`Specified ${name} is larger than ${most}`);
  if (!(number >= least)) throw badRequest(`Parameter '${name}' is invalid`);
  return number;
}
