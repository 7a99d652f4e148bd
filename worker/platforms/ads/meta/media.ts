import { PlatformError } from '../../platform-error.ts';
import type { AdSession, MediaLibrary } from '../ad-platform.ts';
import { accountNode, graph, graphCall, VIDEO_ORIGIN } from './client.ts';
import { oldestFirst } from '../oldest-first.ts';
import { graphPages } from './read.ts';
import { toInstant } from './to-instant.ts';

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif' };

/** Images and videos of an ad account. Equal image bytes have one hash; a video is found again by its title. */
export const metaMedia: MediaLibrary = {
  async image(session, file) {
    const type = TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
    const { json } = await graphCall(
      session,
      'POST',
      `${accountNode(session)}/adimages`,
      {},
      { files: [{ field: 'filename', name: file.name, type, bytes: file.bytes }] },
    );
    const [first] = Object.values((json['images'] ?? {}) as Record<string, { hash?: unknown }>);
    if (typeof first?.hash !== 'string') throw new PlatformError('unknown', 'The answer names no image.', { platform: 'meta', raw: json });
    return { externalId: first.hash };
  },

  async video(session, file) {
    // Until `finish` nothing exists that an ad could use, so a break before it is a plain no.
    const { sessionId, videoId } = await beforeFinish(async () => {
      const start = await graph(
        session,
        'POST',
        `${accountNode(session)}/advideos`,
        { upload_phase: 'start', file_size: file.size },
        VIDEO_ORIGIN,
      );
      const uploadId = String(start['upload_session_id']);
      let [from, to] = [Number(start['start_offset']), Number(start['end_offset'])];
      while (from < to) {
        const { json } = await graphCall(
          session,
          'POST',
          `${accountNode(session)}/advideos`,
          { upload_phase: 'transfer', upload_session_id: uploadId, start_offset: String(from) },
          {
            origin: VIDEO_ORIGIN,
            files: [{ field: 'video_file_chunk', name: 'chunk', type: 'application/octet-stream', bytes: await file.slice(from, to) }],
          },
        );
        [from, to] = [Number(json['start_offset']), Number(json['end_offset'])];
      }
      return { sessionId: uploadId, videoId: String(start['video_id']) };
    });
    await file.beforeFinish?.();
    await graph(
      session,
      'POST',
      `${accountNode(session)}/advideos`,
      { upload_phase: 'finish', upload_session_id: sessionId, title: file.name },
      VIDEO_ORIGIN,
    );
    return { externalId: videoId };
  },

  async state(session, kind, externalId) {
    if (kind === 'image') {
      return (await listed(session, [externalId])).has(externalId) ? 'ready' : 'processing';
    }
    const status = (await graph(session, 'GET', externalId, { fields: 'status' }))['status'] as { video_status?: unknown } | undefined;
    if (status?.video_status === 'ready') return 'ready';
    return status?.video_status === 'error' || status?.video_status === 'expired' ? 'failed' : 'processing';
  },

  ready: listed,

  async thumbnail(session, externalId) {
    for await (const page of graphPages(session, `${externalId}/thumbnails`, { fields: 'uri,is_preferred' })) {
      const chosen = page.find((one) => one['is_preferred'] === true) ?? page[0];
      if (typeof chosen?.['uri'] === 'string') return chosen['uri'];
    }
    return null;
  },

  async find(session, kind, name) {
    const { edge, id, word } = LIBRARY[kind];
    const found: { externalId: string; createdAt: Date | null }[] = [];
    for await (const page of graphPages(session, `${accountNode(session)}/${edge}`, { [word]: name, fields: `${id},${word},created_time` }))
      for (const one of page)
        if (one[word] === name) found.push({ externalId: String(one[id]), createdAt: toInstant(one['created_time']) });
    return found.toSorted(oldestFirst);
  },

  async remove(session, kind, externalId) {
    const { edge, removeBy } = LIBRARY[kind];
    try {
      await graph(session, 'DELETE', `${accountNode(session)}/${edge}`, { [removeBy]: externalId });
    } catch (error) {
      if (!(error instanceof PlatformError) || (error.failure !== 'missing' && error.failure !== 'refused')) throw error;
      // Which code says that a picture is gone is not documented: the library says whether it is.
      if (error.failure === 'refused' && (kind === 'video' || (await listed(session, [externalId])).has(externalId))) throw error;
    }
  },
};

/** Where each kind is listed, what it is known by, and which field carries the name it was given. */
const LIBRARY = {
  image: { edge: 'adimages', id: 'hash', word: 'name', removeBy: 'hash' },
  video: { edge: 'advideos', id: 'id', word: 'title', removeBy: 'video_id' },
} as const;

async function listed(session: AdSession, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const images = await graph(session, 'GET', `${accountNode(session)}/adimages`, { hashes, fields: 'hash,status', limit: hashes.length });
  return new Set((Array.isArray(images['data']) ? images['data'] : []).map(({ hash }: { hash?: unknown }) => String(hash)));
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
