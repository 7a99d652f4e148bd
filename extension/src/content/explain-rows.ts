import type { HoverCard } from './hover-card.ts';
import type { MetricsStore } from './metrics-store.ts';
import type { OverlayText } from './overlay-text.ts';
import { detailLines, sentenceOf } from './present-figure.ts';
import { seatsInOrder, type Seat } from './seats.ts';

/** The hover card of the rows, by pointer and by keyboard. Listeners stand on the row group, one each. */
export function explainRows(
  group: Element,
  seats: ReadonlyMap<Element, Seat>,
  seatOf: (host: EventTarget | null) => Seat | undefined,
  store: MetricsStore,
  card: HoverCard,
  text: OverlayText,
  hasTarget: boolean,
  signal: AbortSignal,
) {
  const entryOf = (seat: Seat) => (seat.id === null ? undefined : store.get(seat.id));
  const sentence = (seat: Seat): string => sentenceOf(entryOf(seat), store, store.failure === 'offline', hasTarget, text);
  const explain = (seat: Seat): void => {
    const entry = entryOf(seat);
    const { definition, totals, freshness } = store;
    const lines =
      entry === undefined || 'blank' in entry.answer || definition === null
        ? []
        : detailLines(entry.answer.figure, { definition, totals, freshness }, text, Date.now());
    card.show(seat.badge.place(), sentence(seat), lines);
  };
  const focus = (seat: Seat | undefined): void => seat?.badge.focus(sentence(seat));
  group.addEventListener(
    'pointerover',
    (event) => {
      const seat = seatOf(event.target);
      if (seat === undefined) card.hide();
      else explain(seat);
    },
    { signal },
  );
  group.addEventListener('pointerleave', () => card.hide(), { signal });
  group.addEventListener(
    'focusin',
    (event) => {
      const seat = seatOf(event.target);
      if (seat !== undefined) explain(seat);
    },
    { signal },
  );
  group.addEventListener('focusout', () => card.hide(), { signal });
  group.addEventListener(
    'keydown',
    (event) => {
      const { key } = event as KeyboardEvent;
      const seat = seatOf(event.target);
      const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
      if (seat === undefined || step === 0) return;
      const inOrder = seatsInOrder(seats);
      focus(inOrder[inOrder.indexOf(seat) + step]);
      // Ours alone: the table must not scroll or move its own focus as well.
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  return { focusFirst: () => focus(seatsInOrder(seats)[0]) };
}
