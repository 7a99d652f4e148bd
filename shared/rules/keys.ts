import { KEY_PATTERN } from './launch-plan.ts';

/**
 * A stable key from a name: lower case, letters and digits of any script kept, everything else one dash. Two spellings that differ
 * only in case, spaces or punctuation get the same key. Empty when the name holds no letter or digit.
 */
export function keyFromName(name: string): string {
  // Printable ASCII is by far the commonest and needs neither normalising nor classes of characters.
  if (PLAIN.test(name))
    return name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^[-\p{M}]+|-+$/gu, '');
}

const PLAIN = /^[\x20-\x7e]*$/;

export function isKey(text: string): boolean {
  return KEY_PATTERN.test(text);
}

/** Order for keys: numbers inside count as numbers (concept-2 before concept-12), no locale involved, so it is the same everywhere. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.match(CHUNKS) ?? [];
  const right = b.match(CHUNKS) ?? [];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const [x, y] = [left[i] as string, right[i] as string];
    const both = DIGITS.test(x) && DIGITS.test(y);
    const order = both ? compareNumbers(x, y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

const CHUNKS = /[0-9]+|[^0-9]+/g;
const DIGITS = /^[0-9]/;

function compareNumbers(x: string, y: string): number {
  const [a, b] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
