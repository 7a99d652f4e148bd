import * as launches from '#shared/contracts/launches.ts';
import type { MediaFile } from '#shared/rules/media-grouping.ts';
import type { SignedIn } from '../demo-member.ts';
import type { BriefFile } from './read-brief.ts';

/** Puts every file into the organization's store and answers with what the service found in its bytes: kind, pixels, length. */
export async function uploadBrief(member: SignedIn, files: readonly BriefFile[]): Promise<MediaFile[]> {
  const once = [...new Map(files.map((file) => [file.sha256, file])).values()];
  const { uploads } = await member.api.call(launches.requestUploads, {
    body: { files: once.map(({ fileName, contentType, bytes, sha256 }) => ({ fileName, contentType, bytes: bytes.length, sha256 })) },
  });
  const urls = new Map(uploads.map((upload) => [upload.sha256, upload.url]));
  const found = new Map<string, Omit<MediaFile, 'fileName'>>();
  for (const file of once) {
    const url = urls.get(file.sha256);
    if (!url) throw new Error(`No upload ticket for ${file.fileName}.`);
    const answer = await fetch(url, { method: 'PUT', body: file.bytes, headers: { 'content-type': file.contentType } });
    const { state, kind, width, height, durationMs, refusal } = launches.uploadedMedia.parse(await answer.json());
    if (state === 'refused' || width === null || height === null) throw new Error(`${file.fileName} was refused: ${refusal}`);
    found.set(file.sha256, { sha256: file.sha256, kind, width, height, durationMs });
  }
  return files.map(({ fileName, sha256 }) => ({ fileName, ...(found.get(sha256) as Omit<MediaFile, 'fileName'>) }));
}
