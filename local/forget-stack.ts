import fs from 'node:fs';
import path from 'node:path';
import { endLeftovers } from './end-leftovers.ts';
import { HeldError, holdFolder } from './hold-folder.ts';
import { dataDirAway } from './postgres.ts';

/** Removes everything the stack in this folder remembers; packages and builds stay. @throws when it is running */
export async function forgetStack(dir: string): Promise<void> {
  let letGo: (() => void) | undefined;
  try {
    // Held while it is emptied, so that no start begins on half a folder.
    letGo = holdFolder(dir);
    await endLeftovers(dir);
  } catch (error) {
    letGo?.();
    if (!(error instanceof HeldError)) throw error;
    throw new Error(`${error.message} Stop it first (Ctrl C in its window), then reset.`, { cause: error });
  }
  for (const folder of [dataDirAway(path.join(dir, 'postgres')), dir]) fs.rmSync(folder, { recursive: true, force: true });
}
