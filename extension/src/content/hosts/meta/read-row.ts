import type { Level } from '../../../messaging/overlay-types.ts';
import type { SelectorPack } from './selectors.ts';

const MAX_TEXT = 400;

export interface RowReader {
  /** The attribute text the row's first anchor shows now: equal text means the row was not given to another object. */
  mark(row: Element): string | null;
  /** The object's id, when every anchor of the row that names an object names the same one; otherwise null: blank rather than wrong. */
  id(row: Element): string | null;
}

export function createRowReader(pack: SelectorPack, level: Level): RowReader {
  const pattern = new RegExp(pack.id[level]);
  const textOf = (anchor: Element): string | null => anchor.getAttribute(pack.attribute);
  const idOf = (anchor: Element): string | null => pattern.exec((textOf(anchor) ?? '').slice(0, MAX_TEXT))?.[1] ?? null;
  return {
    mark(row) {
      const anchor = row.matches(pack.anchor) ? row : row.querySelector(pack.anchor);
      return anchor === null ? null : textOf(anchor);
    },
    id(row) {
      let found: string | null = null;
      const anchors = [...row.querySelectorAll(pack.anchor)];
      if (row.matches(pack.anchor)) anchors.push(row);
      for (const anchor of anchors) {
        const id = idOf(anchor);
        if (id === null) continue;
        if (found !== null && found !== id) return null;
        found = id;
      }
      return found;
    },
  };
}
