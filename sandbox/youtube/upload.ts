import { createHash } from 'node:crypto';
import type { Upload, Video, YoutubeStore } from './store.ts';
import { quotaExceeded, YoutubeError } from './youtube-error.ts';

/** Every chunk but the last is a multiple of this [D]. */
const GRAIN = 256 * 1024;
const PRIVACY = ['public', 'unlisted', 'private'];

/** POST …/videos?uploadType=resumable: the answer's Location takes the bytes. */
export function beginUpload(store: YoutubeStore, sub: string, url: URL, body: string, length: string | null): Response {
  if (url.searchParams.get('uploadType') !== 'resumable') throw new YoutubeError(400, 'badRequest', 'Only resumable uploads are imitated.');
  if (url.searchParams.get('part') === null) throw new YoutubeError(400, 'required', 'Required parameter: part', 'global');
  const metadata = readMetadata(body);
  const title = metadata.snippet?.['title'];
  if (typeof title !== 'string' || title === '' || title.length > 100)
    throw new YoutubeError(400, 'invalidTitle', 'The request metadata specifies an invalid or empty video title.');
  const privacy = metadata.status?.['privacyStatus'] ?? 'public';
  if (!PRIVACY.includes(String(privacy))) throw new YoutubeError(400, 'invalidVideoMetadata', 'The request metadata is invalid.');
  if (!store.charge('uploads')) throw quotaExceeded();
  const id = store.core.nextId('46');
  store.uploads.set(id, { id, sub, metadata, parts: [], total: length === null ? null : Number(length), received: 0, videoId: null });
  store.core.touch();
  const location = new URL(url);
  location.searchParams.set('upload_id', id);
  return new Response(null, { status: 200, headers: { location: location.href } });
}

function readMetadata(body: string): Upload['metadata'] {
  if (body === '') return {};
  try {
    return JSON.parse(body) as Upload['metadata'];
  } catch {
    throw new YoutubeError(400, 'parseError', 'Parse Error', 'global');
  }
}

const goOn = (upload: Upload): Response =>
  new Response(null, { status: 308, headers: upload.received === 0 ? {} : { range: `bytes=0-${upload.received - 1}` } });

/** PUT of a chunk, or with "bytes *\/total" the question how much has arrived. */
export function takeChunk(store: YoutubeStore, uploadId: string, range: string | null, bytes: Uint8Array): Response {
  const upload = store.uploads.get(uploadId);
  if (upload === undefined) throw new YoutubeError(404, 'notFound', 'The upload session does not exist or has expired.', 'global');
  const done = upload.videoId === null ? undefined : store.videos.get(upload.videoId);
  if (done !== undefined) return Response.json(showVideo(store, done, ['snippet', 'status']));
  const asked = /^bytes \*\/(\d+|\*)$/.exec(range ?? '');
  if (asked !== null) return goOn(upload);
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range ?? `bytes 0-${bytes.length - 1}/${bytes.length}`);
  if (found === null) throw new YoutubeError(400, 'badRequest', 'Content-Range is malformed.', 'global');
  const [from, to, total] = found.slice(1).map(Number) as [number, number, number];
  const isLast = to + 1 === total;
  if (
    from > upload.received ||
    to - from + 1 !== bytes.length ||
    (upload.total !== null && total !== upload.total) ||
    (!isLast && bytes.length % GRAIN !== 0)
  )
    throw new YoutubeError(400, 'badRequest', 'The chunk does not follow what has arrived.', 'global');
  // A chunk that was sent again overlaps: only what is new is taken.
  const fresh = bytes.subarray(upload.received - from);
  upload.parts.push(createHash('sha256').update(fresh).digest('hex'));
  upload.received += fresh.length;
  upload.total = total;
  store.core.touch();
  return isLast ? Response.json(showVideo(store, finish(store, upload), ['snippet', 'status'])) : goOn(upload);
}

function finish(store: YoutubeStore, upload: Upload): Video {
  const { core, settings } = store;
  const id = createHash('sha256').update(`${core.seed} ${upload.id} ${upload.parts.join()}`).digest('base64url').slice(0, 11);
  const wish = upload.metadata.status ?? {};
  const video: Video = {
    id,
    sub: upload.sub,
    snippet: { ...upload.metadata.snippet, publishedAt: new Date(core.now()).toISOString(), channelId: channelOf(upload.sub) },
    status: { ...wish, privacyStatus: settings.locksPrivate ? 'private' : (wish['privacyStatus'] ?? 'public'), uploadStatus: 'uploaded' },
    bytes: upload.received,
    createdAt: core.now(),
  };
  store.videos.set(id, video);
  upload.videoId = id;
  core.later(settings.processingMs, () => {
    video.status = { ...video.status, uploadStatus: 'processed' };
    core.touch();
  });
  return video;
}

export const channelOf = (sub: string): string => `UC${createHash('sha256').update(sub).digest('base64url').slice(0, 22)}`;

/** Only the asked parts; counts are text. */
export function showVideo(store: YoutubeStore, video: Video, parts: readonly string[]): Record<string, unknown> {
  const all: Record<string, unknown> = {
    snippet: video.snippet,
    status: video.status,
    statistics: { viewCount: '0', commentCount: '0' },
    processingDetails: { processingStatus: video.status['uploadStatus'] === 'processed' ? 'succeeded' : 'processing' },
  };
  return {
    kind: 'youtube#video',
    etag: `e${video.createdAt}`,
    id: video.id,
    ...Object.fromEntries(parts.filter((part) => part in all).map((part) => [part, all[part]])),
  };
}
