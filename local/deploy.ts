import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildClient } from './build-clients.ts';
import { bundleWorker } from './bundle-worker.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
export const LIMIT_BYTES = 1024 * 1024;

/** The Worker as it would be uploaded: compressed size, and every binding that wrangler.toml names. */
export async function dryRun(): Promise<{ ok: boolean; compressedBytes: number; limitBytes: number; bindings: string[] }> {
  await buildClient('web');
  const { dir, output } = await bundleWorker('.local/deploy');
  const files = fs.readdirSync(dir).filter((file) => /\.(js|wasm)$/.test(file));
  const compressedBytes = files.reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(dir, file)), { level: 9 }).length, 0);
  const bindings = [...output.matchAll(/^env\.([A-Z_]+)/gm)].map((match) => match[1] as string);
  const wanted = ['LAUNCH_QUEUE', 'WEBHOOK_QUEUE', 'JOB_QUEUE', 'RAW', 'MEDIA', 'RATE_BUDGET', 'PROGRESS_ROOM', 'ASSETS'];
  const missing = wanted.filter((name) => !bindings.includes(name));
  if (missing.length > 0) console.error(`Bindings missing from the bundle: ${missing.join(', ')}`);
  return { ok: compressedBytes <= LIMIT_BYTES && missing.length === 0, compressedBytes, limitBytes: LIMIT_BYTES, bindings };
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--dry-run')) {
    const result = await dryRun();
    console.log(JSON.stringify(result));
    process.exitCode = result.ok ? 0 : 1;
  } else {
    await buildClient('web');
    const upload = spawnSync(
      process.execPath,
      [path.join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'deploy', ...process.argv.slice(2)],
      { cwd: ROOT, stdio: 'inherit' },
    );
    process.exitCode = upload.status ?? 1;
  }
}
