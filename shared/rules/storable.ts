/**
 * What JSON may say and neither Postgres (text, jsonb) nor a canonical hash can hold: U+0000, half of a surrogate pair, numbers beyond
 * a double, and nesting deeper than any plan of ours.
 */
export interface Unstorable {
  path: string;
  message: string;
}

const DEEPEST = 40;
const MOST_NAMED = 20;
const BROKEN_TEXT = /\0|\p{Surrogate}/u;

/** Every place that cannot be stored, the first 20; dotted paths as in a problem's fields. */
export function findUnstorable(value: unknown): Unstorable[] {
  const found: Unstorable[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined && found.length < MOST_NAMED; next = open.pop()) {
    const { value: here, path, depth } = next;
    if (typeof here === 'string' && BROKEN_TEXT.test(here))
      found.push({ path, message: 'Holds a character that is none: a zero, or half of a pair.' });
    else if (typeof here === 'number' && !Number.isFinite(here)) found.push({ path, message: 'The number is too large.' });
    else if (typeof here === 'object' && here !== null) {
      if (depth >= DEEPEST) {
        found.push({ path: path.slice(0, 100), message: `Nested deeper than ${DEEPEST} levels.` });
        continue;
      }
      for (const [key, inner] of Object.entries(here)) {
        if (BROKEN_TEXT.test(key)) found.push({ path, message: 'A name inside holds a character that is none.' });
        else open.push({ value: inner, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
  return found;
}

/** For what vendors send, which is taken leniently: a zero goes, half of a pair becomes U+FFFD. Names cut in the middle of an emoji are common. */
export function storableText(text: string): string {
  return BROKEN_TEXT.test(text) ? text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd') : text;
}

/** JSON.parse for what vendors send: its texts can be stored. @throws SyntaxError */
export function parseMended(json: string): unknown {
  // Only an escape can smuggle such a character into valid text; most answers have none and are read at full speed.
  return /\\u(0000|d[89a-f])/i.test(json)
    ? JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value))
    : JSON.parse(json);
}
