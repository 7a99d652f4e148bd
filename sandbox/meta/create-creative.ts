import { readName } from './create-campaign.ts';
import { CALLS_TO_ACTION } from './enums.ts';
import type { GraphCall } from './graph-call.ts';
import { invalidParameter } from './graph-error.ts';
import { accountIdOf, applyLabels, isValidateOnly, makeObject, readLabels } from './make-object.ts';
import { object, refuse, text, type Json } from './params.ts';
import { requestKey } from './request-key.ts';
import { videoIsReady } from './videos.ts';
import type { GraphObject } from './store.ts';
import type { Handler, MetaWorld } from './world.ts';

/** The switch that the platform turns on by itself under the `enhancementFlip` fault. */
export const FLIPPED_ENHANCEMENT = 'image_brightness_and_contrast';

function checkImage(world: MetaWorld, accountId: string, hash: unknown): void {
  if (hash === undefined) return;
  if (world.store.get(`${accountId}:${String(hash)}`) === undefined) {
    throw invalidParameter(`There is no image with the hash ${String(hash)} in this ad account.`, 1487411);
  }
}

function checkVideo(world: MetaWorld, accountId: string, id: unknown): void {
  const video = world.store.get(String(id));
  if (video?.kind !== 'video' || video.accountId !== accountId)
    throw invalidParameter(`There is no video ${String(id)} in this ad account.`, 1487411);
  refuse(!videoIsReady(world, video), 'The video is still being processed. Try again when it is ready.', 1885252);
}

function checkCallToAction(world: MetaWorld, data: Json, page: GraphObject): void {
  const button = data['call_to_action'] as Json | undefined;
  const type = button?.['type'];
  refuse(type !== undefined && !CALLS_TO_ACTION.has(String(type)), `${String(type)} is not a call to action.`, 1815520);
  const formId = (button?.['value'] as Json | undefined)?.['lead_gen_form_id'];
  const form = formId === undefined ? undefined : world.store.get(String(formId));
  refuse(
    formId !== undefined && (form?.kind !== 'form' || form.fields['page_id'] !== page.id),
    `There is no lead form ${String(formId)} of the page ${page.id}.`,
    1892176,
  );
}

function checkStory(world: MetaWorld, accountId: string, story: Json): void {
  refuse(story['instagram_actor_id'] !== undefined, 'instagram_actor_id is gone; use instagram_user_id.');
  const page = world.store.get(String(story['page_id']));
  if (page?.kind !== 'page') throw invalidParameter('object_story_spec.page_id must be a page you may use.', 1443120);
  const link = story['link_data'] as Json | undefined;
  const video = story['video_data'] as Json | undefined;
  refuse((link === undefined) === (video === undefined), 'Give exactly one of link_data and video_data.', 2061015);
  if (link !== undefined) {
    refuse(typeof link['link'] !== 'string' || link['link'] === '', 'link_data.link is required.', 1815520);
    checkImage(world, accountId, link['image_hash']);
    for (const card of (link['child_attachments'] as Json[] | undefined) ?? []) checkImage(world, accountId, card['image_hash']);
    checkCallToAction(world, link, page);
  }
  if (video !== undefined) {
    checkVideo(world, accountId, video['video_id']);
    refuse(
      video['image_hash'] === undefined && video['image_url'] === undefined,
      'A video needs a thumbnail: image_hash or image_url.',
      1443226,
    );
    checkImage(world, accountId, video['image_hash']);
    checkCallToAction(world, video, page);
  }
}

function checkFeed(world: MetaWorld, accountId: string, feed: Json): void {
  for (const image of (feed['images'] as Json[] | undefined) ?? []) checkImage(world, accountId, image['hash']);
  for (const video of (feed['videos'] as Json[] | undefined) ?? []) checkVideo(world, accountId, video['video_id']);
  for (const type of (feed['call_to_action_types'] as unknown[] | undefined) ?? []) {
    refuse(!CALLS_TO_ACTION.has(String(type)), `${String(type)} is not a call to action.`, 1815520);
  }
}

/** The platform sometimes turns one enhancement on although it was sent switched off. */
function withEnhancements(world: MetaWorld, call: GraphCall, sent: Json | null): Json {
  const spec = structuredClone(sent ?? {});
  const features = (spec['creative_features_spec'] ?? {}) as Json;
  const share = world.core.faults.plan.enhancementFlip ?? 0;
  if (share > 0 && world.core.faults.roll(`enhancement ${requestKey(world, call)}`) < share) {
    world.core.log.countFault('meta', 'enhancement flip');
    features[FLIPPED_ENHANCEMENT] = { enroll_status: 'OPT_IN' };
  }
  return { ...spec, creative_features_spec: features };
}

/** Equal content makes a new creative every time: that the platform often returns the old one is not confirmed, so nobody may rely on it. */
export const createCreative: Handler = (world, account, call) => {
  const { params } = call;
  const accountId = accountIdOf(account);
  const name = readName(params);
  refuse(params['instagram_actor_id'] !== undefined, 'instagram_actor_id is gone; use instagram_user_id.');
  const story = object(params, 'object_story_spec');
  const storyId = text(params, 'object_story_id');
  const feed = object(params, 'asset_feed_spec');
  refuse(
    story === null && storyId === null && feed === null,
    'Give an object_story_spec, an object_story_id or an asset_feed_spec.',
    1815520,
  );
  if (story !== null && (feed === null || story['link_data'] !== undefined || story['video_data'] !== undefined))
    checkStory(world, accountId, story);
  if (feed !== null) checkFeed(world, accountId, feed);
  const labels = readLabels(world, accountId, params);
  if (isValidateOnly(params)) return { success: true };

  const urlTags = text(params, 'url_tags');
  const instagramUser = text(params, 'instagram_user_id');
  const creative = makeObject(
    world,
    'creative',
    accountId,
    {
      name,
      status: 'ACTIVE',
      ...(story === null ? {} : { object_story_spec: story }),
      ...(storyId === null ? {} : { object_story_id: storyId }),
      ...(feed === null ? {} : { asset_feed_spec: feed }),
      ...(urlTags === null ? {} : { url_tags: urlTags }),
      ...(instagramUser === null ? {} : { instagram_user_id: instagramUser }),
      degrees_of_freedom_spec: withEnhancements(world, call, object(params, 'degrees_of_freedom_spec')),
    },
    call,
    { labelIds: applyLabels(world, accountId, labels, call) },
  );
  return { id: creative.id };
};
