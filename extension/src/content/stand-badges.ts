import type { HoverCard } from './hover-card.ts';
import { rowsOf, type FoundTable } from './hosts/meta/find-table.ts';
import { explainRows } from './explain-rows.ts';
import type { MetricsStore } from './metrics-store.ts';
import type { OverlayText } from './overlay-text.ts';
import { WAITING, type BadgeView } from './present-figure.ts';
import { standsInName, watchNameCell } from './name-cell.ts';
import type { BadgePlace, RowBadge } from './row-badge.ts';
import type { RowLevel, WhyOff } from './row-level.ts';
import { rereadEnds, rereadWhole, type Seat } from './seats.ts';
import { createStubbornness } from './stubbornness.ts';

export interface BadgeParts {
  store: MetricsStore;
  viewOf(id: string): BadgeView;
  createBadge(): RowBadge;
  /** Where all badges stand; nowhere for null. */
  setPlace(place: BadgePlace | null): void;
  hasTarget: boolean;
  card: HoverCard;
  text: OverlayText;
  level: RowLevel;
  report(code: string, variant: string): void;
}

/** From this many answers on, their share of unknown ids tells whether the rows are what we take them for. */
const SAMPLE = 20;
/** How long a page takes to finish giving a row to another object. */
const SETTLE_MS = 250;

/**
 * Badges in one table until it is gone. Paints inside the observer's callback, in the frame in which the page gave its rows to
 * other objects: a later frame would show one object's figure in another's row.
 */
export function standBadges({ group, reader, pack }: FoundTable, parts: BadgeParts, gone: AbortSignal): void {
  const { store, viewOf, level } = parts;
  const seats = new Map<Element, Seat>();
  const byHost = new WeakMap<EventTarget, Seat>();
  const tired = createStubbornness(() => performance.now());
  const byEnd = new WeakMap<Node, Seat>();
  let standing = true;
  let asking = false;

  /** Rows came or went, or a row's cells did: who is where is read anew. */
  const align = (): void => {
    const rows = rowsOf(group, pack);
    const present = new Set(rows);
    for (const row of seats.keys()) if (!present.has(row)) seats.delete(row);
    let removed = false;
    names.disconnect();
    for (const row of rows) {
      const anchors = reader.anchors(row);
      let seat = seats.get(row);
      if (seat === undefined) {
        if (reader.id(anchors) === null) continue;
        seat = { badge: parts.createBadge(), anchors, ends: [], said: [], id: null };
        seats.set(row, seat);
        byHost.set(seat.badge.host, seat);
        row.append(seat.badge.host);
      } else if (seat.badge.host.parentNode !== row) {
        removed = true;
        row.append(seat.badge.host);
      }
      Object.assign(seat, { anchors, ends: reader.ends(anchors) });
      for (const end of seat.ends) {
        byEnd.set(end, seat);
        names.observe(end, { attributes: true, attributeFilter: [pack.attribute] });
      }
    }
    nameCell.look();
    // What we wrote ourselves is not news.
    structure.takeRecords();
    if (removed && tired()) stop('why.removed', 'page_removes_badges');
  };
  const paint = (seat: Seat): void => {
    const view = seat.id === null ? null : viewOf(seat.id);
    seat.badge.paint(view, seat.id);
    if (view === WAITING) store.want();
    if (seat.id === null) askAgain();
  };
  /** A row is asked who it is when it is painted; one that cannot say gets nothing. */
  const paintWhole = (seat: Seat): void => {
    rereadWhole(seat, reader);
    paint(seat);
  };
  const paintAll = (): void => {
    for (const seat of seats.values()) paintWhole(seat);
  };
  /** A row caught between two objects names none or both; it is asked again when the page has had time to finish. */
  const askAgain = (): void => {
    if (asking) return;
    asking = true;
    setTimeout(() => {
      asking = false;
      if (!standing) return;
      for (const seat of seats.values()) if (seat.id === null && reader.id(seat.anchors) !== null) paintWhole(seat);
    }, SETTLE_MS);
  };
  const structure = new MutationObserver(() => {
    if (!standing) return;
    align();
    paintAll();
  });
  const names = new MutationObserver((records) => {
    if (!standing) return;
    for (const { target } of records) {
      const seat = byEnd.get(target);
      // Both ends report; the second finds nothing new.
      if (seat !== undefined && rereadEnds(seat, reader)) paint(seat);
    }
  });
  const stop = (why: WhyOff | null, code: string | null): void => {
    if (!standing) return;
    standing = false;
    structure.disconnect();
    names.disconnect();
    parts.card.hide();
    for (const { badge } of seats.values()) badge.host.remove();
    seats.clear();
    level.rows = null;
    if (why !== null) level.set(why);
    if (code !== null) parts.report(code, pack.variant);
  };
  /** A badge that would stand anywhere but on a name stands nowhere. */
  const put = (place: BadgePlace | WhyOff): void => {
    if (!standing) return;
    let why = typeof place === 'string' ? place : null;
    parts.setPlace(typeof place === 'string' ? null : place);
    if (why === null && ![...seats].every(([row, seat]) => standsInName(seat, row, pack))) {
      why = 'why.page';
      parts.setPlace(null);
    }
    if (why === 'why.page' && level.why !== why) parts.report('no_place_in_rows', pack.variant);
    level.set(why);
  };
  const nameCell = watchNameCell(pack, seats, put, gone);
  const idsAreOurs = (): boolean => {
    const answers = [...seats.values()].flatMap(({ id }) => {
      const entry = id === null ? undefined : store.get(id);
      return entry === undefined ? [] : [entry.answer];
    });
    const known = answers.filter((answer) => !('blank' in answer) || answer.blank !== 'unknown_id').length;
    return answers.length < SAMPLE || known >= answers.length * pack.expect.share;
  };

  structure.observe(group, { childList: true, subtree: true });
  gone.addEventListener('abort', () => stop(null, null), { once: true });
  store.watch(() => [...seats.values()].flatMap(({ id }) => (id === null ? [] : [id])));
  store.onChange(() => {
    if (!standing) return;
    if (idsAreOurs()) paintAll();
    else stop('why.ids', 'ids_unknown');
  }, gone);
  const rowsExplained = explainRows(
    group,
    seats,
    (host) => (host === null ? undefined : byHost.get(host)),
    store,
    parts.card,
    parts.text,
    parts.hasTarget,
    gone,
  );
  level.rows = { first: rowsExplained.focusFirst, holds: (element) => byHost.has(element) };
  align();
  paintAll();
  store.want();
}
