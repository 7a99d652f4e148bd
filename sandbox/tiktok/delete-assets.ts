import { texts } from './params.ts';
import type { TiktokObject } from './store.ts';
import { missingField, parameterError } from './tiktok-error.ts';
import type { Handler } from './world.ts';

/** POST creative/asset/delete/: images and videos leave the library; ads that show them keep them [K]. */
export const deleteAssets: Handler = (world, { params }, { advertiserId }) => {
  const images = texts(params, 'image_ids') ?? [];
  const videos = texts(params, 'video_ids') ?? [];
  if (images.length + videos.length === 0) throw missingField('image_ids');
  const find = (kind: 'image' | 'video', id: string): TiktokObject => {
    const found = world.store.find(kind, id);
    if (found === undefined || found.advertiserId !== advertiserId) throw parameterError(`${kind}_ids: The ${kind} ${id} does not exist.`);
    return found;
  };
  const found = [...images.map((id) => find('image', id)), ...videos.map((id) => find('video', id))];
  for (const one of found) world.store.remove(one);
  world.core.touch();
  return {};
};
