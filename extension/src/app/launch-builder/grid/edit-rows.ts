import { columnOf } from '#shared/rules/sheet/columns.ts';
import type { Rows } from '../planner/plan-change.ts';
import { cellsIn, columnCount, rowCount, textAt, type Cell, type Range } from './grid-range.ts';

/**
 * Changes of a sheet, header first. Rows that a change does not touch stay the very same lists, so that the planner reads only the others
 * again.
 */

/** Writes a table with its first cell at `at`; rows are added below the last one, columns beyond the header are left out. */
export function writeTable(rows: Rows, at: Cell, table: Rows): Rows {
  const width = columnCount(rows);
  const next = [...rows];
  table.forEach((texts, i) => {
    const place = at.row + 1 + i;
    while (next.length <= place) next.push(emptyRow(width));
    next[place] = withTexts(next[place] as readonly string[], at.column, texts.slice(0, width - at.column), width);
  });
  return next;
}

/** What is pasted: one value fills the selection, a smaller table is repeated in it where it fits a whole number of times. */
export function pasteTable(rows: Rows, range: Range, table: Rows): Rows {
  const [height, width] = [table.length, Math.max(0, ...table.map((texts) => texts.length))];
  if (height === 0 || width === 0) return rows;
  const [tall, wide] = [range.bottom - range.top + 1, range.last - range.first + 1];
  const repeats = cellsIn(range) > 1 && tall % height === 0 && wide % width === 0;
  const block = repeats
    ? Array.from({ length: tall }, (_, i) => Array.from({ length: wide }, (_, j) => table[i % height]?.[j % width] ?? ''))
    : table;
  return writeTable(rows, { row: range.top, column: range.first }, block);
}

export function clearCells(rows: Rows, range: Range): Rows {
  return mapRange(rows, range, () => '');
}

/** The first row of the selection to all below it; of a single row, the row above it. An item path belongs to one ad and is not repeated. */
export function fillDown(rows: Rows, range: Range): Rows {
  const from = range.top === range.bottom ? range.top - 1 : range.top;
  if (from < 0) return rows;
  return mapRange(rows, { ...range, top: from + 1 }, (text, cell) =>
    isItemPath(rows, cell.column) ? text : textAt(rows, { row: from, column: cell.column }),
  );
}

export function insertRows(rows: Rows, at: number, count: number): Rows {
  const width = columnCount(rows);
  return rows.toSpliced(at + 1, 0, ...Array.from({ length: count }, () => emptyRow(width)));
}

/** A sheet keeps one row to write into. */
export function deleteRows(rows: Rows, from: number, count: number): Rows {
  const left = rows.toSpliced(from + 1, count);
  return left.length > 1 ? left : [...left, emptyRow(columnCount(rows))];
}

/** Every occurrence, upper or lower case. Item paths are left as they are. */
export function replaceAll(rows: Rows, find: string, by: string): { rows: Rows; replaced: number } {
  if (find === '') return { rows, replaced: 0 };
  const pattern = new RegExp(find.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
  let replaced = 0;
  const next = mapRange(rows, { top: 0, bottom: rowCount(rows) - 1, first: 0, last: columnCount(rows) - 1 }, (text, { column }) => {
    if (isItemPath(rows, column)) return text;
    return text.replaceAll(pattern, () => {
      replaced += 1;
      return by;
    });
  });
  return { rows: next, replaced };
}

/** A new text for each cell of a range; rows in which nothing changes stay the same lists. */
function mapRange(rows: Rows, { top, bottom, first, last }: Range, change: (text: string, cell: Cell) => string): Rows {
  const width = columnCount(rows);
  return rows.map((texts, i) => {
    const row = i - 1;
    if (row < top || row > bottom) return texts;
    const before = texts.slice(first, last + 1);
    while (before.length <= last - first) before.push('');
    const after = before.map((text, j) => change(text, { row, column: first + j }));
    return after.every((text, j) => text === before[j]) ? texts : withTexts(texts, first, after, width);
  });
}

function withTexts(row: readonly string[], column: number, texts: readonly string[], width: number): readonly string[] {
  const next = [...row];
  while (next.length < width) next.push('');
  texts.forEach((text, i) => {
    next[column + i] = text;
  });
  return next;
}

function isItemPath(rows: Rows, column: number): boolean {
  return columnOf(rows[0]?.[column] ?? '') === 'item_path';
}

function emptyRow(width: number): readonly string[] {
  return Array.from({ length: width }, () => '');
}
