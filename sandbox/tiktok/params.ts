import { missingField, parameterError } from './tiktok-error.ts';

export type Params = Record<string, unknown>;
export type Json = Record<string, unknown>;

const wrong = (name: string, wanted: string): Error => parameterError(`${name}: Not a valid ${wanted}.`);

export function given(params: Params, name: string): boolean {
  const value = params[name];
  return value !== undefined && value !== null && value !== '';
}

export function text(params: Params, name: string): string | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw wrong(name, 'string');
  return value;
}

export function requiredText(params: Params, name: string): string {
  const value = text(params, name);
  if (value === null) throw missingField(name);
  return value;
}

/** Money and bids are decimals in the account's currency, not minor units [S]. */
export function amount(params: Params, name: string): number | null {
  if (!given(params, name)) return null;
  const value = Number(params[name]);
  if (typeof params[name] === 'boolean' || !Number.isFinite(value) || value < 0) throw wrong(name, 'number');
  return value;
}

export function whole(params: Params, name: string): number | null {
  const value = text(params, name);
  if (value === null) return null;
  if (!/^-?\d{1,15}$/.test(value)) throw wrong(name, 'integer');
  return Number(value);
}

export function flag(params: Params, name: string): boolean | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw wrong(name, 'boolean');
}

export function object(params: Params, name: string): Json | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(name, 'object');
  return value as Json;
}

export function list(params: Params, name: string): unknown[] | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (!Array.isArray(value)) throw wrong(name, 'list');
  return value as unknown[];
}

export const texts = (params: Params, name: string): string[] | null => list(params, name)?.map(String) ?? null;

export function objects(params: Params, name: string): Json[] | null {
  const values = list(params, name);
  if (values?.some((value) => typeof value !== 'object' || value === null || Array.isArray(value)) === true) throw wrong(name, 'list');
  return values as Json[] | null;
}

export function oneOf<T extends string>(params: Params, name: string, allowed: readonly T[]): T | null {
  const value = text(params, name);
  if (value === null) return null;
  if (!(allowed as readonly string[]).includes(value)) throw parameterError(`${name}: Must be one of: ${allowed.join(', ')}.`);
  return value as T;
}

export function requiredOneOf<T extends string>(params: Params, name: string, allowed: readonly T[]): T {
  const value = oneOf(params, name, allowed);
  if (value === null) throw missingField(name);
  return value;
}

/** The platform's times: `YYYY-MM-DD HH:MM:SS`, always UTC [K]. */
export function showTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

export function moment(params: Params, name: string): number | null {
  const value = text(params, name);
  if (value === null) return null;
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value)) throw wrong(name, 'datetime (YYYY-MM-DD HH:MM:SS)');
  const at = Date.parse(`${value.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw wrong(name, 'datetime (YYYY-MM-DD HH:MM:SS)');
  return at;
}
