import type { Rows } from '../planner/plan-change.ts';
import { textAt, columnCount, rowCount, type Cell } from './grid-range.ts';
import type { GridEvent, GridState } from './grid-state.ts';

export interface Key {
  key: string;
  shift: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  command: boolean;
  alt: boolean;
}

/** What a key asks of the screen around the grid. */
export type GridWish = 'find' | 'next-problem' | 'previous-problem';

/**
 * What a key does while no editor is open; null = it is not ours. Arrows follow what the eye sees: in a sheet that runs from right to left
 * the left arrow goes on. Tab is left alone, so that the grid can be left.
 */
export function keyInGrid(
  key: Key,
  state: Pick<GridState, 'rows' | 'cursor'>,
  view: { rightToLeft: boolean; pageRows: number },
): GridEvent | GridWish | null {
  const to = moveOf(key, state, view);
  if (to !== null) return { type: 'move', to, extend: key.shift };
  if (key.command && !key.alt) return commandOf(key);
  switch (key.key) {
    case 'Enter':
    case 'F2':
      return key.shift || key.alt ? null : { type: 'edit', text: null };
    case 'Delete':
    case 'Backspace':
      return { type: 'clear' };
    case 'Escape':
      return { type: 'move', to: state.cursor };
    case 'F8':
      return key.shift ? 'previous-problem' : 'next-problem';
    default:
      return key.key.length === 1 && !key.alt ? { type: 'edit', text: key.key } : null;
  }
}

function commandOf({ key, shift }: Key): GridEvent | GridWish | null {
  switch (key.toLowerCase()) {
    case 'z':
      return { type: shift ? 'redo' : 'undo' };
    case 'y':
      return { type: 'redo' };
    case 'a':
      return { type: 'select-all' };
    case 'd':
      return { type: 'fill-down' };
    case 'f':
    case 'h':
      return 'find';
    case 'enter':
      return { type: 'insert-rows', below: !shift };
    case 'delete':
    case 'backspace':
      return { type: 'delete-rows' };
    default:
      return null;
  }
}

function moveOf(
  { key, command, alt }: Key,
  { rows, cursor }: Pick<GridState, 'rows' | 'cursor'>,
  { rightToLeft, pageRows }: { rightToLeft: boolean; pageRows: number },
): Cell | null {
  if (alt) return null;
  const onward = rightToLeft ? -1 : 1;
  const lastRow = rowCount(rows) - 1;
  const lastColumn = columnCount(rows) - 1;
  const step = (row: number, column: number): Cell =>
    command ? edgeFrom(rows, cursor, { row, column }) : { row: cursor.row + row, column: cursor.column + column };
  switch (key) {
    case 'ArrowDown':
      return step(1, 0);
    case 'ArrowUp':
      return step(-1, 0);
    case 'ArrowRight':
      return step(0, onward);
    case 'ArrowLeft':
      return step(0, -onward);
    case 'PageDown':
      return { ...cursor, row: cursor.row + pageRows };
    case 'PageUp':
      return { ...cursor, row: cursor.row - pageRows };
    case 'Home':
      return { row: command ? 0 : cursor.row, column: 0 };
    case 'End':
      return { row: command ? lastRow : cursor.row, column: lastColumn };
    default:
      return null;
  }
}

/** As spreadsheets jump: to the last filled cell before a gap, or over the gap to the next filled one, or to the edge. */
function edgeFrom(rows: Rows, from: Cell, way: Cell): Cell {
  const isIn = ({ row, column }: Cell) => row >= 0 && column >= 0 && row < rowCount(rows) && column < columnCount(rows);
  const next = ({ row, column }: Cell): Cell => ({ row: row + way.row, column: column + way.column });
  const isFilled = (cell: Cell) => textAt(rows, cell) !== '';
  let at = next(from);
  if (!isIn(at)) return from;
  const through = isFilled(from) && isFilled(at);
  for (let beyond = next(at); isIn(beyond); beyond = next(at)) {
    if (through ? !isFilled(beyond) : isFilled(at)) break;
    at = beyond;
  }
  return at;
}
