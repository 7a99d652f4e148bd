import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import { requestIdOf } from './ids.ts';
import { fileOf, mediaStatus, type MediaFile } from './media-state.ts';
import { renderObject } from './render-object.ts';
import type { SnapCall } from './snap-call.ts';
import { badRequest, ItemError } from './snap-error.ts';
import type { SnapObject } from './store.ts';
import type { Answer, Handler, SnapWorld } from './world.ts';

/** Unverified [T]: the size of a picture. */
const IMAGE_MOST_BYTES = 5 * 1024 * 1024;

/** Bytes that begin like an MP4 or MOV: the name of the first box. */
function isVideo(bytes: Uint8Array): boolean {
  return ['ftyp', 'moov', 'mdat', 'wide'].includes(Buffer.from(bytes.subarray(4, 8)).toString('latin1'));
}

function measure(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height, type } = imageSize(bytes);
    return type === 'png' || type === 'jpg' ? { width, height } : null;
  } catch {
    return null; // not a picture that can be read: processing ends in FAILED
  }
}

function describe(world: SnapWorld, media: SnapObject, name: string, bytes: Uint8Array): MediaFile {
  const base = {
    name,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    uploadedAt: world.core.now(),
  };
  if (media.fields['type'] === 'VIDEO') return { ...base, isSound: isVideo(bytes) };
  const size = measure(bytes);
  return { ...base, isSound: size !== null && bytes.length <= IMAGE_MOST_BYTES, ...size };
}

/** A file goes into one media once; another upload is refused [K], unless the first one failed. */
export function refuseSecondFile(world: SnapWorld, media: SnapObject): void {
  if (fileOf(media) !== null && mediaStatus(world, media) !== 'FAILED')
    throw new ItemError('E2002', 'The media already has a file', media.id);
}

export function keepFile(world: SnapWorld, media: SnapObject, name: string, bytes: Uint8Array): void {
  world.store.change(media, { hidden: { ...media.hidden, file: describe(world, media, name, bytes) } }, world.core.now());
  world.core.touch();
}

/** The documented answer of an upload: the media stands under `result`. */
export function uploaded(world: SnapWorld, media: SnapObject, call: SnapCall): Answer {
  return {
    body: { request_status: 'success', request_id: requestIdOf(world.core, call.requestId), result: renderObject(world, media) },
  };
}

/** POST /media/{id}/upload: one multipart file of at most 32 MB. Equal bytes do not find each other: one media per create. */
export const uploadFile: Handler = (world, media, call) => {
  const file = call.files.get('file');
  if (file === undefined) throw badRequest('The multipart body must hold a part named file');
  if (file.bytes.length === 0) throw badRequest('The file is empty');
  if (file.bytes.length > world.settings.uploadBytes)
    throw badRequest(`The file is larger than ${world.settings.uploadBytes} bytes, use multipart-upload-v2`);
  refuseSecondFile(world, media);
  keepFile(world, media, file.name, file.bytes);
  return uploaded(world, media, call);
};
