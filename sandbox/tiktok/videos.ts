import type { TiktokCall } from './call.ts';
import { refuseTakenFileName, takeFinishedUpload } from './file-names.ts';
import { md5 } from './images.ts';
import { makeObject } from './make-object.ts';
import { makePage, readPage } from './paging.ts';
import { object, oneOf, requiredText, showTime, text, texts } from './params.ts';
import type { TiktokObject } from './store.ts';
import { CODES, missingField, refuse, TiktokError } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

/** Unverified [K]: 500 MB. */
const MAX_BYTES = 500 * 1024 * 1024;
/** Ids per call of file/video/ad/info/ [S/T]. */
const MOST_IDS = 60;

/** A container that the platform takes: mp4 and mov (`ftyp`), avi (`RIFF`), mpeg, 3gp. */
function isVideo(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return head.slice(4, 8) === 'ftyp' || head.startsWith('RIFF') || head.startsWith('\u0000\u0000\u0001');
}

export function videoIsReady(world: TiktokWorld, video: TiktokObject): boolean {
  return video.demo || world.core.now() >= video.createdAt + world.settings.videoProcessingMs;
}

interface Source {
  name: string;
  signature: string;
  size: number;
}

function keepVideo(world: TiktokWorld, advertiserId: string, source: Source, call: TiktokCall): TiktokObject {
  refuse(source.size > MAX_BYTES, 'video_file: The file is too large.', CODES.file);
  refuseTakenFileName(world, 'video', advertiserId, source.name);
  const material = world.core.nextId('7');
  return makeObject(
    world,
    'video',
    advertiserId,
    {
      material_id: material,
      file_name: source.name,
      signature: source.signature,
      size: source.size,
      width: 1080,
      height: 1920,
      duration: 12.5,
      bit_rate: 2_000_000,
      format: 'mp4',
      allow_download: true,
      allowed_placements: ['PLACEMENT_TIKTOK'],
    },
    call,
    { id: `v10033g50000${material}` },
  );
}

/** While it is transcoded a video has neither cover nor preview. Unverified [K]: `displayable` says when it is done. */
function showVideo(world: TiktokWorld, video: TiktokObject): Record<string, unknown> {
  const isReady = videoIsReady(world, video);
  const base = `https://v16-ads.tiktokcdn.example/${String(video.fields['material_id'])}`;
  return {
    video_id: video.id,
    ...video.fields,
    displayable: isReady,
    ...(isReady
      ? { video_cover_url: `${base}/cover`, preview_url: `${base}/play`, preview_url_expire_time: showTime(world.core.now() + 3_600_000) }
      : {}),
    create_time: showTime(video.createdAt),
    modify_time: showTime(video.updatedAt),
  };
}

function sourceOf(world: TiktokWorld, call: TiktokCall, advertiserId: string): Source {
  const { params } = call;
  const wished = text(params, 'file_name');
  const fromBytes = (name: string, bytes: Uint8Array): Source => {
    refuse(!isVideo(bytes), 'video_file: The file is not a video that can be read.', CODES.file);
    return { name: wished ?? name, signature: md5(bytes), size: bytes.length };
  };
  switch (oneOf(params, 'upload_type', ['UPLOAD_BY_FILE', 'UPLOAD_BY_FILE_ID', 'UPLOAD_BY_URL', 'UPLOAD_BY_VIDEO_ID'] as const)) {
    case 'UPLOAD_BY_URL': {
      const url = requiredText(params, 'video_url');
      refuse(!/^https?:\/\//.test(url) || !URL.canParse(url), 'video_url: Not a valid URL.');
      const signature = md5(new TextEncoder().encode(url));
      return { name: wished ?? `${signature.slice(0, 12)}.mp4`, signature, size: 1_000_000 };
    }
    case 'UPLOAD_BY_FILE_ID': {
      const upload = takeFinishedUpload(world, advertiserId, requiredText(params, 'file_id'), 'video');
      return fromBytes(upload.name, upload.bytes);
    }
    case 'UPLOAD_BY_VIDEO_ID': {
      const id = requiredText(params, 'video_id');
      const known = world.store.find('video', id);
      if (known === undefined) throw new TiktokError(CODES.badVideo, `video_id: The video ${id} does not exist.`);
      return {
        name: wished ?? `copy of ${String(known.fields['file_name'])}`,
        signature: String(known.fields['signature']),
        size: Number(known.fields['size']),
      };
    }
    default: {
      const file = call.files.get('video_file');
      if (file === undefined) throw missingField('video_file');
      refuse(requiredText(params, 'video_signature').toLowerCase() !== md5(file.bytes), 'video_signature: Not the md5 of the file.');
      return fromBytes(file.name, file.bytes);
    }
  }
}

/** POST file/video/ad/upload/ (multipart). `data` is a list here, unlike for images [T]. */
export const uploadVideo: Handler = (world, call, { advertiserId }) => [
  showVideo(world, keepVideo(world, advertiserId, sourceOf(world, call, advertiserId), call)),
];

/** GET file/video/ad/info/: what a caller polls. */
export const readVideos: Handler = (world, { params }, { advertiserId }) => {
  const ids = texts(params, 'video_ids');
  if (ids === null) throw missingField('video_ids');
  refuse(ids.length > MOST_IDS, `video_ids: At most ${MOST_IDS}.`, CODES.tooManyIds);
  return {
    list: ids.map((id) => {
      const video = world.store.find('video', id);
      if (video === undefined || video.advertiserId !== advertiserId)
        throw new TiktokError(CODES.badVideo, `video_ids: The video ${id} does not exist.`);
      return showVideo(world, video);
    }),
  };
};

/** GET file/video/ad/search/: newest first. */
export const searchVideos: Handler = (world, { params }, { advertiserId }) => {
  const filtering = object(params, 'filtering') ?? {};
  const [ids, materials] = [texts(filtering, 'video_ids'), texts(filtering, 'material_ids')];
  const now = world.core.now();
  const found = world.store
    .of('video', advertiserId)
    .filter(
      (one) =>
        one.visibleAt <= now &&
        (ids === null || ids.includes(one.id)) &&
        (materials === null || materials.includes(String(one.fields['material_id']))),
    )
    .toReversed();
  const page = makePage(found, readPage(params, 100));
  return { list: page.items.map((one) => showVideo(world, one)), page_info: page.page_info };
};

/** GET file/video/suggestcover/: pictures to choose a cover from, once the video is transcoded. */
export const suggestCovers: Handler = (world, { params }, { advertiserId }) => {
  const video = world.store.find('video', requiredText(params, 'video_id'));
  if (video === undefined || video.advertiserId !== advertiserId)
    throw new TiktokError(CODES.badVideo, 'video_id: The video does not exist.');
  refuse(!videoIsReady(world, video), 'video_id: The video is still being transcoded.', CODES.transcoding);
  return {
    list: [0, 1, 2].map((n) => ({
      id: `ad-site-i18n-sg/${String(video.fields['material_id'])}${n}`,
      width: 1080,
      height: 1920,
      url: `https://p16-ads.tiktokcdn.example/${String(video.fields['material_id'])}/${n}`,
    })),
  };
};
