import { CALLS_TO_ACTION } from './enums.ts';
import { findPost, readIdentity, SPARK_TYPES } from './identities.ts';
import { requiredText, text, type Params } from './params.ts';
import type { TiktokObject } from './store.ts';
import { CODES, missingField, parameterError, refuse, TiktokError } from './tiktok-error.ts';
import { videoIsReady } from './videos.ts';
import type { TiktokWorld } from './world.ts';

/** Unverified [K]: 100 letters, whatever the placement. */
const MAX_TEXT = 100;
export const MOST_CAROUSEL_IMAGES = 35;

export function checkVideo(world: TiktokWorld, advertiserId: string, id: string): void {
  const video = world.store.find('video', id);
  if (video === undefined || video.advertiserId !== advertiserId)
    throw new TiktokError(CODES.badVideo, `video_id: The video ${id} does not exist.`);
  refuse(!videoIsReady(world, video), `video_id: The video ${id} is still being transcoded.`, CODES.transcoding);
}

export function checkImage(world: TiktokWorld, advertiserId: string, id: string, field: string): void {
  refuse(world.store.find('image', id)?.advertiserId !== advertiserId, `${field}: The image ${id} does not exist.`);
}

export function checkText(value: string, field: string): void {
  refuse(value.length > MAX_TEXT, `${field}: Longer than ${MAX_TEXT} characters.`);
}

export function checkCallToAction(value: string): void {
  refuse(!CALLS_TO_ACTION.has(value), `call_to_action: ${value} is not one of them.`);
}

export function checkUrl(value: string, field: string): void {
  refuse(!/^https?:\/\//.test(value) || !URL.canParse(value), `${field}: Not a valid URL.`);
}

/** The instant form an ad opens has to be published and of this advertiser. */
export function checkForm(world: TiktokWorld, advertiserId: string, id: string): void {
  const form = world.store.find('form', id);
  refuse(form?.advertiserId !== advertiserId, `page_id: The page ${id} does not exist.`);
  refuse(form?.fields['status'] !== 'PUBLISHED', `page_id: The page ${id} is not published.`);
}

/** Where a click leads: a form under lead ad groups, a web page under those that promote a website. */
export function checkDestination(adgroup: TiktokObject, has: { form: boolean; page: boolean }): void {
  const promotion = adgroup.fields['promotion_type'];
  if (promotion === 'LEAD_GENERATION' && !has.form && !has.page) throw missingField('page_id');
  if (promotion === 'WEBSITE' && !has.page) throw missingField('landing_page_url');
}

/**
 * The post behind a Spark ad, or null when the ad brings its own video. A post keeps its own caption and video: what the request
 * says about them is not used [S/K].
 */
export function readSparkPost(world: TiktokWorld, advertiserId: string, params: Params): TiktokObject | null {
  const identity = readIdentity(world, advertiserId, params);
  const isSpark = SPARK_TYPES.has(String(identity.fields['identity_type']));
  const itemId = text(params, 'tiktok_item_id');
  if (itemId === null) {
    if (identity.fields['identity_type'] === 'AUTH_CODE') throw missingField('tiktok_item_id');
    return null;
  }
  refuse(!isSpark, 'tiktok_item_id: Only for identities of TikTok accounts.');
  const post = findPost(world, identity.id, requiredText(params, 'tiktok_item_id'));
  if (post === undefined) throw parameterError(`tiktok_item_id: The post ${itemId} does not exist or is not authorized.`);
  return post;
}
