export interface WindowInput {
  count: number;
  rowHeight: number;
  /** Scroll offset and height of the view, px. */
  scrollTop: number;
  viewHeight: number;
  /** The one row that is opened in place, and how much taller that makes the list; null = none. */
  open: { index: number; extra: number } | null;
  /** Rows kept ready outside the view on each side. */
  overscan: number;
}
export interface RowWindow {
  first: number;
  last: number;
  before: number;
  after: number;
}

/** Which rows of fixed height to draw, and the space that stands for the others: before + drawn + after is the whole list's height. */
export function rowWindow({ count, rowHeight, scrollTop, viewHeight, open, overscan }: WindowInput): RowWindow {
  const topOf = (index: number) => index * rowHeight + (open !== null && index > open.index ? open.extra : 0);
  const rowAt = (offset: number) => {
    if (open === null || offset < topOf(open.index + 1) - open.extra) return Math.floor(offset / rowHeight);
    return Math.max(open.index, Math.floor((offset - open.extra) / rowHeight));
  };
  const first = Math.max(0, Math.min(count, rowAt(Math.max(0, scrollTop)) - overscan));
  const last = Math.max(first, Math.min(count, rowAt(Math.max(0, scrollTop) + viewHeight) + 1 + overscan));
  return { first, last, before: topOf(first), after: topOf(count) - topOf(last) };
}
