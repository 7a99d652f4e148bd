import type { PlanProblem } from './planned-item.ts';

/** Short way to write a problem down; the address first because that is what a reader looks for. */
export function planError(path: string, code: string, message: string, fix: string, params: PlanProblem['params'] = {}): PlanProblem {
  return { code, severity: 'error', path, message, fix, params };
}

export function planWarning(path: string, code: string, message: string, fix: string, params: PlanProblem['params'] = {}): PlanProblem {
  return { code, severity: 'warning', path, message, fix, params };
}

export function hasErrors(problems: readonly { severity: 'error' | 'warning' }[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
