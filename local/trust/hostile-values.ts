/** Values that break parsers, number types, text columns and prototypes; as JSON text, because several cannot be written as a value. */
export const HOSTILE_JSON: readonly string[] = [
  'null',
  'true',
  '""',
  '" "',
  '"x"',
  '-1',
  '0',
  '-0',
  '1.5',
  '1e308',
  '1e400',
  '-1e400',
  '2147483648',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '123456789012345678901234567890',
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00x"`,
  String.raw`"\ufeff"`,
  String.raw`"\u202e\u200f"`,
  '"😀"',
  '"NaN"',
  '"Infinity"',
  '"__proto__"',
  '"constructor"',
  '"%00"',
  `"' or 1=1 --"`,
  '"{{ad.id}}"',
  '"{"',
  '"0001-01-01"',
  '"9999-12-31"',
  '"2026-02-30"',
  '"2026-13-01T00:00:00Z"',
  '"javascript:alert(1)"',
  '"https://"',
  '"http://[::1"',
  '"file:///etc/passwd"',
  JSON.stringify('x'.repeat(20_000)),
  JSON.stringify('{'.repeat(3_000)),
  '[]',
  '{}',
  '[null]',
  '[[[]]]',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":1,"hasOwnProperty":null}',
  `${'['.repeat(500)}${']'.repeat(500)}`,
  `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
];

/** Whole bodies that are no JSON object, or hardly. */
export const HOSTILE_BODIES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  ' ',
  'null',
  '[]',
  '"x"',
  '0',
  '{',
  '}',
  'NaN',
  '{"a":NaN}',
  '{"a":1,}',
  "{'a':1}",
  '\ufeff{}',
  '{}{}',
  '[',
  '['.repeat(100_000),
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  '{"a":'.repeat(50_000),
  `${'{"plan":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe2, 0x82]),
  new Uint8Array([0, 0, 0]),
  '{"__proto__":1}',
  '{"__proto__":{"plan":{}},"plan":{"__proto__":[]}}',
];

/** Path segments that are no id of anything; each must be the answer of a missing one. */
export const HOSTILE_SEGMENTS: readonly string[] = [
  '%00',
  'abc%00def',
  '%ff',
  '%ed%a0%80',
  '%',
  '..',
  '..%2f..',
  '%20',
  'x',
  'x'.repeat(3_000),
  '%7B%7D',
  "'",
  '%F0%9F%98%80',
  '__proto__',
  '-1',
  '%0a%0d',
];

/** Query values for every parameter. */
export const HOSTILE_QUERY: readonly string[] = [
  '',
  '%00',
  'a%00',
  '%ff',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  'a',
  'abcde',
  'MjAyNi05OS05OVQwMDowMDowMC4wMDBafHg',
  'OTk5OXwxMjM',
  '2147483648',
  '%F0%9F%98%80',
  'x'.repeat(150),
  '__proto__',
  '%ed%a0%80',
  "'--",
  '1&1',
  '😀'.repeat(30),
];

/** A small generator with a seed to print. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Marks where a piece of JSON text goes in; survives JSON.stringify. */
const HOLE = '@@hole@@';

/** One valid value with one of its places replaced, dropped or joined by a stranger. */
export function spoil(valid: unknown, random: () => number, hostile: string): { text: string; place: string } {
  const copy = structuredClone(valid) as Record<string, unknown>;
  const places = walk(copy, []);
  const pick = places[Math.floor(random() * places.length)] as { holder: Record<string, unknown>; key: string; path: string[] };
  const what = random();
  if (what < 0.1) delete pick.holder[pick.key];
  else if (what < 0.15) pick.holder[`stranger${Math.floor(random() * 9)}`] = HOLE;
  else pick.holder[pick.key] = HOLE;
  return {
    text: JSON.stringify(copy).replaceAll(`"${HOLE}"`, () => hostile),
    place: `${what < 0.1 ? 'without ' : what < 0.15 ? 'beside ' : ''}${pick.path.join('.')}`,
  };
}

function walk(value: unknown, path: string[]): { holder: Record<string, unknown>; key: string; path: string[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key, path: [...path, key] }, ...walk(holder[key], [...path, key])]);
}
