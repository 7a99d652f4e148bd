import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildClient } from './build-clients.ts';
import { bundleWorker } from './bundle-worker.ts';
import { placeWidget } from './place-widget.ts';
import { arePlaceholders, publicOrigins } from './public-origins.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
export const LIMIT_BYTES = 1024 * 1024;
const BINDINGS = ['LAUNCH_QUEUE', 'WEBHOOK_QUEUE', 'JOB_QUEUE', 'RAW', 'MEDIA', 'CALL_LIMIT', 'RATE_BUDGET', 'PROGRESS_ROOM', 'ASSETS'];
/** Files without which the deployment would be half: the app's page, the widget's loader and a chunk for each element. */
const FILES = [/^index\.html$/, /^widget\/inlay\.js$/, /^widget\/inlay-lead-roas\.\w+\.js$/, /^widget\/inlay-affiliate-stats\.\w+\.js$/];

export interface DryRun {
  ok: boolean;
  compressedBytes: number;
  limitBytes: number;
  bindings: string[];
  /** Every static file with its size in bytes, by its path on the Worker's origin. */
  files: Record<string, number>;
}

/** The Worker as it would be uploaded: compressed size, every binding that wrangler.toml names, and the files it serves. */
export async function dryRun(): Promise<DryRun> {
  const site = await buildSite();
  const { dir, output } = await bundleWorker('.local/deploy');
  const code = fs.readdirSync(dir).filter((file) => /\.(js|wasm)$/.test(file));
  const compressedBytes = code.reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(dir, file)), { level: 9 }).length, 0);
  const bindings = [...output.matchAll(/^env\.([A-Z_]+)/gm)].map((match) => match[1] as string);
  const files = Object.fromEntries(listFiles(site).map((file) => [file, fs.statSync(path.join(site, file)).size]));
  const missing = [
    ...BINDINGS.filter((name) => !bindings.includes(name)),
    ...FILES.filter((wanted) => !Object.keys(files).some((file) => wanted.test(file))).map(String),
  ];
  if (missing.length > 0) console.error(`Missing from the bundle: ${missing.join(', ')}`);
  return { ok: compressedBytes <= LIMIT_BYTES && missing.length === 0, compressedBytes, limitBytes: LIMIT_BYTES, bindings, files };
}

/** Web app and widget in the folder that wrangler.toml uploads, the widget calling the API that it names; returns the folder. */
async function buildSite(): Promise<string> {
  await Promise.all([buildClient('web'), buildClient('widget', { ...publicOrigins() })]);
  const site = path.join(ROOT, 'dist/web');
  placeWidget(site);
  return site;
}

function listFiles(dir: string): string[] {
  return fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .toSorted();
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--dry-run')) {
    const result = await dryRun();
    console.log(JSON.stringify(result));
    process.exitCode = result.ok ? 0 : 1;
  } else {
    if (arePlaceholders(publicOrigins())) {
      console.error('Set API_ORIGIN and APP_ORIGIN in wrangler.toml first: the widget is built to call them.');
      process.exit(1);
    }
    await buildSite();
    const upload = spawnSync(
      process.execPath,
      [path.join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'deploy', ...process.argv.slice(2)],
      { cwd: ROOT, stdio: 'inherit' },
    );
    process.exitCode = upload.status ?? 1;
  }
}
