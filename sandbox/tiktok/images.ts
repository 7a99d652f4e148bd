import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import type { TiktokCall } from './call.ts';
import { refuseTakenFileName, takeFinishedUpload } from './file-names.ts';
import { makeObject } from './make-object.ts';
import { makePage, readPage } from './paging.ts';
import { object, oneOf, requiredText, showTime, text, texts } from './params.ts';
import type { TiktokObject } from './store.ts';
import { CODES, missingField, parameterError, refuse, TiktokError } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

/** Unverified [K]: 10 MB, and these kinds of files. */
const MAX_BYTES = 10 * 1024 * 1024;
const FORMATS = new Set(['gif', 'jpg', 'png', 'webp']);
/** Unverified [K]. */
const MOST_IDS = 100;

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

interface Picture {
  name: string;
  bytes: Uint8Array;
}

function measure(bytes: Uint8Array): { width: number; height: number; format: string } {
  try {
    const { width, height, type = '' } = imageSize(bytes);
    if (FORMATS.has(type)) return { width, height, format: type === 'jpg' ? 'jpeg' : type };
  } catch {
    // not an image: the refusal below says so
  }
  throw new TiktokError(CODES.file, 'image_file: The file is not an image that can be read.');
}

/** Equal bytes make another image; only the file's name must be new [K]. */
function keepImage(world: TiktokWorld, advertiserId: string, { name, bytes }: Picture, call: TiktokCall): TiktokObject {
  refuse(bytes.length > MAX_BYTES, 'image_file: The file is too large.', CODES.file);
  const size = measure(bytes);
  refuseTakenFileName(world, 'image', advertiserId, name);
  const material = world.core.nextId('7');
  const id = `ad-site-i18n-sg/${material}`;
  const url = `https://p16-ads.tiktokcdn.example/${material}`;
  return makeObject(
    world,
    'image',
    advertiserId,
    {
      material_id: material,
      file_name: name,
      signature: md5(bytes),
      ...size,
      size: bytes.length,
      image_url: url,
      displayable: true,
      is_carousel_usable: true,
    },
    call,
    { id },
  );
}

const showImage = (image: TiktokObject): Record<string, unknown> => ({
  image_id: image.id,
  ...image.fields,
  create_time: showTime(image.createdAt),
  modify_time: showTime(image.updatedAt),
});

/** A picture by address is not fetched here: it gets bytes that follow from its address. */
const drawn = (url: string): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAABDgAAAQ4CAYAAADsEGyPAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==', 'base64'),
      Buffer.from(url),
    ]),
  );

/** POST file/image/ad/upload/ (multipart): the file with its md5, an address, or a finished chunked upload [S]. */
export const uploadImage: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  const type = oneOf(params, 'upload_type', ['UPLOAD_BY_FILE', 'UPLOAD_BY_FILE_ID', 'UPLOAD_BY_URL'] as const) ?? 'UPLOAD_BY_FILE';
  const wished = text(params, 'file_name');
  if (type === 'UPLOAD_BY_URL') {
    const url = requiredText(params, 'image_url');
    refuse(!/^https?:\/\//.test(url) || !URL.canParse(url), 'image_url: Not a valid URL.');
    return showImage(keepImage(world, advertiserId, { name: wished ?? `${md5(drawn(url)).slice(0, 12)}.png`, bytes: drawn(url) }, call));
  }
  if (type === 'UPLOAD_BY_FILE_ID') {
    const upload = takeFinishedUpload(world, advertiserId, requiredText(params, 'file_id'), 'image');
    return showImage(keepImage(world, advertiserId, { name: wished ?? upload.name, bytes: upload.bytes }, call));
  }
  const file = call.files.get('image_file');
  if (file === undefined) throw missingField('image_file');
  refuse(requiredText(params, 'image_signature').toLowerCase() !== md5(file.bytes), 'image_signature: Not the md5 of the file.');
  return showImage(keepImage(world, advertiserId, { name: wished ?? file.name, bytes: file.bytes }, call));
};

/** GET file/image/ad/info/ */
export const readImages: Handler = (world, { params }, { advertiserId }) => {
  const ids = texts(params, 'image_ids');
  if (ids === null) throw missingField('image_ids');
  refuse(ids.length > MOST_IDS, `image_ids: At most ${MOST_IDS}.`, CODES.tooManyIds);
  return {
    list: ids.map((id) => {
      const image = world.store.find('image', id);
      if (image === undefined || image.advertiserId !== advertiserId) throw parameterError(`image_ids: The image ${id} does not exist.`);
      return showImage(image);
    }),
  };
};

/** GET file/image/ad/search/ [T] */
export const searchImages: Handler = (world, { params }, { advertiserId }) => {
  const filtering = object(params, 'filtering') ?? {};
  const [ids, materials] = [texts(filtering, 'image_ids'), texts(filtering, 'material_ids')];
  const now = world.core.now();
  const found = world.store
    .of('image', advertiserId)
    .filter(
      (one) =>
        one.visibleAt <= now &&
        (ids === null || ids.includes(one.id)) &&
        (materials === null || materials.includes(String(one.fields['material_id']))),
    )
    .toReversed();
  const page = makePage(found, readPage(params, 100));
  return { list: page.items.map(showImage), page_info: page.page_info };
};
