import './quiet-wrangler.ts';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Production's own bundler, without the upload. Returns the folder of the bundle and what wrangler printed (sizes, bindings). */
export async function bundleWorker(outDir: string): Promise<{ dir: string; output: string }> {
  const web = path.join(ROOT, 'dist/web');
  fs.mkdirSync(web, { recursive: true });
  const dir = path.resolve(ROOT, outDir);
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'deploy', '--dry-run', '--outdir', dir],
    { cwd: ROOT, env: process.env },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The Worker does not bundle:\n${output}`);
  return { dir, output };
}
