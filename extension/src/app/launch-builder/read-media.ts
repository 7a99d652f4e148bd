import type { DraftMedia } from './draft.ts';

const AT_ONCE = 4;
const VIDEO_WAIT_MS = 15_000;
const BY_EXTENSION: Record<string, 'image' | 'video'> = {
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  webp: 'image',
  gif: 'image',
  mp4: 'video',
  mov: 'video',
  m4v: 'video',
  webm: 'video',
};

export function kindOf(file: Pick<File, 'name' | 'type'>): 'image' | 'video' | null {
  if (file.type.startsWith('image/')) return 'image';
  if (file.type.startsWith('video/')) return 'video';
  return BY_EXTENSION[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;
}

/** Pixels, duration and SHA-256 of every file, read in the browser. What is neither image nor video is left out; 0 pixels = unreadable. */
export async function readMedia(
  files: readonly File[],
  onProgress: (done: number, total: number) => void,
): Promise<{ media: DraftMedia[]; skipped: string[] }> {
  const usable = files.flatMap((file) => {
    const kind = kindOf(file);
    return kind === null ? [] : [{ file, kind }];
  });
  const media: DraftMedia[] = [];
  const waiting = usable.values();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const { file, kind } of waiting) {
        const [size, sha256] = await Promise.all([kind === 'image' ? imageSize(file) : videoSize(file), hashFile(file)]);
        media.push({ fileName: file.name, kind, ...size, sha256, bytes: file.size, file });
        onProgress(++done, usable.length);
      }
    }),
  );
  return { media, skipped: files.filter((file) => kindOf(file) === null).map((file) => file.name) };
}

interface Size {
  width: number;
  height: number;
  durationMs: number | null;
}
const UNREADABLE: Size = { width: 0, height: 0, durationMs: null };

async function imageSize(file: File): Promise<Size> {
  // A broken picture is a finding with a row, not a failure of the whole drop.
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return UNREADABLE;
  const size = { width: bitmap.width, height: bitmap.height, durationMs: null };
  bitmap.close();
  return size;
}

async function videoSize(file: File): Promise<Size> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.preload = 'metadata';
  video.muted = true;
  try {
    return await new Promise<Size>((resolve) => {
      const timer = setTimeout(() => resolve(UNREADABLE), VIDEO_WAIT_MS);
      const answer = (size: Size) => {
        clearTimeout(timer);
        resolve(size);
      };
      video.addEventListener('loadedmetadata', () =>
        answer({ width: video.videoWidth, height: video.videoHeight, durationMs: Math.round(video.duration * 1000) }),
      );
      video.addEventListener('error', () => answer(UNREADABLE));
      video.src = url;
    });
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}

async function hashFile(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
