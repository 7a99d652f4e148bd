import type { Column } from './table.tsx';

export interface Sort {
  id: string;
  down: boolean;
}

/** Rows by what a column sorts by. What a row does not have goes last, up or down. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] {
  const by = columns.find((column) => column.id === sort?.id)?.sortBy;
  if (by === undefined || sort === null) return rows;
  return rows.toSorted((a, b) => compare(by(a), by(b), sort.down));
}
function compare(a: number | string | null, b: number | string | null, down: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return down ? -order : order;
}
