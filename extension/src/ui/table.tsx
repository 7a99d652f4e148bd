import type { ComponentChildren } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { t } from './i18n.ts';
import { sortRows, type Sort } from './sort-rows.ts';
import { cellClass, TableRow } from './table-row.tsx';
import { useRowView } from './use-row-view.ts';

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
}

/** Longer lists scroll inside their own box, so that what stands above and below stays within reach. */
const BOXED_ABOVE = 60;

/** A table for reading and for the keyboard: arrows move between rows, Enter opens, headers sort; of a long list only what is seen is drawn. */
export function Table<Row>({ label, columns, rows, rowKey, onOpen, details }: TableProps<Row>) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [focusKey, setFocusKey] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const indexOf = (key: string | null) => (key === null ? -1 : sorted.findIndex((row) => rowKey(row) === key));
  const openIndex = indexOf(openKey);
  const focusIndex = Math.max(0, indexOf(focusKey));
  const { drawn, pageRows, reveal, detailsRef } = useRowView(scroller, sorted.length, openIndex < 0 ? null : openIndex);

  const opens = details !== undefined || onOpen !== undefined;
  const open = (row: Row) => {
    if (details) setOpenKey(rowKey(row) === openKey ? null : rowKey(row));
    else onOpen?.(row);
  };
  const goTo = (index: number) => {
    const to = Math.max(0, Math.min(sorted.length - 1, index));
    const row = sorted[to];
    if (row === undefined) return;
    setFocusKey(rowKey(row));
    reveal(to);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowKey(row))}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).dataset.row === undefined) return;
    const moves: Record<string, number> = {
      ArrowDown: focusIndex + 1,
      ArrowUp: focusIndex - 1,
      Home: 0,
      End: sorted.length - 1,
      PageDown: focusIndex + pageRows,
      PageUp: focusIndex - pageRows,
    };
    const to = moves[event.key];
    const row = sorted[focusIndex];
    if (to !== undefined) {
      event.preventDefault();
      goTo(to);
    } else if (event.key === 'Enter' && row !== undefined && opens) {
      event.preventDefault();
      open(row);
    } else if (event.key === 'Escape' && openKey !== null) {
      event.stopPropagation();
      setOpenKey(null);
    }
  };

  return (
    <div ref={scroller} class={`table-scroll ${sorted.length > BOXED_ABOVE ? 'table-boxed' : ''}`}>
      <table class="table" aria-label={label} aria-rowcount={sorted.length + 1} onKeyDown={onKey}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Unseen height={drawn.before} />
          {sorted.slice(drawn.first, drawn.last).map((row, i) => (
            <TableRow
              key={rowKey(row)}
              row={row}
              id={rowKey(row)}
              columns={columns}
              index={drawn.first + i}
              stop={drawn.first + i === focusIndex}
              onPress={opens ? () => open(row) : null}
              onFocus={() => setFocusKey(rowKey(row))}
              details={details}
              detailsRef={detailsRef}
              open={rowKey(row) === openKey}
            />
          ))}
          <Unseen height={drawn.after} />
        </tbody>
      </table>
    </div>
  );
}

/** The height of the rows that are not drawn. */
function Unseen({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden="true" style={{ blockSize: `${height}px` }} /> : null;
}

function HeaderCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort: Sort | null; onSort: (sort: Sort | null) => void }) {
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
