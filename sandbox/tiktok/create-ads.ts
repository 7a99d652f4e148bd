import { checkCallToAction, checkDestination, checkForm, checkImage, checkText, checkUrl, readSparkPost } from './ad-content.ts';
import { MOST_CAROUSEL_IMAGES, checkVideo } from './ad-content.ts';
import type { TiktokCall } from './call.ts';
import { refuseEndedManual } from './deny-list.ts';
import { AD_FORMATS, CREATE_STATUSES } from './enums.ts';
import { itemFails } from './item-faults.ts';
import { keepFields, livingChildren, makeObject, readName, readParent } from './make-object.ts';
import { objects, oneOf, requiredOneOf, requiredText, text, texts, type Json } from './params.ts';
import { showObject } from './show-object.ts';
import type { TiktokObject } from './store.ts';
import { missingField, refuse } from './tiktok-error.ts';
import { Partial20001, type Handler, type TiktokWorld } from './world.ts';

/** Ads per ad group that are not deleted [D]. */
const MOST_ADS = 50;
/** Unverified [K]: ads per call. */
const MOST_CREATIVES = 20;

export const AD_FIELDS = [
  'ad_format',
  'ad_text',
  'ad_texts',
  'aigc_disclosure_type',
  'call_to_action',
  'call_to_action_id',
  'card_id',
  'carousel_image_index',
  'click_tracking_url',
  'creative_auto_enhancement_strategy_list',
  'creative_authorized',
  'dark_post_status',
  'deeplink',
  'deeplink_type',
  'display_name',
  'identity_authorized_bc_id',
  'identity_id',
  'identity_type',
  'image_ids',
  'impression_tracking_url',
  'item_duet_status',
  'item_stitch_status',
  'landing_page_url',
  'music_id',
  'page_id',
  'tiktok_item_id',
  'tracking_app_id',
  'tracking_pixel_id',
  'utm_params',
  'video_id',
] as const;

function checkMedia(world: TiktokWorld, advertiserId: string, creative: Json): void {
  const format = requiredOneOf(creative, 'ad_format', AD_FORMATS);
  const images = texts(creative, 'image_ids') ?? [];
  if (format === 'SINGLE_VIDEO') checkVideo(world, advertiserId, requiredText(creative, 'video_id'));
  else if (images.length === 0) throw missingField('image_ids');
  refuse(format === 'SINGLE_IMAGE' && images.length > 1, 'image_ids: SINGLE_IMAGE takes one image.');
  refuse(images.length > MOST_CAROUSEL_IMAGES, `image_ids: At most ${MOST_CAROUSEL_IMAGES} images.`);
  for (const image of images) checkImage(world, advertiserId, image, 'image_ids');
}

/** Checks one of the creatives and answers what its ad will hold. */
export function readCreative(world: TiktokWorld, advertiserId: string, adgroup: TiktokObject, creative: Json): Record<string, unknown> {
  const post = readSparkPost(world, advertiserId, creative);
  const kept = keepFields(creative, AD_FIELDS);
  if (post === null) {
    checkMedia(world, advertiserId, creative);
    checkText(requiredText(creative, 'ad_text'), 'ad_text');
  } else {
    kept['ad_text'] = post.fields['text'];
    kept['ad_format'] = 'SINGLE_VIDEO';
    kept['video_id'] = (post.fields['video_info'] as Json)['video_id'];
  }
  const button = text(creative, 'call_to_action');
  if (button !== null) checkCallToAction(button);
  const form = text(creative, 'page_id');
  const page = text(creative, 'landing_page_url');
  checkDestination(adgroup, { form: form !== null, page: page !== null });
  if (form !== null) checkForm(world, advertiserId, form);
  if (page !== null) checkUrl(page, 'landing_page_url');
  const pixel = text(creative, 'tracking_pixel_id');
  refuse(
    pixel !== null && world.store.find('pixel', pixel)?.advertiserId !== advertiserId,
    `tracking_pixel_id: The pixel ${pixel ?? ''} does not exist.`,
  );
  return { ...kept, ...(form === null ? {} : { page_id: form }), ...(pixel === null ? {} : { tracking_pixel_id: pixel }) };
}

/**
 * POST ad/create/: one ad per creative. A mistake in one of them refuses the call; what only fails on the platform's side fails
 * alone, and the answer is 20001. There is no request_id: a repeat makes the ads again [S].
 * Unverified [K]: the keys of the answer (`ad_ids`, `creatives`, `need_audit`) and of the partial one (`error_list`).
 */
export const createAds: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  const adgroup = readParent(world, advertiserId, 'adgroup', requiredText(params, 'adgroup_id'), 'manual');
  const campaign = readParent(world, advertiserId, 'campaign', String(adgroup.fields['campaign_id']), 'manual');
  refuseEndedManual(world, String(campaign.fields['objective_type']));
  const creatives = objects(params, 'creatives') ?? [];
  if (creatives.length === 0) throw missingField('creatives');
  refuse(creatives.length > MOST_CREATIVES, `creatives: At most ${MOST_CREATIVES}.`);
  refuse(livingChildren(world, adgroup).length + creatives.length > MOST_ADS, `An ad group holds at most ${MOST_ADS} ads.`);
  const wishes = creatives.map((creative) => ({
    ...readCreative(world, advertiserId, adgroup, creative),
    ad_name: readName(creative, 'ad_name'),
    operation_status: oneOf(creative, 'operation_status', CREATE_STATUSES) ?? 'ENABLE',
  }));

  const failed = new Set(wishes.filter((wish) => itemFails(world, call, wish.ad_name)).map((wish) => wish.ad_name));
  const made = wishes.filter((wish) => !failed.has(wish.ad_name)).map((wish) => makeAd(world, call, adgroup, wish));
  const data = {
    ad_ids: made.map((ad) => ad.id),
    creatives: made.map((ad) => showObject(world, ad)),
    need_audit: true,
  };
  if (failed.size === 0) return data;
  const errors = [...failed].map((name) => ({ ad_name: name, error_message: 'System error. Please try again later.' }));
  return new Partial20001({ ...data, error_list: errors }, 'Some ads could not be created.');
};

function makeAd(world: TiktokWorld, call: TiktokCall, adgroup: TiktokObject, wish: Record<string, unknown>): TiktokObject {
  const { advertiserId, fields } = adgroup;
  const above = { advertiser_id: advertiserId, campaign_id: fields['campaign_id'], adgroup_id: adgroup.id };
  return makeObject(world, 'ad', advertiserId, { ...above, ...wish }, call, { family: 'manual' });
}
