import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import { checkLength, part, refuse, requiredText, text, type Operation } from '../operation.ts';
import { messageOf } from '../proto-schema.ts';
import type { Fields } from '../read-message.ts';
import { checkLeadForm } from './lead-form.ts';
import type { Rule } from './rule.ts';

const KINDS = messageOf('resources.Asset').fields.filter((field) => field.o === 'asset_data');
const MOST_BYTES = 5 * 1024 * 1024;
const MIMES: Record<string, string | undefined> = { jpg: 'IMAGE_JPEG', png: 'IMAGE_PNG', gif: 'IMAGE_GIF' };
/** Made once per content; asking again answers the one that is there [D: assets are kept once per content]. */
const ONCE = new Set(['imageAsset', 'textAsset', 'youtubeVideoAsset']);

function kindOf(fields: Fields): (typeof KINDS)[number] | undefined {
  return KINDS.find((field) => fields[field.camel] !== undefined);
}

function contentKey(fields: Fields, customerId: string): string | null {
  const kind = kindOf(fields);
  if (kind === undefined || !ONCE.has(kind.camel)) return null;
  const content = part(fields[kind.camel]);
  const words = content['hash'] ?? content['data'] ?? content['text'] ?? content['youtubeVideoId'];
  const hash = content['data'] === undefined ? words : hashOf(Buffer.from(String(words), 'base64'));
  return `asset ${customerId} ${kind.camel} ${String(hash)}`;
}
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const nameKey = (customerId: string, name: string): string => `asset ${customerId} named ${name}`;

/** Bytes become what the platform shows of them: size, type and an address. The hash is ours alone and never answered. */
function keepImage(op: Operation, image: Fields): Fields {
  const data = text(image['data']);
  if (data === null || data === '') throw refuse(op, 'assetError', 'ASSET_DATA_IS_MISSING', 'Asset data is missing.', 'image_asset.data');
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MOST_BYTES) throw refuse(op, 'imageError', 'FILE_TOO_LARGE', 'File is too large.', 'image_asset.data');
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(bytes);
  } catch {
    throw refuse(op, 'imageError', 'INVALID_IMAGE', 'The image is not valid.', 'image_asset.data');
  }
  const mime = MIMES[size.type ?? ''];
  if (mime === undefined) throw refuse(op, 'imageError', 'FORMAT_NOT_ALLOWED', 'The image format is not allowed.', 'image_asset.data');
  const hash = hashOf(bytes);
  return {
    hash,
    fileSize: String(bytes.length),
    mimeType: mime,
    fullSize: {
      heightPixels: String(size.height),
      widthPixels: String(size.width),
      url: `https://tpc.googlesyndication.com/simgad/${hash.slice(0, 20)}`,
    },
  };
}

function judge(op: Operation, fields: Fields): void {
  const kind = kindOf(fields);
  if (kind === undefined) throw refuse(op, 'assetError', 'ASSET_DATA_IS_MISSING', 'Asset data is missing.', 'asset_data');
  const content = part(fields[kind.camel]);
  switch (kind.camel) {
    case 'imageAsset':
      fields['imageAsset'] = keepImage(op, content);
      break;
    case 'textAsset':
      requiredText(op, content, 'text', 'text_asset.text');
      break;
    case 'youtubeVideoAsset':
      if (!/^[A-Za-z0-9_-]{11}$/.test(String(content['youtubeVideoId'])))
        throw refuse(
          op,
          'youtubeVideoRegistrationError',
          'VIDEO_NOT_FOUND',
          'Video to be registered was not found.',
          'youtube_video_asset.youtube_video_id',
          content['youtubeVideoId'],
        );
      break;
    case 'leadFormAsset':
      checkLeadForm(op, content);
      break;
    case 'locationAsset':
      throw refuse(
        op,
        'operationAccessDeniedError',
        'CREATE_OPERATION_NOT_PERMITTED',
        'Location assets come from a linked business profile.',
        'location_asset',
      );
  }
  fields['type'] = kind.snake.replace(/_asset$/, '').toUpperCase();
  fields['source'] = 'ADVERTISER';
}

export const asset: Rule = {
  create(op, fields) {
    judge(op, fields);
    const name = text(fields['name']);
    if (name === null) {
      if (fields['type'] === 'IMAGE') throw refuse(op, 'assetError', 'NAME_REQUIRED_FOR_ASSET_TYPE', 'An image needs a name.', 'name');
      return;
    }
    checkLength(op, name, 128, 'name');
    if (fields['type'] === 'IMAGE' && op.world.store.byKey(nameKey(op.caller.customerId, name)).length > 0)
      throw refuse(op, 'assetError', 'DUPLICATE_ASSET_NAME', 'An asset with this name and another content exists.', 'name', name);
  },
  keys(fields, customerId) {
    const content = contentKey(fields, customerId);
    const name = text(fields['name']);
    return [...(content === null ? [] : [content]), ...(name === null ? [] : [nameKey(customerId, name)])];
  },
  same(op, fields) {
    const key = contentKey(fields, op.caller.customerId);
    if (key === null) return undefined;
    const name = String(fields['name'] ?? '');
    const earlier = op.request.newAssets.get(key);
    if (earlier !== undefined && earlier !== name)
      throw refuse(
        op,
        'assetError',
        'DUPLICATE_ASSETS_WITH_DIFFERENT_FIELD_VALUE',
        'Duplicate assets across operations have different field values.',
        'name',
        name,
      );
    op.request.newAssets.set(key, name);
    return op.world.store.byKey(key)[0];
  },
  update(op, fields) {
    if (fields['leadFormAsset'] !== undefined) checkLeadForm(op, part(fields['leadFormAsset']));
  },
};
