import type { Level } from '../../../messaging/overlay-types.ts';
import { createRowReader, type RowReader } from './read-row.ts';
import type { SelectorPack } from './selectors.ts';

export interface FoundTable {
  group: Element;
  pack: SelectorPack;
  reader: RowReader;
}

/**
 * The row group of the page's table and the pack that reads it: newest pack first, accepted when the rows that look like data rows
 * nearly all yield an id. Null while nothing fits.
 */
export function findTable(root: ParentNode, packs: readonly SelectorPack[], level: Level): FoundTable | null {
  for (const pack of packs) {
    const reader = createRowReader(pack, level);
    let best: { group: Element; rows: number } | null = null;
    for (const group of groupsOf(root, pack)) {
      const marked = rowsOf(group, pack)
        .map((row) => reader.anchors(row))
        .filter((anchors) => anchors.length > 0);
      const read = marked.filter((anchors) => reader.id(anchors) !== null).length;
      const [least, most] = pack.expect.rows;
      if (read < least || read > most || read < marked.length * pack.expect.share) continue;
      if (best === null || read > best.rows) best = { group, rows: read };
    }
    if (best !== null) return { group: best.group, pack, reader };
  }
  return null;
}

export const rowsOf = (group: Element, pack: SelectorPack): Element[] => [...group.querySelectorAll(pack.row)];

function groupsOf(root: ParentNode, pack: SelectorPack): Set<Element> {
  const groups = new Set<Element>();
  for (const anchor of root.querySelectorAll(pack.anchor)) {
    const row = anchor.closest(pack.row);
    const group = row?.closest(pack.rowGroup) ?? row?.parentElement ?? null;
    if (group !== null) groups.add(group);
  }
  return groups;
}
