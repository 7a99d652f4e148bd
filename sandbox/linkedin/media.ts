import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import { mayPostFor } from './access.ts';
import { isRecord, refuseUnknown, requireBody } from './entity-fields.ts';
import type { Json, LiCall } from './li-call.ts';
import { badRequest, forbidden, missingField, notFound } from './li-error.ts';
import { makeObject } from './make-object.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { ok, type Handler, type LiWorld, type Upload } from './world.ts';

/** [D] A video is at most 500 MB, a picture at most 36 megapixels; the rest of the size rules is [K] and left out. */
const LARGEST_VIDEO = 500 * 1024 * 1024;
const LARGEST_PICTURE = 36_152_320;

export type MediaStatus = 'AVAILABLE' | 'PROCESSING' | 'PROCESSING_FAILED' | 'WAITING_UPLOAD';

/** WAITING_UPLOAD → PROCESSING → AVAILABLE, or PROCESSING_FAILED when the bytes are no good. */
export function mediaStatus(world: LiWorld, media: LiObject): MediaStatus {
  const { uploadedAt, failed } = media.inner;
  if (typeof uploadedAt !== 'number') return 'WAITING_UPLOAD';
  const takes = media.kind === 'image' ? world.settings.imageProcessingMs : world.settings.videoProcessingMs;
  if (world.core.now() < uploadedAt + takes) return 'PROCESSING';
  return failed === true ? 'PROCESSING_FAILED' : 'AVAILABLE';
}

export function showMedia(world: LiWorld, media: LiObject): Json {
  const status = mediaStatus(world, media);
  return {
    id: media.urn,
    owner: media.fields['owner'],
    status,
    ...(status === 'AVAILABLE'
      ? { downloadUrl: `https://media.licdn.example/${media.id}`, downloadUrlExpiresAt: world.core.now() + world.settings.uploadUrlMs }
      : {}),
    ...(isRecord(media.fields['mediaLibraryMetadata']) ? { mediaLibraryMetadata: media.fields['mediaLibraryMetadata'] } : {}),
  };
}

function readRequest(world: LiWorld, call: LiCall, who: LiToken, name: string, allowed: readonly string[]): Json {
  const wish = requireBody(call.body)[name];
  if (!isRecord(wish)) throw missingField(name);
  refuseUnknown(wish, new Set(allowed), `${name}/`);
  if (allowed.includes('owner')) {
    const { owner } = wish;
    if (typeof owner !== 'string') throw missingField(`${name}/owner`);
    if (world.store.find('organization', owner) === undefined) throw badRequest(`${owner} is no organization`);
    if (!mayPostFor(world, who.memberId, owner)) throw forbidden(`Member may not upload for ${owner}`);
  }
  return wish;
}

function open(world: LiWorld, media: LiObject, sizes: (number | null)[]): { id: string; upload: Upload } {
  const id = `D${world.core.nextId('7')}`;
  const token = createHash('sha256').update(`${world.core.seed} upload ${id}`).digest('hex').slice(0, 24);
  const upload: Upload = {
    urn: media.urn,
    token,
    expiresAt: world.core.now() + world.settings.uploadUrlMs,
    parts: sizes.map((size) => ({ size, etag: null })),
  };
  world.uploads.set(id, upload);
  return { id, upload };
}

const LIBRARY = ['owner', 'mediaLibraryMetadata'];
const IMAGE = 'initializeUploadRequest';

function libraryOf(wish: Json): Json {
  return isRecord(wish['mediaLibraryMetadata']) ? { mediaLibraryMetadata: wish['mediaLibraryMetadata'] } : {};
}

function mediaId(world: LiWorld, letter: string): string {
  return `${letter}${world.core.nextId('5')}`;
}

/** The ad account of a media library entry; media belong to pages, so it may be missing. */
function accountIdOf(world: LiWorld, wish: Json): string | null {
  const metadata = wish['mediaLibraryMetadata'];
  return world.store.find('account', isRecord(metadata) ? metadata['associatedAccount'] : null)?.id ?? null;
}

export const initializeImage: Handler = (world, call, who) => {
  const wish = readRequest(world, call, who, IMAGE, LIBRARY);
  const fields = { owner: wish['owner'], ...libraryOf(wish) };
  const image = makeObject(
    world,
    { kind: 'image', type: 'image', accountId: accountIdOf(world, wish), fields, id: mediaId(world, 'C4E10A') },
    call,
  );
  const { id, upload } = open(world, image, [null]);
  return ok({
    value: { uploadUrlExpiresAt: upload.expiresAt, uploadUrl: `${call.uploadOrigin}/dms-uploads/${id}/0?app=sandbox`, image: image.urn },
  });
};

