import { createHash } from 'node:crypto';
import { refusal } from './ads-error.ts';
import { part } from './operation.ts';
import type { AdsCall } from './read-call.ts';
import type { Fields } from './read-message.ts';
import type { AdsWorld, Caller } from './world.ts';

/**
 * POST youTubeVideoUploads:create: a media upload that ends on YouTube. State goes PENDING → UPLOADED → PROCESSED, FAILED or
 * REJECTED and is read by GAQL [S]. Unverified [K]: that one multipart request carries the bytes.
 */
export function createUpload(world: AdsWorld, caller: Caller, body: Fields, call: AdsCall): Fields {
  const { core, store, settings } = world;
  const wish = part(body['youTubeVideoUpload']);
  for (const [camel, snake] of [['videoTitle', 'video_title']] as const)
    if (typeof wish[camel] !== 'string' || wish[camel] === '')
      throw refusal('fieldError', 'REQUIRED', 'The required field was not present.', {
        at: [{ fieldName: 'you_tube_video_upload' }, { fieldName: snake }],
      });
  if (call.media === null || call.media.length === 0)
    throw refusal('mediaUploadError', 'INVALID_MEDIA_BUNDLE', 'The upload carries no bytes.');
  world.quota.charge(1);
  const id = core.nextId('44');
  const name = `customers/${caller.customerId}/youTubeVideoUploads/${id}`;
  const videoId = createHash('sha256').update(call.media).update(name).digest('base64url').slice(0, 11);
  const fields: Fields = {
    ...wish,
    resourceName: name,
    videoUploadId: id,
    videoPrivacy: wish['videoPrivacy'] ?? 'UNLISTED',
    state: 'PENDING',
  };
  const change = (state: string, more: Fields = {}): void => {
    const now = store.get(name);
    if (now === undefined) return;
    store.put({ ...now, fields: { ...now.fields, state, ...more } });
    core.touch();
  };
  store.put({
    name,
    type: 'you_tube_video_upload',
    customerId: caller.customerId,
    fields,
    keys: [],
    createdAt: core.now(),
    visibleAt: core.now(),
    requestId: caller.requestId,
    demo: false,
  });
  core.touch();
  const end = settings.nextUploadEnds.shift();
  core.later(Math.floor(settings.processingMs / 2), () => change('UPLOADED', { videoId }));
  core.later(settings.processingMs, () => change(end ?? 'PROCESSED'));
  return { resourceName: name };
}
