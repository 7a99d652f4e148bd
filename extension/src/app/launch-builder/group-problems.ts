import type { PlanProblem } from '#shared/contracts/launches.ts';

/** One finding, and every row of the spreadsheet that has it; no rows = it belongs to the plan as a whole. */
export interface ProblemGroup {
  key: string;
  problem: PlanProblem;
  rows: number[];
}

/** Findings that say the same of many rows become one line, errors first, then in the order of the sheet. */
export function groupProblems(problems: readonly PlanProblem[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  for (const problem of problems) {
    const key = JSON.stringify([
      problem.severity,
      problem.code,
      problem.column,
      problem.itemPath,
      problem.launchId,
      problem.message,
      problem.fix,
    ]);
    const group = groups.get(key) ?? { key, problem, rows: [] };
    if (problem.row !== null) group.rows.push(problem.row);
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => rank(a) - rank(b) || firstRow(a) - firstRow(b));
}

function rank({ problem }: ProblemGroup): number {
  return problem.severity === 'error' ? 0 : 1;
}

/** Findings of the whole plan stand behind those of its rows. */
function firstRow({ rows }: ProblemGroup): number {
  return rows.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...rows);
}

/** [2, 3, 4, 7] as ranges: [[2, 4], [7, 7]]. */
export function rowRanges(rows: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && row <= last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  return ranges;
}