/** Cuts a video into parts of equal size; each has its own address. */
export const initializeVideo: Handler = (world, call, who) => {
  const wish = readRequest(world, call, who, IMAGE, [...LIBRARY, 'fileSizeBytes', 'uploadCaptions', 'uploadThumbnail']);
  const size = wish['fileSizeBytes'];
  if (size === undefined) throw missingField(`${IMAGE}/fileSizeBytes`);
  if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > LARGEST_VIDEO) {
    throw badRequest(`fileSizeBytes ${String(size)} is not between 1 and ${LARGEST_VIDEO}`);
  }
  const fields = { owner: wish['owner'], ...libraryOf(wish) };
  const video = makeObject(
    world,
    { kind: 'video', type: 'video', accountId: accountIdOf(world, wish), fields, id: mediaId(world, 'C5F10A') },
    call,
  );
  const { videoPartBytes } = world.settings;
  const ranges: { firstByte: number; lastByte: number }[] = [];
  for (let at = 0; at < (size as number); at += videoPartBytes) {
    ranges.push({ firstByte: at, lastByte: Math.min(at + videoPartBytes, size as number) - 1 });
  }
  const { id, upload } = open(
    world,
    video,
    ranges.map(({ firstByte, lastByte }) => lastByte - firstByte + 1),
  );
  const address = (part: number | string): string => `${call.uploadOrigin}/dms-uploads/${id}/${part}?app=sandbox`;
  return ok({
    value: {
      uploadUrlsExpireAt: upload.expiresAt,
      video: video.urn,
      uploadInstructions: ranges.map((range, part) => ({ uploadUrl: address(part), ...range })),
      uploadToken: upload.token,
      ...(wish['uploadThumbnail'] === true ? { thumbnailUploadUrl: address('thumbnail') } : {}),
      ...(wish['uploadCaptions'] === true ? { captionsUploadUrl: address('captions') } : {}),
    },
  });
};

/** Every part has to be named by the etag it was answered with, in order [D]. */
export const finalizeVideo: Handler = (world, call, who) => {
  const wish = readRequest(world, call, who, 'finalizeUploadRequest', ['video', 'uploadToken', 'uploadedPartIds']);
  const video = world.store.find('video', wish['video']);
  if (video === undefined) throw notFound(String(wish['video']));
  if (!mayPostFor(world, who.memberId, video.fields['owner']))
    throw forbidden(`Member may not upload for ${String(video.fields['owner'])}`);
  const [, upload] = [...world.uploads].find(([, one]) => one.urn === video.urn) ?? [];
  if (upload === undefined || upload.token !== wish['uploadToken']) throw badRequest('uploadToken does not belong to this video');
  const named = wish['uploadedPartIds'];
  const fits =
    Array.isArray(named) &&
    named.length === upload.parts.length &&
    upload.parts.every((part, n) => part.etag !== null && part.etag === named[n]);
  if (!fits) throw badRequest('uploadedPartIds must name the etag of every part, in order');
  if (video.inner['uploadedAt'] === undefined) arrived(world, video, false);
  return { status: 200 };
};

function arrived(world: LiWorld, media: LiObject, isBroken: boolean): void {
  media.inner['uploadedAt'] = world.core.now();
  media.inner['failed'] = world.settings.nextMediaEnds.shift() === 'PROCESSING_FAILED' || isBroken;
  world.core.touch();
}

function isBrokenPicture(bytes: Uint8Array): boolean {
  try {
    const { width, height } = imageSize(bytes);
    return width * height > LARGEST_PICTURE;
  } catch {
    return true; // whatever it is, it is no picture: processing will fail
  }
}

const plain = (status: number, headers: Record<string, string> = {}): Response => new Response(null, { status, headers });

/** PUT /dms-uploads/{upload}/{part}: bytes without a token; the address is the secret. */
export function receiveBytes(world: LiWorld, path: string, bytes: Uint8Array): Response {
  const [, , id = '', place = ''] = path.split('/');
  const upload = world.uploads.get(id);
  const media = world.store.get(upload?.urn);
  if (upload === undefined || media === undefined) return plain(404);
  if (world.core.now() >= upload.expiresAt) return plain(403);
  const etag = createHash('md5').update(bytes).digest('hex');
  if (place === 'thumbnail' || place === 'captions') return plain(201, { etag });
  const part = upload.parts[Number(place)];
  if (part === undefined) return plain(404);
  if (bytes.length === 0 || (part.size !== null && part.size !== bytes.length)) return plain(400);
  part.etag = etag;
  media.inner['digest'] = createHash('sha256')
    .update(`${String(media.inner['digest'] ?? '')}${place}${etag}`)
    .digest('hex');
  if (media.kind === 'image' && media.inner['uploadedAt'] === undefined) arrived(world, media, isBrokenPicture(bytes));
  return plain(media.kind === 'image' ? 201 : 200, { etag });
}
