import { GraphError, invalidParameter, missingParameter } from './graph-error.ts';

export type Params = Record<string, unknown>;
export type Json = Record<string, unknown>;

function wrongType(name: string, wanted: string): GraphError {
  return new GraphError({ message: `(#100) Param ${name} must be ${wanted}.`, code: 100, blame: name });
}

/** Absent and empty text are the same on the wire. */
export function given(params: Params, name: string): boolean {
  const value = params[name];
  return value !== undefined && value !== null && value !== '';
}

export function text(params: Params, name: string): string | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw wrongType(name, 'a string');
  return value;
}

export function requiredText(params: Params, name: string): string {
  const value = text(params, name);
  if (value === null) throw missingParameter(name);
  return value;
}

/** Whole number, as a number or as digits. Decimals are refused: budgets are minor units. */
export function whole(params: Params, name: string): number | null {
  const value = text(params, name);
  if (value === null) return null;
  if (!/^-?\d{1,15}$/.test(value)) throw wrongType(name, 'an integer');
  return Number(value);
}

/** A moment, as ISO text or epoch seconds, answered in the platform's own shape. */
export function moment(params: Params, name: string): string | null {
  const value = text(params, name);
  if (value === null) return null;
  const at = /^\d{9,11}$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(at)) throw wrongType(name, 'a time');
  return graphTime(at);
}

/** The platform's own shape: no milliseconds, offset without a colon. */
export function graphTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+0000`;
}

export function flag(params: Params, name: string): boolean | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (value === true || value === 'true' || value === 1 || value === '1') return true;
  if (value === false || value === 'false' || value === 0 || value === '0') return false;
  throw wrongType(name, 'a boolean');
}

export function object(params: Params, name: string): Json | null {
  if (!given(params, name)) return null;
  const value = params[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(name, 'an object');
  return value as Json;
}

/** A JSON list; a plain comma list counts too, as in fields=a,b. */
export function list(params: Params, name: string): unknown[] | null {
  if (params[name] === undefined || params[name] === null) return null;
  const value = params[name];
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'string') return value === '' ? [] : value.split(',').map((part) => part.trim());
  throw wrongType(name, 'an array');
}

export function oneOf<T extends string>(params: Params, name: string, allowed: readonly T[]): T | null {
  const value = text(params, name);
  if (value === null) return null;
  if (!(allowed as readonly string[]).includes(value)) {
    throw new GraphError({ message: `(#100) Param ${name} must be one of {${allowed.join(', ')}}`, code: 100, blame: name });
  }
  return value as T;
}

export function requiredOneOf<T extends string>(params: Params, name: string, allowed: readonly T[]): T {
  const value = oneOf(params, name, allowed);
  if (value === null) throw missingParameter(name);
  return value;
}

export function refuse(condition: boolean, message: string, subcode?: number): void {
  if (condition) throw invalidParameter(message, subcode);
}
