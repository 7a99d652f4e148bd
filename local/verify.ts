import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkImports } from './checks/imports.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const bin = (name: string) => path.join(ROOT, 'node_modules/.bin', name);

interface Check {
  name: string;
  run(): Promise<{ ok: boolean; output: string }>;
}
const command = (name: string, file: string, args: string[]): Check => ({
  name,
  run: () =>
    new Promise((resolve) => {
      const child = spawn(file, args, { cwd: ROOT, env: process.env });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      child.once('close', (code) => resolve({ ok: code === 0, output }));
    }),
});

/** Everything that needs no server: types, lint, format, import table, dead code. */
export const CHECKS: Check[] = [
  command('types', bin('tsc'), ['-b']),
  command('lint', bin('oxlint'), ['--type-aware']),
  command('format (npm run format mends it)', bin('oxfmt'), ['--list-different']),
  {
    name: 'import directions',
    run: async () => {
      const { problems } = checkImports();
      return { ok: problems.length === 0, output: problems.join('\n') };
    },
  },
  command('dead code', bin('knip'), ['--no-progress']),
];

export async function verify(): Promise<boolean> {
  let ok = true;
  for (const check of CHECKS) {
    const started = performance.now();
    const result = await check.run();
    console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${check.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (!result.ok) console.log(result.output);
    ok &&= result.ok;
  }
  return ok;
}

if (process.argv[1] === import.meta.filename) process.exitCode = (await verify()) ? 0 : 1;
