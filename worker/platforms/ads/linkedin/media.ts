import { PlatformError } from '../../platform-error.ts';
import { send } from '../../http/send.ts';
import type { AdSession, MediaLibrary } from '../ad-platform.ts';
import { oldestFirst } from '../oldest-first.ts';
import { liCall, sayThrottled } from './client.ts';
import { mapError, unreadable } from './map-error.ts';
import { countedPages, isRow, readOnce, type Row } from './read.ts';
import { query, value } from './restli.ts';
import { numberOf, urn } from './urn.ts';

const COLLECTION = { image: 'images', video: 'videos' } as const;

/**
 * Pictures and videos of the page that the ad account belongs to, in the account's media library. Until its bytes are there a file is
 * nothing an ad could use; then it is found by the name it has in the library.
 */
export const linkedinMedia: MediaLibrary = {
  async image(session, file) {
    const { image, uploadUrl } = await beforeAnythingIsThere(() => initialize(session, 'image', file.name, {}));
    await put(session, uploadUrl, file.bytes);
    return { externalId: text(image) };
  },

  async video(session, file) {
    const upload = await beforeAnythingIsThere(async () => {
      const begun = await initialize(session, 'video', file.name, {
        fileSizeBytes: file.size,
        uploadCaptions: false,
        uploadThumbnail: false,
      });
      const parts = Array.isArray(begun['uploadInstructions']) ? (begun['uploadInstructions'] as Row[]) : [];
      const etags: string[] = [];
      for (const { uploadUrl, firstByte, lastByte } of parts) {
        const etag = await put(session, uploadUrl, await file.slice(Number(firstByte), Number(lastByte) + 1));
        if (etag === null) throw unreadable('A part was taken without an etag.', null);
        etags.push(etag);
      }
      return { video: text(begun['video']), uploadToken: begun['uploadToken'] ?? '', uploadedPartIds: etags };
    });
    await file.beforeFinish?.();
    await liCall(session, { method: 'POST', path: 'videos', query: 'action=finalizeUpload', body: { finalizeUploadRequest: upload } });
    return { externalId: upload.video };
  },

  async state(session, kind, externalId) {
    const { status } = await readOnce(session, `${COLLECTION[kind]}/${value(externalId)}`);
    if (status === 'AVAILABLE') return 'ready';
    return status === 'PROCESSING_FAILED' ? 'failed' : 'processing';
  },

  async thumbnail(session, externalId) {
    // The platform chooses the frame, and an ad need not name it.
    const { thumbnail, downloadUrl } = await readOnce(session, `videos/${value(externalId)}`);
    return [thumbnail, downloadUrl].find((one): one is string => typeof one === 'string') ?? null;
  },

  async find(session, kind, name) {
    const found: { externalId: string; createdAt: Date | null }[] = [];
    const asked = query({ q: 'associatedAccount', associatedAccount: value(urn.account(session.accountExternalId)) });
    for await (const rows of countedPages(session, COLLECTION[kind], asked))
      for (const row of rows) {
        const { assetName, mediaLibraryStatus } = isRow(row['mediaLibraryMetadata']) ? row['mediaLibraryMetadata'] : {};
        const isThere = row['status'] !== 'WAITING_UPLOAD' && mediaLibraryStatus !== 'ARCHIVED';
        if (assetName === name && isThere) found.push({ externalId: text(row['id']), createdAt: null });
      }
    return found.toSorted(oldestFirst);
  },

  async remove(session, kind, externalId) {
    try {
      await liCall(session, {
        method: 'POST',
        path: `${COLLECTION[kind]}/${value(externalId)}`,
        restli: 'PARTIAL_UPDATE',
        body: { patch: { mediaLibraryMetadata: { $set: { mediaLibraryStatus: 'ARCHIVED' } } } },
      });
    } catch (error) {
      if (!(error instanceof PlatformError) || error.failure !== 'missing') throw error;
    }
  },
};

/** Media belong to a page, not to an ad account: to the one the account belongs to. */
const owners = new WeakMap<AdSession, Promise<string>>();

async function ownerOf(session: AdSession): Promise<string> {
  const known = owners.get(session) ?? readOwner(session);
  owners.set(session, known);
  try {
    return await known;
  } catch (error) {
    owners.delete(session); // the next file asks again
    throw error;
  }
}

async function readOwner(session: AdSession): Promise<string> {
  const { reference } = await readOnce(session, `adAccounts/${session.accountExternalId}`, query({ fields: 'id,reference' }));
  const page = String(reference).startsWith('urn:li:organization:') ? numberOf(reference) : null;
  if (page === null)
    throw new PlatformError('refused', 'The ad account belongs to no page, so files have no owner.', {
      platform: 'linkedin',
      code: 'no_page',
    });
  return urn.organization(page);
}

async function initialize(session: AdSession, kind: 'image' | 'video', name: string, more: Row): Promise<Row> {
  const mediaLibraryMetadata = { associatedAccount: urn.account(session.accountExternalId), assetName: name };
  const { json } = await liCall(session, {
    method: 'POST',
    path: COLLECTION[kind],
    query: 'action=initializeUpload',
    body: { initializeUploadRequest: { owner: await ownerOf(session), mediaLibraryMetadata, ...more } },
  });
  const begun = isRow(json) ? json['value'] : null;
  if (!isRow(begun)) throw unreadable('An upload without an address.', json);
  return begun;
}

/** Bytes to the address the platform gave, which is all the secret there is: no token goes with them. */
async function put(session: AdSession, address: unknown, bytes: ArrayBuffer): Promise<string | null> {
  const answer = await send(session.outside, 'linkedin', text(address), {
    method: 'PUT',
    timeoutMs: session.timeoutMs,
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  if (answer.status >= 200 && answer.status <= 299) return answer.headers.get('etag');
  if (answer.status === 429) sayThrottled(session);
  // This door has no envelope: a file it refuses has left no bytes, and for an address that has ended a new one is asked for.
  const detail = { platform: 'linkedin', httpStatus: answer.status };
  if (answer.status === 400) throw new PlatformError('refused', 'LinkedIn did not take the file.', { ...detail, code: 'bad_file' });
  if ([403, 404, 410].includes(answer.status))
    throw new PlatformError('throttled', 'The address for the file has ended; nothing was made.', { ...detail, code: 'upload_broken' });
  throw mapError(answer.status, answer.json);
}

async function beforeAnythingIsThere<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlatformError && error.failure === 'unknown')
      throw new PlatformError('throttled', 'The upload broke before the file was there; nothing was made.', {
        ...error.detail,
        code: 'upload_broken',
      });
    throw error;
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw unreadable('The answer names no file.', value);
  return value;
}
