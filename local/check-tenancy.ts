import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What a walk found; written by worker/testing/tenancy/tenancy.test.ts. */
interface Report {
  routes: number;
  roles: number;
  positions: Record<string, number>;
  calls: number;
  leaks: string[];
}

const ROOT = path.resolve(import.meta.dirname, '..');
const WALK = 'another organization';
/** The walk with both walls, with the database's alone, and with none: only the last may find a way through, and it must. */
const MODES = [
  { name: 'both walls', mutant: '', holds: true },
  { name: "the database's wall alone", mutant: 'no-filter', holds: true },
  { name: 'no wall', mutant: 'no-filter-no-rls', holds: false },
] as const;

function walk(mutant: string): Report | null {
  const report = path.join(ROOT, `.local/tenancy-${mutant || 'whole'}.json`);
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.rmSync(report, { force: true });
  const run = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'worker',
      'worker/testing/tenancy/tenancy.test.ts',
      ...(mutant ? ['-t', WALK] : []),
    ],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, TENANCY_REPORT: report, NO_COLOR: '1', ...(mutant ? { INLAY_MUTANT: mutant } : {}) },
    },
  );
  if (!mutant && run.status !== 0) console.log(run.stdout.slice(-6000), run.stderr.slice(-2000));
  if (!fs.existsSync(report)) {
    console.log(`The walk did not come to its end: ${run.stdout.slice(-3000)}`);
    return null;
  }
  const found = JSON.parse(fs.readFileSync(report, 'utf8')) as Report;
  // The rest of the file holds roles and lists against their documents: a walk of an incomplete list is no walk.
  return mutant || run.status === 0 ? found : { ...found, leaks: [...found.leaks, 'the file is red'] };
}

const found = MODES.map((mode) => {
  const report = walk(mode.mutant);
  const leaks = report?.leaks.length ?? -1;
  const isRight = report !== null && (mode.holds ? leaks === 0 : leaks > 0);
  console.log(
    `${isRight ? 'ok  ' : 'FAIL'} ${mode.name}: ${report?.routes} routes × ${report?.roles} callers, ${report?.calls} calls, leaks ${leaks}`,
  );
  if (!isRight) for (const leak of report?.leaks.slice(0, 20) ?? []) console.log(`     ${leak}`);
  return { report, leaks, isRight };
});
const [whole, database, none] = found;
const ok = found.every(({ isRight }) => isRight);
console.log(
  JSON.stringify({
    ok,
    routes: whole?.report?.routes,
    roles: whole?.report?.roles,
    positions: whole?.report?.positions,
    walked: whole?.report?.calls,
    leaks: whole?.leaks,
    leaksWithoutFilter: database?.leaks,
    leaksWithoutAnyWall: none?.leaks,
  }),
);
process.exitCode = ok ? 0 : 1;
