import type { SelectorPack } from './hosts/meta/selectors.ts';
import { BADGE_WIDTH, type BadgePlace } from './row-badge.ts';
import type { WhyOff } from './row-level.ts';
import type { Seat } from './seats.ts';

/** Free space between badge and the cell's end, and what of a name stays in sight at the least, in pixels. */
const GAP = 8;
const LEAST_NAME = 48;

/**
 * Keeps badges at the end of the name cell, where they can shorten a name and never stand on a figure. One row's cell is watched
 * for all; it is measured after the page's own layout, when it changed size or another row took its part, never while scrolling.
 * Where no such place can be proven `put` hears the reason.
 */
export function watchNameCell(
  pack: SelectorPack,
  seats: ReadonlyMap<Element, Seat>,
  put: (place: BadgePlace | WhyOff) => void,
  gone: AbortSignal,
): { look(): void } {
  let watched: { row: Element; cell: Element; before: Element | null } | null = null;
  let frame = 0;
  const cellOf = (row: Element): Element | null => row.querySelector(pack.nameCell);
  const sizes = new ResizeObserver(() => {
    if (watched === null || gone.aborted) return;
    const { row, cell } = watched;
    if (cell.getBoundingClientRect().width > 0) return put(measure(seats.get(row), row, cell));
    // The row is out of sight, in the page's pool: another one is watched in its stead.
    const next = [...seats.keys()].find((other) => (cellOf(other)?.getBoundingClientRect().width ?? 0) > 0);
    if (next !== undefined) watchSoon(next);
  });
  /** In a frame of its own: to observe within the page's own resize callbacks would raise an error in the page. */
  const watchSoon = (row: Element | null): void => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (gone.aborted || seats.size === 0) return;
      sizes.disconnect();
      const chosen = row !== null && seats.has(row) ? row : ([...seats.keys()].find((one) => cellOf(one) !== null) ?? null);
      const cell = chosen === null ? null : cellOf(chosen);
      if (chosen === null || cell === null) {
        watched = null;
        return put('why.page');
      }
      watched = { row: chosen, cell, before: cell.previousElementSibling };
      for (const one of [chosen, cell, ...(cell.parentElement?.children ?? [])]) sizes.observe(one);
    });
  };
  gone.addEventListener(
    'abort',
    () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
    },
    { once: true },
  );
  return {
    /** Rows or cells came or went. Reads no layout. */
    look(): void {
      if (watched?.cell.isConnected === true && seats.has(watched.row) && watched.cell.previousElementSibling === watched.before) return;
      watchSoon(null);
    },
  };
}

/** The cell's end as every row has it: from the row's start, or from the scroller's where the page pins the cell. */
function measure(seat: Seat | undefined, row: Element, cell: Element): BadgePlace | WhyOff {
  const side = getComputedStyle(row).direction === 'rtl' ? 'right' : 'left';
  const box = cell.getBoundingClientRect();
  if (box.width < BADGE_WIDTH + GAP + LEAST_NAME) return 'why.narrow';
  let pin: Element | null = null;
  let layer = 0;
  for (let node: Element | null = cell; node !== null && node !== row; node = node.parentElement) {
    const { position, zIndex } = getComputedStyle(node);
    if (position === 'sticky') pin = node;
    layer = Math.max(layer, Number(zIndex) || 0);
  }
  const inset = pin === null ? 0 : Number.parseFloat(getComputedStyle(pin)[side]);
  const from = (pin ?? row).getBoundingClientRect();
  const along = side === 'left' ? box.right - from.left : from.right - box.left;
  const end = Math.round(inset + along - GAP);
  return Number.isNaN(end) || seat === undefined ? 'why.page' : { end, side, pinned: pin !== null, layer };
}

/** Whether a badge stands within its row's name cell, as painted; true for one that paints nothing. A layout read. */
export function standsInName(seat: Seat, row: Element, pack: SelectorPack): boolean {
  const cell = row.querySelector(pack.nameCell)?.getBoundingClientRect();
  const badge = seat.badge.place();
  return badge.width === 0 || (cell !== undefined && badge.left >= cell.left - 1 && badge.right <= cell.right + 1);
}
