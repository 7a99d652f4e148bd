// npm start, from a bare clone: nothing of the project can be imported before the packages are there, so this file uses Node only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Inlay needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`);
  process.exit(1);
}

// Installed for exactly this lockfile? Then nothing is touched and no network is needed.
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const stamp = path.join('node_modules', '.inlay-lock');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing packages (once per lockfile) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  mkdirSync('node_modules', { recursive: true });
  writeFileSync(stamp, lock);
}

const [script = 'local/main.ts', ...rest] = process.argv.slice(2)[0]?.endsWith('.ts')
  ? process.argv.slice(2)
  : ['local/main.ts', ...process.argv.slice(2)];
const { register } = await import('tsx/esm/api');
register();
process.argv = [process.argv[0], path.join(root, script), ...rest];
await import(path.join(root, script));
