/**
 * One spelling for one value: keys sorted by code unit, no white space, arrays as they are. Used wherever bytes are hashed or
 * signed, so what JSON cannot say exactly is refused instead of dropped.
 * @throws TypeError on undefined, NaN, infinities, bigints, functions and symbols
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  throw new TypeError(`${typeof value === 'number' ? String(value) : typeof value} has no exact JSON spelling`);
}
