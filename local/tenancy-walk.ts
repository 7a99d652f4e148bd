import fs from 'node:fs';
import path from 'node:path';
import { runWorkerTests } from './run-worker-tests.ts';

/** What a walk found; written by worker/testing/tenancy/tenancy.test.ts. */
export interface TenancyReport {
  routes: number;
  /** Kinds of caller that walked. */
  roles: number;
  positions: Record<string, number>;
  calls: number;
  leaks: string[];
}
/** What each role was told at each route, beside what the matrix says. */
export interface RoleReport {
  routes: number;
  pairs: number;
  wrong: string[];
}

const ROOT = path.resolve(import.meta.dirname, '..');

/** Runs the walk's file with one guard taken away ('' = none). Null when it did not come to its end; what it printed is shown then. */
export function walkTenancy(mutant: '' | 'no-filter' | 'no-filter-no-rls'): { walk: TenancyReport; roles: RoleReport | null } | null {
  const report = path.join(ROOT, `.local/tenancy-${mutant || 'whole'}-${process.pid}.json`);
  const roles = report.replace('.json', '-roles.json');
  fs.mkdirSync(path.dirname(report), { recursive: true });
  const { passed, printed } = runWorkerTests('worker/testing/tenancy/tenancy.test.ts', mutant, {
    args: mutant ? ['-t', 'another organization'] : [],
    env: { TENANCY_REPORT: report },
  });
  if (!fs.existsSync(report) || (!mutant && !passed)) {
    console.log(printed);
    if (!fs.existsSync(report)) return null;
  }
  const walk = JSON.parse(fs.readFileSync(report, 'utf8')) as TenancyReport;
  const said = fs.existsSync(roles) ? (JSON.parse(fs.readFileSync(roles, 'utf8')) as RoleReport) : null;
  for (const file of [report, roles]) fs.rmSync(file, { force: true });
  // The rest of the file holds roles and lists against their documents: a walk of an incomplete list is no walk.
  return { walk: mutant || passed ? walk : { ...walk, leaks: [...walk.leaks, 'the file is red'] }, roles: said };
}
