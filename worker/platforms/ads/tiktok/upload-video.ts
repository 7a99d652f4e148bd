import { PlatformError } from '../../platform-error.ts';
import type { MediaLibrary } from '../ad-platform.ts';
import { ask, call, dataOf, type Row } from './client.ts';
import { md5, named } from './file-answers.ts';

/**
 * In parts of the size the platform asks for, each with its md5, then one call that makes a video of them. Until that call nothing exists
 * that an ad could use, so a break before it is a plain no.
 */
export const uploadVideo: MediaLibrary['video'] = async (session, file) => {
  const advertiser = { advertiser_id: session.accountExternalId };
  const fileId = await beforeFinish(async () => {
    const start = await ask(session, 'POST', 'file/start/upload/', {
      ...advertiser,
      size: file.size,
      content_type: 'video',
      name: file.name,
    });
    const uploadId = String(start['upload_id']);
    for (let [from, to] = rangeIn(start); from < to;) {
      const bytes = await file.slice(from, to);
      const said = await call(
        session,
        'POST',
        'file/transfer/upload/',
        { ...advertiser, upload_id: uploadId, start_offset: from, signature: md5(bytes) },
        [{ field: 'file', name: 'part', bytes }],
      );
      const [next, end] = rangeIn(dataOf(said));
      // A platform that asks for the same bytes again would be fed for ever.
      if (next <= from) throw new PlatformError('unknown', 'The upload does not go on.', { platform: 'tiktok' });
      [from, to] = [next, end];
    }
    const said = await call(session, 'POST', 'file/finish/upload/', { ...advertiser, upload_id: uploadId });
    return named(said, dataOf(said), 'file_id');
  });
  await file.beforeFinish?.();
  const said = await call(
    session,
    'POST',
    'file/video/ad/upload/',
    { ...advertiser, upload_type: 'UPLOAD_BY_FILE_ID', file_id: fileId, file_name: file.name },
    [],
  );
  // `data` is a list here, unlike everywhere else.
  const [made] = Array.isArray(said.data) ? (said.data as Row[]) : [];
  return { externalId: named(said, made, 'video_id') };
};

/** What the platform wants next; equal offsets = it has everything. */
function rangeIn(data: Row): [number, number] {
  const [from, to] = [Number(data['start_offset']), Number(data['end_offset'])];
  if (Number.isInteger(from) && Number.isInteger(to)) return [from, to];
  throw new PlatformError('unknown', 'An upload without its offsets.', { platform: 'tiktok' });
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
