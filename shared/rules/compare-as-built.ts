import { canonicalJson } from './canonical-json.ts';

/**
 * Read-back: what we asked for against what the platform says exists, field by field. Any drift keeps the spend gate of the subtree
 * shut until it is fixed or accepted. Source: launching guide §10.
 */
export type FieldRule =
  | { rule: 'equal' }
  /** Equal after both sides went through the same function (number spellings, order of a set, default switches). */
  | { rule: 'normalised'; normalise: (value: unknown) => unknown }
  /** The platform decides this one; read, kept, never compared. */
  | { rule: 'platform-owned' };

export interface Drift {
  field: string;
  planned: unknown;
  /** Undefined when the platform did not return the field. */
  asBuilt: unknown;
}

export interface Comparison {
  matches: boolean;
  drift: Drift[];
  /** Fields that were compared, so that a receipt can say what "matches" covers. */
  compared: string[];
}

/**
 * @param planned flat fields we set; every one needs a rule
 * @param asBuilt flat fields read back; extra ones are ignored
 * @throws RangeError when a field we set has no rule: an unchecked field must be a decision, not an oversight
 */
export function compareAsBuilt(
  planned: Readonly<Record<string, unknown>>,
  asBuilt: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, FieldRule>>,
): Comparison {
  const drift: Drift[] = [];
  const compared: string[] = [];
  for (const field of Object.keys(planned).toSorted()) {
    const rule = rules[field];
    if (rule === undefined) throw new RangeError(`no comparison rule for the field ${field}`);
    if (rule.rule === 'platform-owned') continue;
    compared.push(field);
    if (!sameValue(planned[field], asBuilt[field], rule)) drift.push({ field, planned: planned[field], asBuilt: asBuilt[field] });
  }
  return { matches: drift.length === 0, drift, compared };
}

function sameValue(planned: unknown, asBuilt: unknown, rule: FieldRule): boolean {
  if (rule.rule === 'equal') return spelling(planned) === spelling(asBuilt);
  if (rule.rule === 'normalised') return spelling(rule.normalise(planned)) === spelling(rule.normalise(asBuilt));
  return true;
}

function spelling(value: unknown): string {
  return value === undefined ? 'undefined' : canonicalJson(value);
}

/** "1500" and 1500 are the same amount; anything that is not an integer stays as it is. */
export function asInteger(value: unknown): unknown {
  return (typeof value === 'number' || typeof value === 'string') && /^-?\d+$/.test(String(value)) ? String(BigInt(value)) : value;
}

/** Lists whose order means nothing. */
export function asSet(value: unknown): unknown {
  return Array.isArray(value) ? value.map(spelling).toSorted() : value;
}

/** "2026-11-20T10:00:00+0100" and "2026-11-20T09:00:00.000Z" are the same instant. */
export function asInstant(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const ms = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(ms) ? value : new Date(ms).toISOString();
}

/** "https://example.com" and "https://example.com/" are the same page; what is no address stays as it is. */
export function asAddress(value: unknown): unknown {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return value;
  return URL.canParse(value) ? new URL(value).href : value;
}

/** Line ends and outer white space, which platforms tidy up by themselves. Words are never touched. */
export function asText(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim().normalize('NFC') : value;
}

/** Null, missing and empty mean the same for fields a platform leaves out when they are not set. */
export function emptyAsNull(value: unknown): unknown {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** Switches by name → sorted names that are on: a switch nobody asked for that came on is drift, one that is absent is off. */
export function switchesOn(value: unknown): unknown {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.entries(value)
    .filter(([, on]) => on === true)
    .map(([name]) => name)
    .toSorted();
}
