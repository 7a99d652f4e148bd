import { expect, test } from 'vitest';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { countText, findText, nextProblem, placeProblems } from './find-cells.ts';

const problem = (row: number | null, column: string | null, severity: 'error' | 'warning' = 'error'): PlanProblem => ({
  severity,
  code: `${severity} ${column}`,
  message: 'Wrong.',
  fix: 'Mend it.',
  row,
  column,
  itemPath: null,
});
const ROWS = [
  ['Ad set', 'Titre', 'Headline'],
  ['Broad', 'x', 'One'],
  ['Narrow', '', 'two'],
  ['Broad 2', 'x'],
];

test('findings stand in the cell they are about: rows as the spreadsheet counts, columns under any of their names', () => {
  const placed = placeProblems(
    [
      problem(2, 'headline', 'warning'),
      problem(2, 'headline'),
      problem(3, 'Titre'),
      problem(4, null),
      problem(null, 'ad_set'),
      problem(1, 'ad_set'),
    ],
    ROWS[0] as string[],
  );
  expect(placed.at(0, 2).map((one) => one.severity)).toEqual(['error', 'warning']);
  expect(placed.at(1, 1)).toHaveLength(1);
  expect(placed.at(2, null)).toHaveLength(1);
  expect(placed.cells).toEqual([
    { row: 0, column: 2 },
    { row: 1, column: 1 },
    { row: 2, column: 0 },
  ]);
  expect(nextProblem(placed, { row: 0, column: 2 })).toEqual({ row: 1, column: 1 });
  expect(nextProblem(placed, { row: 2, column: 0 })).toEqual({ row: 0, column: 2 }); // round the end
  expect(nextProblem(placed, { row: 0, column: 0 }, true)).toEqual({ row: 2, column: 0 });
  expect(nextProblem(placeProblems([], []), { row: 0, column: 0 })).toBeNull();
});

test('a column the sheet lacks is told at its row', () => {
  expect(placeProblems([problem(2, 'link')], ROWS[0] as string[]).at(0, null)).toHaveLength(1);
});

test('looks on from the cursor, round the end, in upper and lower case', () => {
  expect(findText(ROWS, { row: 0, column: 0 }, 'BROAD')).toEqual({ row: 2, column: 0 });
  expect(findText(ROWS, { row: 2, column: 0 }, 'broad')).toEqual({ row: 0, column: 0 });
  expect(findText(ROWS, { row: 0, column: 0 }, 'three')).toBeNull();
  expect(countText(ROWS, 'x')).toBe(2);
});
