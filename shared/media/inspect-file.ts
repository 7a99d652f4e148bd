import { imageSize } from 'image-size';
import { readMovie } from './read-movie.ts';

export interface Inspected {
  kind: 'image' | 'video';
  width: number;
  height: number;
  durationMs: number | null;
}
/** Reads a part of a stored file; shorter at its end. */
export type ReadPart = (offset: number, length: number) => Promise<Uint8Array>;

const HEAD_BYTES = 512 * 1024;

/** What a file is by its own bytes, whatever its name and type say. A text = why it cannot be used. */
export async function inspectFile(read: ReadPart, size: number): Promise<Inspected | string> {
  const head = await read(0, Math.min(size, HEAD_BYTES));
  const isPng = starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  if (isPng || starts(head, [0xff, 0xd8, 0xff])) {
    try {
      const { width, height, orientation } = imageSize(head);
      // Cameras store a turned picture with a note to turn it back; an ad shows it turned back.
      const isTurned = orientation !== undefined && orientation >= 5;
      return { kind: 'image', width: isTurned ? height : width, height: isTurned ? width : height, durationMs: null };
    } catch {
      return 'The picture is broken: its size cannot be read.';
    }
  }
  if (String.fromCharCode(...head.slice(4, 8)) === 'ftyp') {
    const movie = await readMovie(read, size);
    return movie ? { kind: 'video', ...movie } : 'The video is broken: its size and length cannot be read.';
  }
  return 'The file is neither PNG, JPEG, MP4 nor MOV.';
}

const starts = (bytes: Uint8Array, sign: number[]): boolean => sign.every((byte, i) => bytes[i] === byte);
