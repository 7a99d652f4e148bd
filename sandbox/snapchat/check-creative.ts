import { NAME_LENGTH } from './check-campaign.ts';
import { CALLS_TO_ACTION, CREATIVE_TYPES, CROP_POSITIONS, type CreativeType } from './enums.ts';
import { mediaStatus } from './media-state.ts';
import { httpsUrl, list, object, oneOf, present, requiredOneOf, requiredText, text } from './read-fields.ts';
import { missingField, unknownItem, wrongField } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** Unverified: which properties object each type needs [T]; the address's length [T]; that calls to action go by type [T]. */
const HEADLINE_LENGTH = 34;
const BRAND_LENGTH = 32;
const URL_LENGTH = 2048;
const PROPERTIES: Partial<Record<CreativeType, { name: string; needs: readonly string[] }>> = {
  APP_INSTALL: { name: 'app_install_properties', needs: ['app_name', 'icon_media_id'] },
  DEEP_LINK: { name: 'deep_link_properties', needs: ['deep_link_uri', 'app_name', 'icon_media_id'] },
  AD_TO_LENS: { name: 'ad_to_lens_properties', needs: ['lens_media_id'] },
  AD_TO_CALL: { name: 'ad_to_call_properties', needs: ['phone_number_id'] },
  AD_TO_MESSAGE: { name: 'ad_to_message_properties', needs: ['phone_number_id', 'message'] },
  PREVIEW: { name: 'preview_properties', needs: ['preview_media_id', 'preview_headline'] },
};

/** What a create, a replacement or a patch leaves as the creative's fields. */
export function checkCreative(world: SnapWorld, account: SnapObject, item: Json): Json {
  if (requiredText(item, 'ad_account_id') !== account.id) throw wrongField('ad_account_id', 'must be the ad account of the path');
  const type = requiredOneOf(item, 'type', CREATIVE_TYPES);
  const shareable = item['shareable'];
  return present({
    name: requiredText(item, 'name', NAME_LENGTH),
    ad_account_id: account.id,
    type,
    headline: requiredText(item, 'headline', HEADLINE_LENGTH),
    ...readIdentity(world, account, item),
    top_snap_media_id: readMedia(world, account, item),
    top_snap_crop_position: oneOf(item, 'top_snap_crop_position', CROP_POSITIONS) ?? 'OPTIMIZED',
    call_to_action: oneOf(item, 'call_to_action', CALLS_TO_ACTION[type] ?? []),
    shareable: typeof shareable === 'boolean' ? shareable : true,
    ad_product: 'SNAP_AD',
    ...readAttachment(world, account, item, type),
  });
}

function readIdentity(world: SnapWorld, account: SnapObject, item: Json): Json {
  const brand = text(item, 'brand_name', BRAND_LENGTH);
  const properties = object(item, 'profile_properties');
  if (properties === null) {
    if (brand === null) throw missingField('brand_name');
    return { brand_name: brand };
  }
  const profile = world.store.find('profile', requiredText(properties, 'profile_id'));
  if (profile === undefined || profile.fields['organization_id'] !== account.fields['organization_id'])
    throw unknownItem('public profile', properties['profile_id']);
  return { brand_name: brand ?? profile.fields['display_name'], profile_properties: { profile_id: profile.id } };
}

function readMedia(world: SnapWorld, account: SnapObject, item: Json): string {
  const id = requiredText(item, 'top_snap_media_id');
  const media = world.store.find('media', id);
  if (media?.accountId !== account.id) throw unknownItem('media', id);
  // The platform's words are known from callers that wait for them [T].
  if (mediaStatus(world, media) !== 'READY') throw wrongField('top_snap_media_id', "The media hasn't been uploaded yet");
  return id;
}

function readAttachment(world: SnapWorld, account: SnapObject, item: Json, type: CreativeType): Json {
  if (type === 'WEB_VIEW') {
    const view = object(item, 'web_view_properties');
    if (view === null) throw missingField('web_view_properties');
    return { web_view_properties: { block_preload: false, ...view, url: httpsUrl(view, 'url', URL_LENGTH) } };
  }
  if (type === 'LEAD_GENERATION') {
    const form = world.store.find('form', requiredText(item, 'lead_generation_form_id'));
    if (form?.accountId !== account.id) throw unknownItem('lead generation form', item['lead_generation_form_id']);
    return { lead_generation_form_id: form.id };
  }
  if (type === 'COMPOSITE') {
    const ids = list(object(item, 'composite_properties') ?? {}, 'creative_ids') ?? [];
    if (ids.length === 0) throw missingField('composite_properties.creative_ids');
    const unknown = ids.find((id) => world.store.find('creative', id)?.accountId !== account.id);
    if (unknown !== undefined) throw unknownItem('creative', unknown);
    return { composite_properties: { creative_ids: ids } };
  }
  const needed = PROPERTIES[type];
  if (needed === undefined) return {};
  const properties = object(item, needed.name);
  if (properties === null) throw missingField(needed.name);
  for (const name of needed.needs) requiredText(properties, name);
  return { [needed.name]: properties };
}
