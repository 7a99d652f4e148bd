import type { SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** What the platform keeps of a file. */
export interface MediaFile {
  name: string;
  size: number;
  sha256: string;
  uploadedAt: number;
  /** False: it is not what the media's type says; processing ends in FAILED. */
  isSound: boolean;
  width?: number;
  height?: number;
}

export function fileOf(media: SnapObject): MediaFile | null {
  return (media.hidden['file'] as MediaFile | undefined) ?? null;
}

/** PENDING_UPLOAD until the bytes are there and processed, then READY or FAILED (guide, media). */
export function mediaStatus(world: SnapWorld, media: SnapObject): 'FAILED' | 'PENDING_UPLOAD' | 'READY' {
  const file = fileOf(media);
  if (file === null || world.core.now() < file.uploadedAt + world.settings.mediaProcessingMs) return 'PENDING_UPLOAD';
  return file.isSound ? 'READY' : 'FAILED';
}

/** The fields that follow from the file. */
export function mediaFields(world: SnapWorld, media: SnapObject): Record<string, unknown> {
  const status = mediaStatus(world, media);
  const file = fileOf(media);
  if (file === null) return { media_status: status };
  return {
    media_status: status,
    file_name: file.name,
    file_size_in_bytes: file.size,
    ...(file.width === undefined ? {} : { image_metadata: { width_px: file.width, height_px: file.height } }),
    ...(status === 'READY' ? { download_link: `https://storage.snapchat.example/${media.id}` } : {}),
  };
}
