import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import type { GraphCall } from './graph-call.ts';
import { invalidParameter, missingParameter } from './graph-error.ts';
import { accountIdOf, makeObject } from './make-object.ts';
import { requiredText } from './params.ts';
import type { GraphObject } from './store.ts';
import type { Handler, MetaWorld } from './world.ts';

const MAX_BYTES = 30 * 1024 * 1024;

function measure(bytes: Uint8Array): { width: number; height: number } {
  try {
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    throw invalidParameter('The file is not an image that can be read.', 1487411);
  }
}

/** The same bytes give the same hash and no second image. */
function keepImage(world: MetaWorld, accountId: string, name: string, bytes: Uint8Array, call: GraphCall): GraphObject {
  if (bytes.length > MAX_BYTES) throw invalidParameter('The image is larger than 30 MB.', 1487411);
  const hash = createHash('md5').update(bytes).digest('hex');
  const id = `${accountId}:${hash}`;
  const known = world.store.get(id);
  if (known !== undefined) return known;
  const { width, height } = measure(bytes);
  const url = `https://scontent.facebook.example/${hash}`;
  const fields = {
    hash,
    name,
    width,
    height,
    original_width: width,
    original_height: height,
    status: 'ACTIVE',
    url,
    url_128: `${url}/128`,
    permalink_url: url,
  };
  return makeObject(world, 'image', accountId, fields, call, { id });
}

/** POST act_X/adimages with base64 `bytes` or with files; answers by name, as the platform does. */
export const uploadImages: Handler = (world, account, call) => {
  const accountId = accountIdOf(account);
  const incoming = [...call.files.values()];
  const base64 = call.params['bytes'];
  if (typeof base64 === 'string') {
    const name = typeof call.params['name'] === 'string' ? call.params['name'] : 'bytes';
    incoming.push({ name, bytes: new Uint8Array(Buffer.from(base64, 'base64')) });
  }
  if (incoming.length === 0) throw missingParameter('bytes');
  const images: Record<string, unknown> = {};
  for (const { name, bytes } of incoming) {
    const { fields } = keepImage(world, accountId, name, bytes, call);
    images[name] = {
      hash: fields['hash'],
      url: fields['url'],
      url_128: fields['url_128'],
      width: fields['width'],
      height: fields['height'],
      name,
    };
  }
  return { images };
};

export const deleteImage: Handler = (world, account, call) => {
  const image = world.store.get(`${accountIdOf(account)}:${requiredText(call.params, 'hash')}`);
  if (image === undefined) throw invalidParameter('There is no image with this hash.', 1487411);
  world.store.remove(image);
  world.core.touch();
  return { success: true };
};
