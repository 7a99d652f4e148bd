import type { Level } from '../../../messaging/overlay-types.ts';
import type { SelectorPack } from './selectors.ts';

const MAX_TEXT = 400;

export interface RowReader {
  /** Elements of the row that may name its object; the same ones until the row's children change. */
  anchors(row: Element): Element[];
  /** The anchors to listen to: first and last, so that a row caught in the middle of a change is noticed at both its ends. */
  ends(anchors: readonly Element[]): Element[];
  /** What these anchors say now. */
  text(anchor: Element): string;
  /** The object's id, when every text that names an object names the same one; otherwise null: blank rather than wrong. */
  idOf(texts: readonly string[]): string | null;
  /** The same, of all anchors of a row as they are now. */
  id(anchors: readonly Element[]): string | null;
}

export function createRowReader(pack: SelectorPack, level: Level): RowReader {
  const pattern = new RegExp(pack.id[level]);
  const { anchor: selector, attribute } = pack;
  const text = (anchor: Element): string => {
    const found = anchor.getAttribute(attribute) ?? '';
    return found.length > MAX_TEXT ? found.slice(0, MAX_TEXT) : found;
  };
  const idOf = (texts: readonly string[]): string | null => {
    let id: string | null = null;
    let proof = '';
    for (const one of texts) {
      // Cells of one row nearly always carry the very same words; a match that ends in a delimiter is a whole id.
      if (proof !== '' && one.includes(proof)) continue;
      const match = pattern.exec(one);
      if (match === null) continue;
      if (id !== null && id !== match[1]) return null;
      id = match[1] as string;
      proof = /\d$/.test(match[0]) ? '' : match[0];
    }
    return id;
  };
  return {
    text,
    idOf,
    id: (anchors) => idOf(anchors.map(text)),
    anchors(row) {
      const found = [...row.querySelectorAll(selector)];
      return row.matches(selector) ? [row, ...found] : found;
    },
    ends: (anchors) => (anchors.length < 2 ? [...anchors] : [anchors[0] as Element, anchors.at(-1) as Element]),
  };
}
