import { CODES, parameterError, refuse } from './tiktok-error.ts';
import type { TiktokWorld } from './world.ts';

/** A name stands for one file per advertiser and kind: 40911 otherwise [S/T]. */
export function refuseTakenFileName(world: TiktokWorld, kind: 'image' | 'video', advertiserId: string, name: string): void {
  const isTaken = world.store.of(kind, advertiserId).some((one) => one.fields['file_name'] === name);
  refuse(isTaken, `file_name: ${name} is already taken. Choose another one.`, CODES.duplicateFileName);
}

/** The file of a finished chunked upload. */
export function takeFinishedUpload(
  world: TiktokWorld,
  advertiserId: string,
  fileId: string,
  contentType: 'image' | 'video',
): { name: string; bytes: Uint8Array } {
  const upload = [...world.uploads.values()].find((one) => one.fileId === fileId && one.advertiserId === advertiserId);
  if (upload === undefined) throw parameterError(`file_id: The file ${fileId} does not exist.`);
  refuse(upload.contentType !== contentType, `file_id: The file ${fileId} is no ${contentType}.`);
  return { name: upload.name, bytes: new Uint8Array(Buffer.concat(upload.received)) };
}
