import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Which tests must notice each guard's absence. */
const MUST_NOTICE = {
  'no-window': ['worker/domains/launches/exactly-once.test.ts'],
  'no-compare-and-set': ['worker/domains/launches/exactly-once.test.ts'],
  'no-rls': ['worker/testing/walls.test.ts'],
  'no-signature-check': ['worker/domains/webhooks'],
} as const;

/** Takes one guard away after the other and runs the tests that guard it: green is a defect of the suite. */
const root = path.resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const results: Record<string, 'noticed' | 'not noticed' | 'did not run'> = {};
for (const [mutant, files] of Object.entries(MUST_NOTICE)) {
  if (wanted.length > 0 && !wanted.includes(mutant)) continue;
  const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'worker', ...files], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, INLAY_MUTANT: mutant, NO_COLOR: '1' },
  });
  // Red by a failing expectation, not by a suite that could not start.
  const failed = /Tests\s+(\d+) failed/.exec(run.stdout)?.[1];
  results[mutant] = run.status === 0 ? 'not noticed' : failed ? 'noticed' : 'did not run';
  console.log(`${results[mutant] === 'noticed' ? 'red, as it must be' : 'NOT RED'}  ${mutant}${failed ? `: ${failed} tests failed` : ''}`);
  if (results[mutant] === 'did not run') console.log(run.stdout.slice(-3000), run.stderr.slice(-2000));
}
const ok = Object.values(results).every((result) => result === 'noticed');
console.log(JSON.stringify({ ok, mutants: results }));
process.exitCode = ok ? 0 : 1;
