import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { dryRun } from './deploy.ts';
import { needChromium } from './find-chromium.ts';
import { slowestFiles, type TimedFile } from './slowest-files.ts';
import { verify } from './verify.ts';

/** npm test: everything, in the order in which a failure is cheapest. Prints `N passed, N failed, N skipped` last. */
const ROOT = path.resolve(import.meta.dirname, '..');
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
  testResults: (TimedFile & { status: string; message?: string })[];
}

process.env['CHROMIUM_PATH'] = needChromium();
if (!fs.existsSync(path.join(ROOT, '../shared/specs'))) {
  console.log("note: ../shared/specs is not here; checks against the platforms' own specifications are skipped and counted below.");
}

const [verified, bundle] = await Promise.all([verify(), dryRun()]);
console.log(
  `${bundle.ok ? 'ok  ' : 'FAIL'} deploy --dry-run: ${bundle.compressedBytes} bytes compressed of ${bundle.limitBytes}, bindings ${bundle.bindings.length} (${seconds()})`,
);

const report = path.join(ROOT, '.local/vitest.json');
fs.mkdirSync(path.dirname(report), { recursive: true });
fs.rmSync(report, { force: true });
const child = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, stdio: 'inherit', env: process.env },
);
const code = await new Promise<number>((resolve) => child.once('exit', (value) => resolve(value ?? 1)));

const result = fs.existsSync(report) ? (JSON.parse(fs.readFileSync(report, 'utf8')) as VitestReport) : null;
const broken = result?.testResults.filter((file) => file.status === 'failed' && (file.message ?? '') !== '').length ?? 1;
const ok = verified && bundle.ok && code === 0 && result !== null && result.numFailedTests === 0;
const failed =
  (result?.numFailedTests ?? 0) +
  (verified ? 0 : 1) +
  (bundle.ok ? 0 : 1) +
  (code !== 0 && result?.numFailedTests === 0 ? Math.max(1, broken) : 0);
if (result) console.log(`\nslowest files:\n${slowestFiles(result.testResults, ROOT).join('\n')}`);
console.log(`\nverified, bundled and tested in ${seconds()}`);
console.log(
  `${(result?.numPassedTests ?? 0) + Number(verified) + Number(bundle.ok)} passed, ${failed} failed, ${result?.numPendingTests ?? 0} skipped`,
);
process.exitCode = ok ? 0 : 1;
