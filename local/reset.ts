import fs from 'node:fs';
import path from 'node:path';

/** Forgets everything a local stack remembers; packages and builds stay. */
const root = path.resolve(import.meta.dirname, '..');
const lock = path.join(root, '.local/main/running.pid');
if (fs.existsSync(lock) && isRunning(Number(fs.readFileSync(lock, 'utf8')))) {
  console.error('Inlay is running here. Stop it first (Ctrl C in its window), then reset.');
  process.exit(1);
}
fs.rmSync(path.join(root, '.local/main'), { recursive: true, force: true });
const away = path.join('/var/tmp', `inlay-data-${Buffer.from(path.join(root, '.local/main/postgres')).toString('hex').slice(-60)}`);
fs.rmSync(away, { recursive: true, force: true });
console.log('Reset. The next npm start begins afresh.');

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
