import { ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import * as launches from '#shared/contracts/launches.ts';
import type { Transport } from '../messaging/transport.ts';

export interface UploadFile {
  file: File;
  sha256: string;
}
export interface UploadProgress {
  done: number;
  total: number;
  bytes: number;
  totalBytes: number;
}
export interface Refusal {
  fileName: string;
  reason: string;
}

const TICKETS_PER_CALL = 500;
const AT_ONCE = 3;

/**
 * Puts media into the organization's store, each content once: what is there already is not sent again, so a second try after a
 * break goes on where the first ended. The one fetch of our pages beside the gateway: bytes cannot cross a message.
 * @returns files the service will not take, with its reason
 * @throws ApiError and ApiUnreachable from the tickets, ApiUnreachable when a transfer broke
 */
export async function uploadMedia(
  transport: Pick<Transport, 'call'>,
  files: readonly UploadFile[],
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<Refusal[]> {
  const once = [...new Map(files.map((one) => [one.sha256, one])).values()];
  const total = { done: 0, total: once.length, bytes: 0, totalBytes: once.reduce((sum, { file }) => sum + file.size, 0) };
  const refusals: Refusal[] = [];
  const finish = ({ file }: UploadFile) => {
    total.done += 1;
    total.bytes += file.size;
    onProgress({ ...total });
  };
  onProgress({ ...total });
  for (let from = 0; from < once.length; from += TICKETS_PER_CALL) {
    const part = once.slice(from, from + TICKETS_PER_CALL);
    const { uploads } = await transport.call(launches.requestUploads, {
      body: {
        files: part.map(({ file, sha256 }) => ({
          fileName: file.name,
          contentType: file.type === '' ? 'application/octet-stream' : file.type,
          bytes: file.size,
          sha256,
        })),
      },
      signal,
    });
    const urls = new Map(uploads.map((upload) => [upload.sha256, upload.url]));
    const waiting = part.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const one of waiting) {
          const url = urls.get(one.sha256);
          if (url === undefined) throw new ApiUnreachable(`No upload ticket came back for "${one.file.name}".`);
          const refusal = url === null ? null : await put(url, one.file, signal);
          if (refusal !== null) refusals.push({ fileName: one.file.name, reason: refusal });
          finish(one);
        }
      }),
    );
  }
  return refusals;
}

/** @returns why the service refuses the file, null when it took it */
async function put(url: string, file: File, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(url, {
    method: 'PUT',
    body: file,
    signal,
    headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new ApiUnreachable(`"${file.name}" could not be sent.`, cause);
  });
  const answer = launches.uploadedMedia.safeParse(await response.json().catch(() => null));
  if (answer.success) return answer.data.state === 'refused' ? (answer.data.refusal ?? String(response.status)) : null;
  throw new ApiUnreachable(`"${file.name}" could not be stored (${response.status}).`);
}
