import { PlatformError } from '../../platform-error.ts';
import type { AdSession, MediaLibrary } from '../ad-platform.ts';
import { oldestFirst } from '../oldest-first.ts';
import { ask, call, dataOf, idIn, rowsIn, type Row } from './client.ts';
import { md5, named } from './file-answers.ts';
import { isLastPage } from './lists.ts';
import { CODES } from './map-error.ts';
import { toInstant } from './times.ts';
import { uploadVideo } from './upload-video.ts';

/** Where each kind is read and listed, and what it is known by. */
const LIBRARY = {
  image: { info: 'file/image/ad/info/', search: 'file/image/ad/search/', id: 'image_id', ids: 'image_ids' },
  video: { info: 'file/video/ad/info/', search: 'file/video/ad/search/', id: 'video_id', ids: 'video_ids' },
} as const;
const PAGE = 100;

/** Pictures and videos of an ad account. A name stands for one file: a second upload of it is refused, and the first is found by it. */
export const tiktokMedia: MediaLibrary = {
  async image(session, file) {
    const said = await call(
      session,
      'POST',
      'file/image/ad/upload/',
      {
        advertiser_id: session.accountExternalId,
        upload_type: 'UPLOAD_BY_FILE',
        file_name: file.name,
        image_signature: md5(file.bytes),
      },
      [{ field: 'image_file', name: file.name, bytes: file.bytes }],
    );
    return { externalId: named(said, dataOf(said), 'image_id') };
  },

  video: uploadVideo,

  /** One that cannot be read yet may still come: it counts as being processed. */
  async state(session, kind, externalId) {
    const row = await infoOf(session, kind, externalId);
    if (row === null) return 'processing';
    // A video has neither cover nor preview before it is transcoded.
    return kind === 'image' || row['displayable'] === true || typeof row['video_cover_url'] === 'string' ? 'ready' : 'processing';
  },

  async thumbnail(session, externalId) {
    const cover = (await infoOf(session, 'video', externalId))?.['video_cover_url'];
    return typeof cover === 'string' && cover !== '' ? cover : null;
  },

  /** The library knows no filter by name: it is read through, newest first. */
  async find(session, kind, name) {
    const { search, id } = LIBRARY[kind];
    const found = new Map<string, { externalId: string; createdAt: Date | null }>();
    for (let page = 1; ; page += 1) {
      const data = await ask(session, 'GET', search, { advertiser_id: session.accountExternalId, page, page_size: PAGE });
      for (const row of rowsIn(data, 'list')) {
        const externalId = idIn(row, id);
        if (externalId !== null && row['file_name'] === name)
          found.set(externalId, { externalId, createdAt: toInstant(row['create_time']) });
      }
      if (isLastPage(data, page)) return [...found.values()].toSorted(oldestFirst);
    }
  },

  async remove(session, kind, externalId) {
    try {
      await call(session, 'POST', 'creative/asset/delete/', {
        advertiser_id: session.accountExternalId,
        [LIBRARY[kind].ids]: [externalId],
      });
    } catch (error) {
      // No code says that a file is gone: the library does.
      if (!(error instanceof PlatformError) || error.failure !== 'refused' || (await infoOf(session, kind, externalId)) !== null)
        throw error;
    }
  },
};

/** Null = the account has no such file: a read of one id that is refused for its parameter or its video says just that. */
async function infoOf(session: AdSession, kind: 'image' | 'video', externalId: string): Promise<Row | null> {
  const { info, ids, id } = LIBRARY[kind];
  try {
    const data = await ask(session, 'GET', info, { advertiser_id: session.accountExternalId, [ids]: [externalId] });
    return rowsIn(data, 'list').find((row) => row[id] === externalId) ?? null;
  } catch (error) {
    if (error instanceof PlatformError && NOT_THERE.has(error.detail.code ?? '')) return null;
    throw error;
  }
}

const NOT_THERE = new Set(['40002', '40007', String(CODES.badVideo)]);
