import './quiet-wrangler.ts';
import fs from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Production's own bundler, without the upload. Returns the folder of the bundle and what wrangler printed (sizes, bindings). */
export async function bundleWorker(outDir: string): Promise<{ dir: string; output: string }> {
  const web = path.join(ROOT, 'dist/web');
  fs.mkdirSync(web, { recursive: true });
  const dir = path.resolve(ROOT, outDir);
  const output = await runTool(
    ['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--outdir', dir],
    'The Worker does not bundle',
  );
  return { dir, output };
}
