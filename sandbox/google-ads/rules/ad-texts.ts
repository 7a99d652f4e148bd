import { listOf, part, refuse, text, type Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';

/** Least and most entries of a list, and the most letters of one text. Figures: the platform's help pages [K]. */
export interface Limits {
  camel: string;
  snake: string;
  least: number;
  most: number;
  letters?: number;
}

/** Wide letters count twice [K]. */
const widthOf = (value: string): number =>
  [...value].reduce((sum, letter) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/.test(letter) ? 2 : 1), 0);

export function checkLists(op: Operation, info: Fields, place: string, limits: readonly Limits[]): void {
  for (const { camel, snake, least, most, letters } of limits) {
    const entries = listOf(info[camel]);
    const at = `${place}.${snake}`;
    if (entries.length < least) throw refuse(op, 'collectionSizeError', 'TOO_FEW', 'Too few.', at);
    if (entries.length > most) throw refuse(op, 'collectionSizeError', 'TOO_MANY', 'Too many.', at);
    if (letters === undefined) continue;
    const seen = new Set<string>();
    for (const entry of entries) {
      const value = text(part(entry)['text']);
      if (value === null || value.trim() === '')
        throw refuse(op, 'stringLengthError', 'EMPTY', 'The input string should be non-empty after trimming.', at);
      // A placeholder like {KeyWord:shoes} counts as what it shows.
      if (widthOf(value.replace(/\{[A-Za-z]+:([^}]*)\}/g, '$1')) > letters)
        throw refuse(op, 'stringLengthError', 'TOO_LONG', 'Too long.', at, value);
      if (seen.has(value)) throw refuse(op, 'assetError', 'DUPLICATE_ASSET', 'Two assets of an ad say the same.', at, value);
      seen.add(value);
    }
  }
}

export function checkUrls(op: Operation, urls: unknown[], place: string): void {
  for (const url of urls.map(String)) {
    if (!/^[a-z][a-z0-9+.-]*:/i.test(url))
      throw refuse(op, 'urlFieldError', 'MISSING_PROTOCOL_IN_FINAL_URL', 'The final url is missing its protocol.', place, url);
    if (!/^https?:/i.test(url))
      throw refuse(op, 'urlFieldError', 'INVALID_PROTOCOL_IN_FINAL_URL', 'The final url has an invalid protocol.', place, url);
    if (!URL.canParse(url.replace(/[{}]/g, '')) || !new URL(url.replace(/[{}]/g, '')).hostname.includes('.'))
      throw refuse(op, 'urlFieldError', 'MALFORMED_FINAL_URL', 'The final url is malformed.', place, url);
  }
}
