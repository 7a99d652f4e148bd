import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bornAt, holderOf, noteOf } from './hold-folder.ts';
import { dataDirAway, endOrphan } from './postgres.ts';

const WORKERD_NOTE = 'workerd.pid';

/** Notes the workerd this process started, so that a start after a kill finds it. Without `ps` there is no note. */
export function noteWorkerd(dir: string): void {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of (stdout ?? '').split('\n')) {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === process.pid && command.includes('workerd')) fs.writeFileSync(path.join(dir, WORKERD_NOTE), noteOf(Number(pid)));
  }
}

/** Ends what a killed stack left running in its folder: workerd and Postgres. The caller holds the folder. @throws when its owner lives */
export async function endLeftovers(dir: string): Promise<void> {
  const workerd = holderOf(path.join(dir, WORKERD_NOTE));
  if (workerd) {
    process.kill(workerd.pid, 'SIGKILL');
    for (let i = 0; i < 100 && bornAt(workerd.pid) !== null; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  fs.rmSync(path.join(dir, WORKERD_NOTE), { force: true });
  const data = path.join(dir, 'postgres');
  for (const folder of [data, dataDirAway(data)]) await endOrphan(folder);
}
