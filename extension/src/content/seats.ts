import type { RowReader } from './hosts/meta/read-row.ts';
import type { RowBadge } from './row-badge.ts';

/** What we know of one pooled row: our badge in it, where it names its object, and the object it was last given to. */
export interface Seat { badge: RowBadge; anchors: Element[]; mark: string | null; id: string | null }

/** Looks again at who the row is; cheap when its ends say what they said before. True when it is another object, or none any more. */
export function readSeat(seat: Seat, reader: RowReader, force: boolean): boolean {
  const mark = reader.mark(seat.anchors);
  if (!force && mark === seat.mark) return false;
  seat.mark = mark;
  const id = reader.id(seat.anchors);
  const other = id !== seat.id;
  seat.id = id;
  return other;
}

/** Seats with an object, top to bottom: by the index the table gives its rows, not by the order of recycled nodes. */
export function seatsInOrder(seats: ReadonlyMap<Element, Seat>): Seat[] {
  return [...seats].filter(([, seat]) => seat.id !== null).toSorted(([a], [b]) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex'))).map(([, seat]) => seat);
}
