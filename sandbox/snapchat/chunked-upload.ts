import { nextUuid, requestIdOf } from './ids.ts';
import { keepFile, refuseSecondFile, uploaded } from './media-upload.ts';
import type { SnapCall } from './snap-call.ts';
import { badRequest } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { Answer, ChunkedUpload, Handler, SnapWorld } from './world.ts';

/** Unverified [T]: at most 32 parts of 32 MB; the region in add_path; whether INIT wants a form or JSON, so both and the query are read. */
const MOST_PARTS = 32;

function valueOf(call: SnapCall, name: string): string | null {
  const body = typeof call.body === 'object' && call.body !== null ? (call.body as Json) : {};
  const value = body[name] ?? call.query.get(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function wholeOf(call: SnapCall, name: string, most: number): number {
  const value = Number(valueOf(call, name) ?? Number.NaN);
  if (!Number.isInteger(value) || value < 1 || value > most) throw badRequest(`${name} must be 1 to ${most}`);
  return value;
}

function start(world: SnapWorld, media: SnapObject, call: SnapCall): Answer {
  refuseSecondFile(world, media);
  const fileName = valueOf(call, 'file_name');
  if (fileName === null) throw badRequest('file_name is missing');
  const size = wholeOf(call, 'file_size', MOST_PARTS * world.settings.uploadBytes);
  const partCount = wholeOf(call, 'number_of_parts', MOST_PARTS);
  const uploadId = nextUuid(world.core);
  world.uploads.set(uploadId, { mediaId: media.id, fileName, size, partCount, parts: new Map() });
  const path = `/v1/media/${media.id}/multipart-upload-v2?action=`;
  return {
    body: {
      request_status: 'SUCCESS',
      request_id: requestIdOf(world.core, call.requestId),
      upload_id: uploadId,
      add_path: `/us${path}ADD`,
      finalize_path: `/us${path}FINALIZE`,
    },
  };
}

function sessionOf(world: SnapWorld, media: SnapObject, call: SnapCall): { id: string; session: ChunkedUpload } {
  const id = valueOf(call, 'upload_id') ?? '';
  const session = world.uploads.get(id);
  if (session?.mediaId !== media.id) throw badRequest('The upload_id is not known for this media');
  return { id, session };
}

/** Parts come in any order; one that is sent again replaces the first. */
function add(world: SnapWorld, media: SnapObject, call: SnapCall): Answer {
  const { session } = sessionOf(world, media, call);
  const number = wholeOf(call, 'part_number', session.partCount);
  const file = call.files.get('file');
  if (file === undefined) throw badRequest('The multipart body must hold a part named file');
  if (file.bytes.length > world.settings.uploadBytes) throw badRequest(`A part is larger than ${world.settings.uploadBytes} bytes`);
  session.parts.set(number, file.bytes);
  return { body: { request_status: 'SUCCESS', request_id: requestIdOf(world.core, call.requestId) } };
}

function finish(world: SnapWorld, media: SnapObject, call: SnapCall): Answer {
  const { id, session } = sessionOf(world, media, call);
  const numbers = Array.from({ length: session.partCount }, (_, n) => n + 1);
  const missing = numbers.filter((number) => !session.parts.has(number));
  if (missing.length > 0) throw badRequest(`Parts are missing: ${missing.join(', ')}`);
  const bytes = Buffer.concat(numbers.map((number) => session.parts.get(number) ?? new Uint8Array()));
  if (bytes.length !== session.size) throw badRequest(`${session.size} bytes were announced and ${bytes.length} came`);
  keepFile(world, media, session.fileName, bytes);
  world.uploads.delete(id);
  return uploaded(world, media, call);
}

/** POST /media/{id}/multipart-upload-v2?action=INIT, ADD or FINALIZE. */
export const uploadInParts: Handler = (world, media, call) => {
  switch (call.query.get('action')) {
    case 'INIT':
      return start(world, media, call);
    case 'ADD':
      return add(world, media, call);
    case 'FINALIZE':
      return finish(world, media, call);
    default:
      throw badRequest('action must be INIT, ADD or FINALIZE');
  }
};
