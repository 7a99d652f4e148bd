import type { Level } from '../../../messaging/overlay-types.ts';
import type { SelectorPack } from './selectors.ts';

const MAX_TEXT = 400;

export interface RowReader {
  /** Elements of the row that may name its object; the same ones until the row's children change. */
  anchors(row: Element): Element[];
  /** The anchors to listen to: first and last, so that a row caught in the middle of a change is noticed at both its ends. */
  ends(anchors: readonly Element[]): Element[];
  /** What the ends say now: equal words mean that the row was not given to another object. */
  mark(anchors: readonly Element[]): string;
  /** The object's id, when every anchor that names an object names the same one; otherwise null: blank rather than wrong. */
  id(anchors: readonly Element[]): string | null;
}

function ends(anchors: readonly Element[]): Element[] {
  return anchors.length < 2 ? [...anchors] : [anchors[0] as Element, anchors.at(-1) as Element];
}

export function createRowReader(pack: SelectorPack, level: Level): RowReader {
  const pattern = new RegExp(pack.id[level]);
  const { anchor: selector, attribute } = pack;
  const textOf = (anchor: Element): string => (anchor.getAttribute(attribute) ?? '').slice(0, MAX_TEXT);
  return {
    anchors(row) {
      const found = [...row.querySelectorAll(selector)];
      return row.matches(selector) ? [row, ...found] : found;
    },
    ends,
    mark: (anchors) => ends(anchors).map(textOf).join(' '),
    id(anchors) {
      let id: string | null = null;
      let proof = '';
      for (const anchor of anchors) {
        const text = textOf(anchor);
        // Cells of one row nearly always carry the very same words; a match that ends in a delimiter is a whole id.
        if (proof !== '' && text.includes(proof)) continue;
        const match = pattern.exec(text);
        if (match === null) continue;
        if (id !== null && id !== match[1]) return null;
        id = match[1] as string;
        proof = /\d$/.test(match[0]) ? '' : match[0];
      }
      return id;
    },
  };
}
