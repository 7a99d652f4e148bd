import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { rowWindow, type RowWindow } from './virtual-window.ts';

const ROW_HEIGHT = 36;
const VIRTUAL_ABOVE = 200;
const OVERSCAN = 8;

interface RowView {
  /** The rows to draw, and the space that stands for the others, px. */
  drawn: RowWindow;
  /** Rows that a page key passes over. */
  pageRows: number;
  /** Scrolls a row into view, so that it is drawn. */
  reveal(index: number): void;
  /** Watches how tall the opened details are. */
  detailsRef: (details: HTMLDivElement | null) => void;
}

/** What part of a list is on screen. Short lists are drawn whole. `openIndex` is the row with its details below it, null for none. */
export function useRowView(scroller: { current: HTMLDivElement | null }, count: number, openIndex: number | null): RowView {
  const [view, setView] = useState({ top: 0, height: 640 });
  const [extra, setExtra] = useState(0);
  const [details, setDetails] = useState<HTMLDivElement | null>(null);
  const virtual = count > VIRTUAL_ABOVE;
  const open = openIndex === null ? null : { index: openIndex, extra };
  useEffect(() => {
    const box = scroller.current;
    if (!virtual || box === null) return undefined;
    const read = () => setView({ top: box.scrollTop, height: box.clientHeight });
    read();
    box.addEventListener('scroll', read, { passive: true });
    return () => box.removeEventListener('scroll', read);
  }, [virtual]);
  useLayoutEffect(() => {
    if (details === null) {
      setExtra(0);
      return undefined;
    }
    const observer = new ResizeObserver(() => setExtra((details.closest('tr') as HTMLElement).offsetHeight));
    observer.observe(details);
    return () => observer.disconnect();
  }, [details]);
  return {
    drawn: virtual
      ? rowWindow({ count, rowHeight: ROW_HEIGHT, scrollTop: view.top, viewHeight: view.height, open, overscan: OVERSCAN })
      : { first: 0, last: count, before: 0, after: 0 },
    pageRows: Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 1),
    reveal(index) {
      const box = scroller.current;
      if (!virtual || box === null) return;
      const head = box.querySelector('thead')?.offsetHeight ?? ROW_HEIGHT;
      const top = index * ROW_HEIGHT + (open !== null && index > open.index ? open.extra : 0);
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight - head) box.scrollTop = top + ROW_HEIGHT - box.clientHeight + head;
    },
    detailsRef: setDetails,
  };
}
