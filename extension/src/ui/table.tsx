import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { t } from './i18n.ts';
import { rowWindow } from './virtual-window.ts';

export interface Column<Row> {
  id: string;
  header: string;
  /** Read aloud but not shown: a column of buttons needs no title for the eye. */
  quiet?: boolean;
  /** The header's explanation. */
  title?: string;
  align?: 'start' | 'end';
  cell: (row: Row) => ComponentChildren;
  /** Value to sort by; null goes last in both directions. A column without it cannot be sorted. */
  sortBy?: (row: Row) => number | string | null;
  grow?: boolean;
}
export interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Enter or a click on a row; a link in the first cell is better where there is an address. */
  onOpen?: (row: Row) => void;
  /** Details drawn below the row that is open, in place. */
  details?: (row: Row) => ComponentChildren;
  /** A line above the rows that is not one of them, such as totals. */
  totals?: ComponentChildren;
  testId?: string;
}

/** Longer lists scroll inside their own box, so that what stands above and below stays within reach. */
const BOXED_ABOVE = 60;
const VIRTUAL_ABOVE = 200;
const ROW_HEIGHT = 36;

/** A table for reading and for the keyboard: arrows move between rows, Enter opens, headers sort; above 200 rows only what is seen is drawn. */
export function Table<Row>({ label, columns, rows, rowKey, onOpen, details, totals, testId }: TableProps<Row>) {
  const [sort, setSort] = useState<{ id: string; down: boolean } | null>(null);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [focusKey, setFocusKey] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const virtual = sorted.length > VIRTUAL_ABOVE;
  const openIndex = openKey === null ? -1 : sorted.findIndex((row) => rowKey(row) === openKey);
  const { view, extra, detailsRef } = useView(scroller, virtual, openKey);
  const shown = virtual
    ? rowWindow({
        count: sorted.length,
        rowHeight: ROW_HEIGHT,
        scrollTop: view.top,
        viewHeight: view.height,
        open: openIndex < 0 ? null : { index: openIndex, extra },
        overscan: 8,
      })
    : { first: 0, last: sorted.length, before: 0, after: 0 };
  const focusIndex = Math.max(0, focusKey === null ? 0 : sorted.findIndex((row) => rowKey(row) === focusKey));

  const open = (row: Row) => {
    if (details) setOpenKey(rowKey(row) === openKey ? null : rowKey(row));
    else onOpen?.(row);
  };
  const goTo = (index: number) => {
    const row = sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    if (row === undefined) return;
    setFocusKey(rowKey(row));
    if (virtual) keepInView(scroller.current as HTMLDivElement, sorted.indexOf(row));
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowKey(row))}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.dataset.row === undefined) return;
    const page = Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 1);
    const moves: Record<string, number> = {
      ArrowDown: focusIndex + 1,
      ArrowUp: focusIndex - 1,
      Home: 0,
      End: sorted.length - 1,
      PageDown: focusIndex + page,
      PageUp: focusIndex - page,
    };
    const to = moves[event.key];
    const row = sorted[focusIndex];
    if (to !== undefined) {
      event.preventDefault();
      goTo(to);
    } else if (event.key === 'Enter' && row !== undefined && (details || onOpen)) {
      event.preventDefault();
      open(row);
    } else if (event.key === 'Escape' && openKey !== null) {
      event.stopPropagation();
      setOpenKey(null);
    }
  };

  return (
    <div ref={scroller} class={`table-scroll ${sorted.length > BOXED_ABOVE ? 'table-boxed' : ''}`} data-testid={testId}>
      <table class="table" aria-label={label} aria-rowcount={sorted.length + 1} onKeyDown={onKey}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
          {totals}
        </thead>
        <tbody>
          {shown.before > 0 && <tr aria-hidden="true" style={{ blockSize: `${shown.before}px` }} />}
          {sorted.slice(shown.first, shown.last).map((row, i) => {
            const key = rowKey(row);
            const isOpen = key === openKey;
            return [
              <tr
                key={key}
                data-row={key}
                class={`${details || onOpen ? 'row-opens' : ''} ${isOpen ? 'row-open' : ''}`}
                tabIndex={shown.first + i === focusIndex ? 0 : -1}
                aria-rowindex={shown.first + i + 2}
                onFocus={() => setFocusKey(key)}
                onClick={(event) => {
                  if (!isControl(event)) open(row);
                }}
              >
                {columns.map((column, at) => (
                  <td key={column.id} class={cellClass(column)}>
                    {details && at === 0 ? (
                      <Opener open={isOpen} onPress={() => open(row)}>
                        {column.cell(row)}
                      </Opener>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>,
              isOpen && details ? (
                <tr key={`${key} details`} class="row-details">
                  <td colSpan={columns.length}>
                    <div ref={detailsRef}>{details(row)}</div>
                  </td>
                </tr>
              ) : null,
            ];
          })}
          {shown.after > 0 && <tr aria-hidden="true" style={{ blockSize: `${shown.after}px` }} />}
        </tbody>
      </table>
    </div>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: { id: string; down: boolean } | null;
  onSort: (sort: { id: string; down: boolean } | null) => void;
}) {
  const active = sort?.id === column.id ? sort : null;
  const next =
    active === null
      ? { id: column.id, down: column.align === 'end' }
      : active.down === (column.align === 'end')
        ? { id: column.id, down: !active.down }
        : null;
  return (
    <th
      scope="col"
      class={cellClass(column)}
      title={column.title}
      aria-sort={active === null ? undefined : active.down ? 'descending' : 'ascending'}
    >
      {column.sortBy === undefined ? (
        <span class={column.quiet ? 'visually-hidden' : ''}>{column.header}</span>
      ) : (
        <button type="button" class="sort" onClick={() => onSort(next)} aria-label={t('table.sortBy', { column: column.header })}>
          <span>{column.header}</span>
          <Icon name="down" size={12} class={active === null ? 'sort-off' : active.down ? '' : 'sort-up'} />
        </button>
      )}
    </th>
  );
}

/** The first cell of a row that opens: the arrow that says so. The row itself is in the tab order, so the arrow need not be. */
function Opener({ open, onPress, children }: { open: boolean; onPress: () => void; children: ComponentChildren }) {
  return (
    <span class="cell-first">
      <button type="button" class="row-chevron" tabIndex={-1} aria-expanded={open} aria-label={t('table.details')} onClick={onPress}>
        <Icon name="chevron" size={12} />
      </button>
      <span>{children}</span>
    </span>
  );
}

/** What part of the list is on screen, and how tall the opened details are. */
function useView(scroller: { current: HTMLDivElement | null }, virtual: boolean, openKey: string | null) {
  const [view, setView] = useState({ top: 0, height: 640 });
  const [extra, setExtra] = useState(0);
  const [details, setDetails] = useState<HTMLDivElement | null>(null);
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
  }, [details, openKey]);
  return { view, extra, detailsRef: setDetails };
}

function keepInView(box: HTMLDivElement, index: number): void {
  const head = box.querySelector('thead')?.offsetHeight ?? ROW_HEIGHT;
  const top = index * ROW_HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight - head) box.scrollTop = top + ROW_HEIGHT - box.clientHeight + head;
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: { id: string; down: boolean } | null): readonly Row[] {
  const by = columns.find((column) => column.id === sort?.id)?.sortBy;
  if (by === undefined || sort === null) return rows;
  return rows.toSorted((a, b) => compare(by(a), by(b), sort.down));
}
function compare(a: number | string | null, b: number | string | null, down: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return down ? -order : order;
}

function cellClass(column: { align?: 'start' | 'end'; grow?: boolean }): string {
  return `${column.align === 'end' ? 'cell-end' : ''} ${column.grow ? 'cell-grow' : ''}`.trim();
}
/** A press on something inside the row that acts by itself. */
function isControl(event: Event): boolean {
  return (event.target as HTMLElement).closest('a,button,select,input,label,summary,.row-details') !== null;
}
