import { md5 } from './images.ts';
import { oneOf, requiredText, showTime, text, whole, type Params } from './params.ts';
import { CODES, missingField, refuse, TiktokError } from './tiktok-error.ts';
import type { Handler, TiktokWorld, Upload } from './world.ts';

/** What the platform asks for at a time. Unverified [T: offsets are answered, K: the size]. */
const CHUNK = 1024 * 1024;
const MAX_BYTES = 500 * 1024 * 1024;

const receivedBytes = (upload: Upload): number => upload.received.reduce((sum, part) => sum + part.length, 0);

function offsets(upload: Upload): { start_offset: number; end_offset: number } {
  const start = receivedBytes(upload);
  return { start_offset: start, end_offset: Math.min(upload.size, start + CHUNK) };
}

function findUpload(world: TiktokWorld, advertiserId: string, params: Params): Upload {
  const upload = world.uploads.get(requiredText(params, 'upload_id'));
  if (upload === undefined || upload.advertiserId !== advertiserId)
    throw new TiktokError(CODES.noSuchThing, 'upload_id: The upload does not exist.');
  return upload;
}

/** POST file/start/upload/ */
export const startUpload: Handler = (world, { params }, { advertiserId }) => {
  const size = whole(params, 'size');
  if (size === null) throw missingField('size');
  refuse(size < 1 || size > MAX_BYTES, 'size: The file is too large or empty.', CODES.file);
  const contentType = oneOf(params, 'content_type', ['image', 'video'] as const);
  if (contentType === null) throw missingField('content_type');
  const id = world.core.nextId('74');
  const name = text(params, 'name') ?? `upload-${id}`;
  const upload: Upload = { id, advertiserId, name, size, contentType, received: [], fileId: null };
  world.uploads.set(id, upload);
  return { upload_id: id, file_name: name, ...offsets(upload) };
};

/** POST file/transfer/upload/ (multipart): the next part with its own md5. Equal offsets in the answer mean that nothing is missing. */
export const transferUpload: Handler = (world, call, { advertiserId }) => {
  const upload = findUpload(world, advertiserId, call.params);
  const start = whole(call.params, 'start_offset');
  const bytes = call.files.get('file')?.bytes;
  if (start === null) throw missingField('start_offset');
  if (bytes === undefined) throw missingField('file');
  refuse(requiredText(call.params, 'signature').toLowerCase() !== md5(bytes), 'signature: Not the md5 of the part.');
  refuse(start !== receivedBytes(upload), `start_offset: ${receivedBytes(upload)} is expected.`);
  refuse(start + bytes.length > upload.size, 'file: More bytes than announced.');
  upload.received.push(bytes);
  return offsets(upload);
};

/** POST file/finish/upload/: the file id is what an upload by file id names. Asking again gives the same one. */
export const finishUpload: Handler = (world, { params }, { advertiserId }) => {
  const upload = findUpload(world, advertiserId, params);
  refuse(receivedBytes(upload) !== upload.size, 'upload_id: The upload is not complete.');
  upload.fileId ??= world.core.nextId('75');
  return {
    file_id: upload.fileId,
    file_name: upload.name,
    signature: md5(new Uint8Array(Buffer.concat(upload.received))),
    size: upload.size,
    create_time: showTime(world.core.now()),
  };
};
