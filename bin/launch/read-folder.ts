import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inspectFile, type Inspected } from '#shared/media/inspect-file.ts';
import type { DraftMedia } from '../../extension/src/app/launch-builder/draft.ts';
import { EXIT, Stop } from '../exit.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
};
const UNREADABLE = { width: 0, height: 0, durationMs: null };

/**
 * Every picture and video of a folder, with what its bytes say: kind, pixels, length and hash, read by the same code as the service does.
 * Contents stay on disk until they are sent. @throws Stop when there is no such folder
 */
export async function readFolder(folder: string): Promise<{ media: DraftMedia[]; skipped: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Stop(EXIT.usage, `There is no folder ${folder}.`);
  });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .toSorted();
  const usable = names.filter((name) => path.extname(name).toLowerCase() in TYPES);
  const media: DraftMedia[] = [];
  for (const name of usable) media.push(await readOne(path.join(folder, name), name));
  return { media, skipped: names.filter((name) => !usable.includes(name)) };
}

async function readOne(file: string, fileName: string): Promise<DraftMedia> {
  const type = TYPES[path.extname(fileName).toLowerCase()] as string;
  const { size } = await stat(file);
  const found = await inspect(file, size);
  return {
    fileName,
    kind: typeof found === 'string' ? (type.startsWith('video/') ? 'video' : 'image') : found.kind,
    ...(typeof found === 'string' ? UNREADABLE : { width: found.width, height: found.height, durationMs: found.durationMs }),
    sha256: await hashOf(file),
    bytes: size,
    file: new File([await openAsBlob(file, { type })], fileName, { type }),
  };
}

async function inspect(file: string, size: number): Promise<Inspected | string> {
  const handle = await open(file);
  try {
    return await inspectFile(async (offset, length) => {
      const bytes = new Uint8Array(Math.min(length, Math.max(0, size - offset)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    }, size);
  } finally {
    await handle.close();
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
