import type { Rows } from '../planner/plan-change.ts';

/** A place in the sheet, from 0; the header is no row of it. */
export interface Cell {
  row: number;
  column: number;
}

/** Cells from one corner to the other, both inside. */
export interface Range {
  top: number;
  bottom: number;
  first: number;
  last: number;
}

export function rangeOf(a: Cell, b: Cell): Range {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    first: Math.min(a.column, b.column),
    last: Math.max(a.column, b.column),
  };
}

export function cellsIn({ top, bottom, first, last }: Range): number {
  return (bottom - top + 1) * (last - first + 1);
}

/** Rows of cells below the header. */
export function rowCount(rows: Rows): number {
  return Math.max(0, rows.length - 1);
}

export function columnCount(rows: Rows): number {
  return rows[0]?.length ?? 0;
}

/** Rows of a file end where their last filled cell is; what is not there is empty. */
export function textAt(rows: Rows, { row, column }: Cell): string {
  return rows[row + 1]?.[column] ?? '';
}

/** The nearest cell that is there. */
export function clamp(rows: Rows, { row, column }: Cell): Cell {
  return {
    row: Math.max(0, Math.min(rowCount(rows) - 1, row)),
    column: Math.max(0, Math.min(columnCount(rows) - 1, column)),
  };
}
