import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Keeps the sandbox's state across restarts. Writes are gathered and land whole (write beside, then rename). */
export interface StateFile {
  read(): unknown;
  touch(): void;
  flush(): void;
}

const GATHER_MS = 400;

export function createStateFile(path: string | undefined, take: () => unknown): StateFile {
  let timer: NodeJS.Timeout | null = null;

  const write = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (path === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.next`, JSON.stringify(take()));
    renameSync(`${path}.next`, path);
  };

  return {
    read() {
      if (path === undefined) return null;
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
      return JSON.parse(text) as unknown;
    },
    touch() {
      if (path === undefined || timer !== null) return;
      timer = setTimeout(write, GATHER_MS);
    },
    flush() {
      if (timer !== null) write();
    },
  };
}
