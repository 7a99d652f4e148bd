import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** One file of the Worker's tests in a process of its own, with a guard taken away ('' = none). What it printed comes back; nothing is thrown. */
export function runWorkerTests(
  file: string,
  mutant: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): { passed: boolean; printed: string } {
  const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'worker', file, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env, ...(mutant ? { INLAY_MUTANT: mutant } : {}) },
  });
  return { passed: run.status === 0, printed: `${run.stdout.slice(-6000)}\n${run.stderr.slice(-2000)}` };
}
