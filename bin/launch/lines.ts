import type { PlanProblem } from '#shared/contracts/launches.ts';
import type { PlanCounts } from '#shared/rules/planned-item.ts';

/** "error · row 3, link · NOT_HTTPS: what is wrong. What to do." */
export function problemLine({ severity, row, column, itemPath, code, message, fix }: PlanProblem): string {
  const place = [row === null ? null : `row ${row}`, column ?? (row === null ? itemPath : null)].filter((part) => part !== null).join(', ');
  return `${severity} · ${place === '' ? 'plan' : place} · ${code}: ${message} ${fix}`;
}

export function refusedLine({ itemPath, kind, note }: { itemPath: string; kind: string; note: string | null }): string {
  return `refused · ${kind.replace('_', ' ')} ${itemPath}: ${note ?? 'the platform did not say why.'}`;
}

export function countsLine({ byKind, dailyBudgetMinor, currency }: PlanCounts): string {
  const kinds = Object.entries(byKind)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind.replace('_', ' ')}`);
  return `${kinds.join(', ')}; ${dailyBudgetMinor} a day (smallest unit of ${currency})`;
}
