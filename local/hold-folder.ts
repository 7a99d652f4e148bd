import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface Ports {
  worker: number;
  sandbox: number;
  https: number;
  postgres: number;
}
/** A living process that holds a folder. `ports` only for a stack that people start. */
export interface Holder {
  pid: number;
  ports?: Ports;
}

/** Somebody else holds the folder. */
export class HeldError extends Error {
  readonly holder: Holder;
  constructor(holder: Holder) {
    super(`Inlay already runs here (process ${holder.pid}).`);
    this.holder = holder;
  }
}

/** Which process of this number, so that a later one with the same number is not taken for it. Null = no such process. */
export function bornAt(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user lives too.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? '');
  } catch {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
}

type Written = Holder & { born?: string };

/** A note about a process, kept in a file: who it was. */
export const noteOf = (pid: number, ports?: Ports): string =>
  JSON.stringify({ pid, born: bornAt(pid) ?? '', ...(ports ? { ports } : {}) } satisfies Written);

/** The process a note tells of, if it still lives; null = no note, or nobody. */
export function holderOf(file: string): Holder | null {
  let written: unknown;
  try {
    written = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  const { pid, born, ports } = (typeof written === 'number' ? { pid: written } : (written ?? {})) as Partial<Written>;
  if (pid === undefined) return null;
  const alive = bornAt(pid);
  if (alive === null || (born && alive && born !== alive)) return null;
  return { pid, ...(ports ? { ports } : {}) };
}

/**
 * Takes a folder for this process; the note of one that was killed is taken over.
 * @returns gives the folder back, and never takes away another's note
 * @throws HeldError while another process, or this one, holds it
 */
export function holdFolder(dir: string, ports?: Ports): () => void {
  fs.mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'running.pid');
  const mine = noteOf(process.pid, ports);
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      const holder = holderOf(file);
      if (holder) throw new HeldError(holder);
      // What was judged dead is put aside first: of two starts at once only one moves it, and a living note moved by mistake is put back.
      const aside = `${file}.old-${process.pid}`;
      if (fs.existsSync(file)) {
        try {
          fs.renameSync(file, aside);
        } catch {
          continue;
        }
        const moved = holderOf(aside);
        if (moved) {
          fs.renameSync(aside, file);
          throw new HeldError(moved);
        }
        fs.rmSync(aside, { force: true });
      }
      try {
        // A link appears whole or not at all, and only where there is none yet.
        fs.linkSync(draft, file);
      } catch {
        continue;
      }
      return () => {
        if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === mine) fs.rmSync(file, { force: true });
      };
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
  throw new HeldError(holderOf(file) ?? { pid: 0 });
}
