import { expect, test } from 'vitest';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { groupProblems, rowRanges } from './group-problems.ts';

const problem = (row: number | null, message: string, severity: PlanProblem['severity'] = 'error'): PlanProblem => ({
  severity,
  code: 'X',
  message,
  fix: 'Fix it.',
  row,
  column: 'link',
  itemPath: null,
});

test('the same mistake in many rows is one line that names all of them', () => {
  const groups = groupProblems([problem(2, 'empty'), problem(3, 'empty'), problem(3, 'other'), problem(9, 'empty')]);
  expect(groups.map(({ problem: one, rows }) => [one.message, rows])).toEqual([
    ['empty', [2, 3, 9]],
    ['other', [3]],
  ]);
});

test('errors come before warnings, rows in the order of the sheet, the whole plan last', () => {
  const groups = groupProblems([problem(2, 'w', 'warning'), problem(null, 'plan'), problem(8, 'late'), problem(4, 'early')]);
  expect(groups.map((group) => group.problem.message)).toEqual(['early', 'late', 'plan', 'w']);
});

test('rows are said as ranges', () => {
  expect(rowRanges([7, 2, 4, 3, 3])).toEqual([
    [2, 4],
    [7, 7],
  ]);
  expect(rowRanges([])).toEqual([]);
});
