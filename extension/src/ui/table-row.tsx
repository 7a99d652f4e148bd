import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { t } from './i18n.ts';
import type { Column } from './table.tsx';

interface TableRowProps<Row> {
  row: Row;
  id: string;
  columns: readonly Column<Row>[];
  /** Place in the whole list, from 0. */
  index: number;
  /** Whether Tab stops here. */
  stop: boolean;
  /** Null when nothing opens. */
  onPress: (() => void) | null;
  onFocus: () => void;
  details?: ((row: Row) => ComponentChildren) | undefined;
  detailsRef: (details: HTMLDivElement | null) => void;
  open: boolean;
}

/** One row, and below it its details while they are open. */
export function TableRow<Row>({ row, id, columns, index, stop, onPress, onFocus, details, detailsRef, open }: TableRowProps<Row>) {
  return (
    <>
      <tr
        data-row={id}
        class={`${onPress === null ? '' : 'row-opens'} ${open ? 'row-open' : ''}`}
        tabIndex={stop ? 0 : -1}
        aria-rowindex={index + 2}
        onFocus={onFocus}
        onClick={(event) => {
          if (!isControl(event)) onPress?.();
        }}
      >
        {columns.map((column, at) => (
          <td key={column.id} class={cellClass(column)} data-label={column.quiet ? undefined : column.header}>
            {details && onPress && at === 0 ? (
              <Opener open={open} onPress={onPress}>
                {column.cell(row)}
              </Opener>
            ) : (
              column.cell(row)
            )}
          </td>
        ))}
      </tr>
      {open && details && (
        <tr class="row-details">
          <td colSpan={columns.length}>
            <div ref={detailsRef}>{details(row)}</div>
          </td>
        </tr>
      )}
    </>
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

export function cellClass(column: { align?: 'start' | 'end'; grow?: boolean }): string {
  return `${column.align === 'end' ? 'cell-end' : ''} ${column.grow ? 'cell-grow' : ''}`.trim();
}

/** A press on something inside the row that acts by itself. */
function isControl(event: Event): boolean {
  return (event.target as HTMLElement).closest('a,button,select,input,label,summary,.row-details') !== null;
}
