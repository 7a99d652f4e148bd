import { PlatformError } from '../../platform-error.ts';
import type { AdSession, MediaLibrary } from '../ad-platform.ts';
import { oldestFirst } from '../oldest-first.ts';
import { pathOf, snapCall, snapItems } from './client.ts';
import { MEDIA, textOf, type Json } from './kinds.ts';
import { unreadable } from './map-error.ts';
import { snapOne, snapPages } from './read.ts';
import { uploadInParts } from './upload-in-parts.ts';

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', mp4: 'video/mp4', mov: 'video/quicktime' };
const KIND = { image: 'IMAGE', video: 'VIDEO' } as const;
/** Larger files go up in parts of this size, so that four uploads at once leave room in memory; one call would take 32 MB. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Pictures and videos of an ad account. A file is first announced, then sent; what was announced and has no bytes is nothing yet and is
 * found by nobody. Equal bytes do not find each other, and nothing can be taken out again. The platform asks for no thumbnail.
 */
export const snapchatMedia: MediaLibrary = {
  async image(session, file) {
    const externalId = await announce(session, 'image', file.name);
    await upload(session, externalId, file);
    return { externalId };
  },

  async video(session, file) {
    const externalId = await announce(session, 'video', file.name);
    if (file.size > PART_BYTES) {
      const finish = await beforeFinish(() => uploadInParts(session, externalId, file, PART_BYTES));
      await file.beforeFinish?.();
      await finish();
    } else {
      const bytes = await file.slice(0, file.size);
      await file.beforeFinish?.();
      await upload(session, externalId, { name: file.name, bytes });
    }
    return { externalId };
  },

  async state(session, _kind, externalId) {
    const status = textOf((await snapOne(session, MEDIA, externalId))['media_status'])?.toUpperCase();
    if (status === 'READY') return 'ready';
    return status === 'FAILED' ? 'failed' : 'processing';
  },

  async find(session, kind, name) {
    const found: { externalId: string; createdAt: Date | null }[] = [];
    for await (const rows of snapPages(session, { path: pathOf('adaccounts', session.accountExternalId, MEDIA.plural) }, MEDIA))
      for (const row of rows)
        if (row['name'] === name && textOf(row['type'])?.toUpperCase() === KIND[kind] && hasBytes(row))
          found.push({ externalId: String(row['id']), createdAt: new Date(String(row['created_at'])) });
    return found.toSorted(oldestFirst);
  },
};

/** Only what was uploaded has a file name of its own; what is still waiting for its bytes has none. */
const hasBytes = (row: Json): boolean =>
  textOf(row['file_name']) !== null || textOf(row['media_status'])?.toUpperCase() !== 'PENDING_UPLOAD';

/** Makes the place a file is sent to. It counts for nothing until then, so a break here is a plain no. */
async function announce(session: AdSession, kind: 'image' | 'video', name: string): Promise<string> {
  return beforeFinish(async () => {
    const { items } = await snapItems(
      // Both calls have to fit into the time of one: the window of a create counts on it.
      { ...session, timeoutMs: Math.ceil(session.timeoutMs / 2) },
      {
        method: 'POST',
        path: pathOf('adaccounts', session.accountExternalId, MEDIA.plural),
        json: { media: [{ name, type: KIND[kind], ad_account_id: session.accountExternalId }] },
      },
      MEDIA,
    );
    const [made] = items;
    if (made instanceof PlatformError) throw made;
    const id = textOf(made?.['id']);
    if (id === null) throw unreadable('The answer names no media.', made);
    return id;
  });
}

async function upload(session: AdSession, externalId: string, file: { name: string; bytes: ArrayBuffer }): Promise<void> {
  const form = new FormData();
  const type = TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  form.set('file', new Blob([file.bytes], { type }), file.name);
  await snapCall(session, { method: 'POST', path: pathOf(MEDIA.plural, externalId, 'upload'), form });
}

async function beforeFinish<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlatformError && error.failure === 'unknown')
      throw new PlatformError('throttled', 'The upload broke before it was finished; nothing was made.', {
        ...error.detail,
        code: 'upload_broken',
      });
    throw error;
  }
}
