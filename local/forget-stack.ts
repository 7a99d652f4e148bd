import fs from 'node:fs';
import path from 'node:path';
import { dataDirAway } from './postgres.ts';

/** Removes everything the stack in this folder remembers; packages and builds stay. @throws when it is running */
export function forgetStack(dir: string): void {
  const lock = path.join(dir, 'running.pid');
  if (fs.existsSync(lock) && isRunning(Number(fs.readFileSync(lock, 'utf8'))))
    throw new Error('Inlay is running here. Stop it first (Ctrl C in its window), then reset.');
  for (const folder of [dir, dataDirAway(path.join(dir, 'postgres'))]) fs.rmSync(folder, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
