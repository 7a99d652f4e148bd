import {
  checkCallToAction,
  checkDestination,
  checkForm,
  checkImage,
  checkText,
  checkUrl,
  checkVideo,
  MOST_CAROUSEL_IMAGES,
  readSparkPost,
} from './ad-content.ts';
import { CREATE_STATUSES, FLIPPED_ENHANCEMENT, SMART_AD_FORMATS } from './enums.ts';
import { keepFields, makeObject, nextLongId, readName, readParent } from './make-object.ts';
import { given, object, objects, oneOf, requiredOneOf, requiredText, type Json, type Params } from './params.ts';
import { requestKey } from './request-key.ts';
import { showObject } from './show-object.ts';
import type { TiktokObject } from './store.ts';
import { missingField, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

/** Items per ad [S: maxItems of the official description]. The guide says 50 creatives [T]; the smaller number is the safe one. */
const MOST = { creative_list: 31, ad_text_list: 5, call_to_action_list: 3, landing_page_url_list: 1, page_list: 3 } as const;

export const SMART_AD_LISTS = [
  'ad_text_list',
  'auto_message_list',
  'call_to_action_list',
  'deeplink_list',
  'interactive_add_on_list',
  'landing_page_url_list',
  'page_list',
] as const;

function readList(params: Params, name: keyof typeof MOST): Json[] {
  const items = objects(params, name) ?? [];
  refuse(items.length > MOST[name], `${name}: At most ${MOST[name]}.`);
  return items;
}

/** One of the creatives: who speaks (of its own, or the ad's), and the video, images or post. */
function readCreative(world: TiktokWorld, advertiserId: string, info: Json, identity: Params): Record<string, unknown> {
  const speaks = given(info, 'identity_id') ? info : { ...info, ...identity };
  const post = readSparkPost(world, advertiserId, speaks);
  const format = requiredOneOf(info, 'ad_format', SMART_AD_FORMATS);
  const images = objects(info, 'image_info') ?? [];
  if (post === null && format === 'SINGLE_VIDEO') {
    const video = object(info, 'video_info');
    if (video === null) throw missingField('creative_info.video_info');
    checkVideo(world, advertiserId, requiredText(video, 'video_id'));
  }
  if (post === null && format === 'CAROUSEL_ADS' && images.length === 0) throw missingField('creative_info.image_info');
  refuse(images.length > MOST_CAROUSEL_IMAGES, `image_info: At most ${MOST_CAROUSEL_IMAGES}.`);
  for (const image of images) checkImage(world, advertiserId, requiredText(image, 'web_uri'), 'image_info.web_uri');
  return {
    ...keepFields(info, ['ad_format', 'aigc_disclosure_type', 'image_info', 'music_info', 'tiktok_item_id', 'video_info']),
    ...keepFields(speaks, ['identity_authorized_bc_id', 'identity_id', 'identity_type']),
    ...(post === null ? {} : { video_info: { video_id: (post.fields['video_info'] as Json)['video_id'] } }),
  };
}

/** The lists of an ad, checked; at its creation creatives are obligatory, at a change they may stay as they are. */
export function readSmartContent(world: TiktokWorld, adgroup: TiktokObject, params: Params): Record<string, unknown> {
  const advertiserId = String(adgroup.advertiserId);
  const configuration = object(params, 'ad_configuration') ?? {};
  const identity = given(configuration, 'identity_id')
    ? keepFields(configuration, ['identity_id', 'identity_type'])
    : keepFields(adgroup.fields, ['identity_authorized_bc_id', 'identity_id', 'identity_type']);
  const creatives = readList(params, 'creative_list').map((item) => {
    const info = object(item, 'creative_info');
    if (info === null) throw missingField('creative_info');
    return {
      ad_material_id: nextLongId(world),
      material_operation_status: 'ENABLE',
      creative_info: readCreative(world, advertiserId, info, identity),
    };
  });
  for (const item of readList(params, 'ad_text_list')) checkText(requiredText(item, 'ad_text'), 'ad_text');
  for (const item of readList(params, 'call_to_action_list')) checkCallToAction(requiredText(item, 'call_to_action'));
  for (const item of readList(params, 'page_list')) checkForm(world, advertiserId, requiredText(item, 'page_id'));
  for (const item of readList(params, 'landing_page_url_list')) checkUrl(requiredText(item, 'landing_page_url'), 'landing_page_url');
  return {
    ...keepFields(params, SMART_AD_LISTS),
    ...(creatives.length === 0 ? {} : { creative_list: creatives }),
    ...(Object.keys(configuration).length === 0 ? {} : { ad_configuration: configuration }),
  };
}

const has = (params: Params, name: string): boolean => (objects(params, name) ?? []).length > 0;

/** POST smart_plus/ad/create/: one ad of many creatives. No request_id and no partial success: a repeat makes a second ad [S]. */
export const createSmartAd: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  const adgroup = readParent(world, advertiserId, 'adgroup', requiredText(params, 'adgroup_id'), 'smart');
  readParent(world, advertiserId, 'campaign', String(adgroup.fields['campaign_id']), 'smart');
  const name = readName(params, 'ad_name');
  if (!has(params, 'creative_list')) throw missingField('creative_list');
  checkDestination(adgroup, { form: has(params, 'page_list'), page: has(params, 'landing_page_url_list') });
  const content = readSmartContent(world, adgroup, params);
  const status = oneOf(params, 'operation_status', CREATE_STATUSES) ?? 'ENABLE';
  const { faults } = world.core;
  const share = faults.covers('tiktok') ? (faults.plan.enhancementFlip ?? 0) : 0;
  if (share > 0 && faults.roll(`tiktok enhancement ${requestKey(world, call)}`) < share) {
    const configuration = (content['ad_configuration'] ?? {}) as Json;
    content['ad_configuration'] = { ...configuration, creative_auto_enhancement_strategy_list: [FLIPPED_ENHANCEMENT] };
  }
  const ad = makeObject(
    world,
    'ad',
    advertiserId,
    {
      advertiser_id: advertiserId,
      campaign_id: adgroup.fields['campaign_id'],
      adgroup_id: adgroup.id,
      ad_name: name,
      operation_status: status,
      ...content,
    },
    call,
    { family: 'smart' },
  );
  return showObject(world, ad);
};
