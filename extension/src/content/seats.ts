import type { RowReader } from './hosts/meta/read-row.ts';
import type { RowBadge } from './row-badge.ts';

/** What we know of one pooled row: our badge in it, where it names its object, what its ends said last, and the object they named. */
export interface Seat {
  badge: RowBadge;
  anchors: Element[];
  ends: Element[];
  said: string[];
  id: string | null;
}

/**
 * Looks again at who the row is, in the scroll path by its two ends, which must agree. True when it may be another object, or
 * none any more.
 */
export function rereadEnds(seat: Seat, reader: RowReader): boolean {
  let changed = false;
  for (let place = 0; place < seat.ends.length; place += 1) {
    const text = reader.text(seat.ends[place] as Element);
    if (seat.said[place] === text) continue;
    seat.said[place] = text;
    changed = true;
  }
  if (changed) seat.id = reader.idOf(seat.said);
  return changed;
}

/** The same by all its anchors, whenever an answer is painted. */
export function rereadWhole(seat: Seat, reader: RowReader): void {
  seat.said = seat.ends.map(reader.text);
  seat.id = reader.id(seat.anchors);
}

/** Seats with an object, top to bottom: by the index the table gives its rows, not by the order of recycled nodes. */
export function seatsInOrder(seats: ReadonlyMap<Element, Seat>): Seat[] {
  return [...seats]
    .filter(([, seat]) => seat.id !== null)
    .toSorted(([a], [b]) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
    .map(([, seat]) => seat);
}
