import type { Rows } from '../planner/plan-change.ts';
import { clearCells, deleteRows, fillDown, insertRows, pasteTable, replaceAll, writeTable } from './edit-rows.ts';
import { clamp, columnCount, rangeOf, rowCount, textAt, type Cell, type Range } from './grid-range.ts';

/** What a person sees and where they stand in it. */
export interface GridState {
  rows: Rows;
  /** The cell that keys act on; with `anchor` the other corner of the selection. */
  cursor: Cell;
  anchor: Cell;
  /** Text in the open editor; null = none is open. */
  editing: string | null;
  past: Step[];
  future: Step[];
}

interface Step {
  rows: Rows;
  cursor: Cell;
  anchor: Cell;
}

export type GridEvent =
  | { type: 'move'; to: Cell; extend?: boolean }
  | { type: 'select-rows'; row: number; extend?: boolean }
  | { type: 'select-all' }
  /** Null opens the text that is there; a text replaces it. */
  | { type: 'edit'; text: string | null }
  | { type: 'cancel' }
  /** Names its cell: the cursor may have gone on before the editor was left. */
  | { type: 'commit'; at: Cell; text: string; go: 'down' | 'up' | 'next' | 'previous' | 'stay' }
  | { type: 'paste'; table: Rows }
  | { type: 'clear' }
  | { type: 'fill-down' }
  | { type: 'insert-rows'; below: boolean }
  | { type: 'delete-rows' }
  | { type: 'replace-all'; find: string; by: string }
  | { type: 'undo' }
  | { type: 'redo' }
  /** Another sheet came from outside: what was done to the old one cannot be undone in the new one. */
  | { type: 'replaced'; rows: Rows };

const MOST_STEPS = 200;

export function openGrid(rows: Rows): GridState {
  const start = { row: 0, column: 0 };
  return { rows, cursor: start, anchor: start, editing: null, past: [], future: [] };
}

export function selectionOf({ cursor, anchor }: Pick<GridState, 'cursor' | 'anchor'>): Range {
  return rangeOf(cursor, anchor);
}

/** State and event to state; pure. Every change of the rows is one step that can be undone. */
export function gridState(state: GridState, event: GridEvent): GridState {
  const { rows, cursor } = state;
  const range = selectionOf(state);
  switch (event.type) {
    case 'move': {
      const to = clamp(rows, event.to);
      return { ...state, cursor: to, anchor: event.extend === true ? state.anchor : to, editing: null };
    }
    case 'select-rows': {
      const last = columnCount(rows) - 1;
      const from = event.extend === true ? state.anchor.row : event.row;
      return { ...state, anchor: { row: from, column: last }, cursor: clamp(rows, { row: event.row, column: 0 }), editing: null };
    }
    case 'select-all':
      return { ...state, cursor: { row: 0, column: 0 }, anchor: clamp(rows, { row: rowCount(rows), column: columnCount(rows) }) };
    case 'edit':
      return { ...state, anchor: cursor, editing: event.text ?? textAt(rows, cursor) };
    case 'cancel':
      return { ...state, editing: null };
    case 'commit': {
      const { at, text, go } = event;
      const written = { ...(text === textAt(rows, at) ? state : changed(state, writeTable(rows, at, [[text]]))), editing: null };
      return go === 'stay' ? written : gridState(written, { type: 'move', to: after(rows, at, go) });
    }
    case 'paste': {
      const next = changed(state, pasteTable(rows, range, event.table));
      const [height, width] = [event.table.length, Math.max(0, ...event.table.map((texts) => texts.length))];
      const start = { row: range.top, column: range.first };
      const end = clamp(next.rows, {
        row: Math.max(range.bottom, range.top + height - 1),
        column: Math.max(range.last, range.first + width - 1),
      });
      return { ...next, cursor: start, anchor: end };
    }
    case 'clear':
      return changed(state, clearCells(rows, range));
    case 'fill-down':
      return changed(state, fillDown(rows, range));
    case 'insert-rows': {
      const count = range.bottom - range.top + 1;
      const at = event.below ? range.bottom + 1 : range.top;
      const next = changed(state, insertRows(rows, at, count));
      return gridState(next, { type: 'move', to: { row: at, column: cursor.column } });
    }
    case 'delete-rows': {
      const next = changed(state, deleteRows(rows, range.top, range.bottom - range.top + 1));
      return gridState(next, { type: 'move', to: { row: range.top, column: cursor.column } });
    }
    case 'replace-all':
      return changed(state, replaceAll(rows, event.find, event.by).rows);
    case 'undo':
      return stepBack(state, 'past', 'future');
    case 'redo':
      return stepBack(state, 'future', 'past');
    case 'replaced':
      return event.rows === rows ? state : openGrid(event.rows);
  }
}

/** Nothing changed: no step. */
function changed(state: GridState, rows: Rows): GridState {
  if (rows.length === state.rows.length && rows.every((row, i) => row === state.rows[i])) return state;
  const { cursor, anchor } = state;
  return { ...state, rows, past: [...state.past, { rows: state.rows, cursor, anchor }].slice(-MOST_STEPS), future: [] };
}

function stepBack(state: GridState, from: 'past' | 'future', to: 'past' | 'future'): GridState {
  const step = state[from].at(-1);
  if (step === undefined) return state;
  const { rows, cursor, anchor } = state;
  return { ...state, ...step, editing: null, [from]: state[from].slice(0, -1), [to]: [...state[to], { rows, cursor, anchor }] };
}

function after(rows: Rows, from: Cell, go: 'down' | 'up' | 'next' | 'previous'): Cell {
  const width = columnCount(rows);
  const place = from.row * width + from.column;
  const at = (index: number): Cell => ({ row: Math.floor(index / width), column: index % width });
  switch (go) {
    case 'down':
      return { ...from, row: from.row + 1 };
    case 'up':
      return { ...from, row: from.row - 1 };
    case 'next':
      return at(Math.min(rowCount(rows) * width - 1, place + 1));
    case 'previous':
      return at(Math.max(0, place - 1));
  }
}
