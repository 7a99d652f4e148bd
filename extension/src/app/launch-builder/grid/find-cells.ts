import type { PlanProblem } from '#shared/contracts/launches.ts';
import { columnOf } from '#shared/rules/sheet/columns.ts';
import type { Rows } from '../planner/plan-change.ts';
import { columnCount, rowCount, textAt, type Cell } from './grid-range.ts';

/** The next cell after `from` that holds the text, upper or lower case, round the end; null = none does. */
export function findText(rows: Rows, from: Cell, text: string): Cell | null {
  if (text === '') return null;
  const wanted = text.toLowerCase();
  const width = columnCount(rows);
  const count = width * rowCount(rows);
  for (let i = 1; i <= count; i += 1) {
    const cell = cellAt((from.row * width + from.column + i) % count, width);
    if (textAt(rows, cell).toLowerCase().includes(wanted)) return cell;
  }
  return null;
}

export function countText(rows: Rows, text: string): number {
  if (text === '') return 0;
  const wanted = text.toLowerCase();
  return rows.slice(1).reduce((sum, row) => sum + row.filter((cell) => cell.toLowerCase().includes(wanted)).length, 0);
}

/** Findings by where they show: of a cell, or of a row as a whole (column null). Errors stand before warnings. */
export interface PlacedProblems {
  at(row: number, column: number | null): readonly PlanProblem[];
  /** Every cell with a finding, top to bottom; what a row as a whole has is in its first cell. */
  cells: readonly Cell[];
}

const NONE: readonly PlanProblem[] = [];

/** Findings count rows as the spreadsheet does and name columns by our words, or by the header where it is none of ours. */
export function placeProblems(problems: readonly PlanProblem[], header: readonly string[]): PlacedProblems {
  const columns = new Map<string, number>();
  header.forEach((cell, i) => {
    for (const name of [cell.trim(), columnOf(cell)]) if (name !== null && !columns.has(name)) columns.set(name, i);
  });
  const byPlace = new Map<string, PlanProblem[]>();
  const cells = new Map<string, Cell>();
  for (const problem of problems) {
    if (problem.row === null || problem.row < 2) continue;
    const row = problem.row - 2;
    const column = problem.column === null ? null : (columns.get(problem.column) ?? null);
    const place = `${row}/${column}`;
    const there = byPlace.get(place);
    if (there === undefined) byPlace.set(place, [problem]);
    else if (problem.severity === 'error') there.unshift(problem);
    else there.push(problem);
    cells.set(`${row}/${column ?? 0}`, { row, column: column ?? 0 });
  }
  return {
    at: (row, column) => byPlace.get(`${row}/${column}`) ?? NONE,
    cells: [...cells.values()].toSorted((a, b) => a.row - b.row || a.column - b.column),
  };
}

/** The finding after (or before) a cell, round the end; null = there is none. */
export function nextProblem({ cells }: PlacedProblems, from: Cell, back = false): Cell | null {
  const isAfter = (cell: Cell) => cell.row > from.row || (cell.row === from.row && cell.column > from.column);
  const isBefore = (cell: Cell) => cell.row < from.row || (cell.row === from.row && cell.column < from.column);
  return (back ? (cells.findLast(isBefore) ?? cells.at(-1)) : (cells.find(isAfter) ?? cells[0])) ?? null;
}

function cellAt(index: number, width: number): Cell {
  return { row: Math.floor(index / width), column: index % width };
}
