import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import type { GoogleVendor } from '../google/index.ts';
import { YOUTUBE_UPLOAD_SCOPE } from '../google/tokens.ts';
import { YoutubeStore, type Upload, type Video, type YoutubeSettings } from './store.ts';
import { beginUpload, channelOf, showVideo, takeChunk } from './upload.ts';
import { quotaExceeded, YoutubeError } from './youtube-error.ts';

export interface YoutubeVendor extends Vendor {
  objects(): Video[];
  settings: YoutubeSettings;
}
/** Upload and read live under both names; Google's own pages use the shared one. */
const PATHS = ['/upload/youtube/v3/', '/youtube/v3/'];
const READ_SCOPE = 'https://www.googleapis.com/auth/youtube.readonly';

/** YouTube as far as putting a video there and finding it again. PUT /_sandbox/youtube/settings changes its settings. */
export function createYoutube(core: SandboxCore, google: GoogleVendor): YoutubeVendor {
  const store = new YoutubeStore(core);

  const holderOf = (request: Request, scopes: readonly string[]): string => {
    const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const holder = google.holderOf(token);
    if (holder?.state !== 'good') throw new YoutubeError(401, 'authError', 'Invalid Credentials', 'global');
    if (!scopes.some((scope) => holder.scopes.includes(scope)))
      throw new YoutubeError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'global');
    return holder.sub;
  };
  const list = (request: Request, url: URL): Response => {
    const sub = holderOf(request, [READ_SCOPE, YOUTUBE_UPLOAD_SCOPE]);
    const parts = url.searchParams.getAll('part').flatMap((one) => one.split(','));
    if (parts.length === 0)
      throw new YoutubeError(400, 'missingRequiredParameter', "No filter selected. Required parameter: 'part'", 'youtube.parameter');
    if (!store.charge('units')) throw quotaExceeded();
    if (url.pathname === '/youtube/v3/channels')
      return Response.json({ kind: 'youtube#channelListResponse', items: [{ kind: 'youtube#channel', id: channelOf(sub) }] });
    const ids = (url.searchParams.get('id') ?? '').split(',');
    // A private video is there for its owner alone.
    const found = ids
      .flatMap((id) => store.videos.get(id) ?? [])
      .filter((video) => video.sub === sub || video.status['privacyStatus'] !== 'private');
    const items = found.map((video) => showVideo(store, video, parts));
    return Response.json({
      kind: 'youtube#videoListResponse',
      items,
      pageInfo: { totalResults: items.length, resultsPerPage: items.length },
    });
  };
  const answer = (request: Request, url: URL, body: Uint8Array): Response => {
    const uploadId = url.searchParams.get('upload_id');
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /upload/youtube/v3/videos':
        return beginUpload(
          store,
          holderOf(request, [YOUTUBE_UPLOAD_SCOPE]),
          url,
          new TextDecoder().decode(body),
          request.headers.get('x-upload-content-length'),
        );
      case 'PUT /upload/youtube/v3/videos':
        return takeChunk(store, uploadId ?? '', request.headers.get('content-range'), body);
      case 'GET /youtube/v3/videos':
      case 'GET /youtube/v3/channels':
        return list(request, url);
      default:
        throw new YoutubeError(404, 'notFound', 'Not Found', 'global');
    }
  };
  const refuse = (error: YoutubeError): Response => Response.json(error.body(), { status: error.status });

  const handle = async (request: Request): Promise<Response | null> => {
    const url = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const upload = store.uploads.get(url.searchParams.get('upload_id') ?? '');
    const title =
      upload === undefined ? (request.method === 'POST' ? new TextDecoder().decode(body) : '') : String(upload.metadata.snippet?.['title']);
    return underFaults(core, {
      vendor: 'youtube',
      key: `${request.method} ${url.pathname} ${title} ${request.headers.get('content-range') ?? ''}`,
      isWrite: request.method !== 'GET',
      apply: () => {
        try {
          return answer(request, url, body);
        } catch (error) {
          if (error instanceof YoutubeError) return refuse(error);
          throw error;
        }
      },
      throttled: () =>
        refuse(new YoutubeError(403, 'rateLimitExceeded', 'The request was throttled: too many in a short time.', 'youtube.quota')),
      failed: () => refuse(new YoutubeError(500, 'backendError', 'Backend Error', 'global')),
    });
  };
  google.lend('www.googleapis.com', PATHS, handle);

  return {
    name: 'youtube',
    settings: store.settings,
    serves: (host) => host === 'youtube.googleapis.com',
    handle,
    control: async (method, path, body) =>
      method === 'PUT' && path === 'settings' ? Object.assign(store.settings, body as Partial<YoutubeSettings>) : undefined,
    objects: () => [...store.videos.values()],
    snapshot: () => structuredClone({ videos: [...store.videos.values()], uploads: [...store.uploads.values()] }),
    restore: (state) => {
      const saved = state as { videos: Video[]; uploads: Upload[] };
      store.videos = new Map(saved.videos.map((one) => [one.id, one]));
      store.uploads = new Map(saved.uploads.map((one) => [one.id, one]));
      store.forgetDay();
    },
  };
}
