import { NAME_LENGTH } from './check-campaign.ts';
import { AD_TYPES, CREATIVE_OF_AD, STATUSES } from './enums.ts';
import { list, moment, present, requiredOneOf, requiredText } from './read-fields.ts';
import { immutableField, unknownItem, wrongField } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** Unverified [K]: a squad that wants form submissions takes lead ads only. */

/** What a create, a replacement or a patch leaves as the ad's fields. */
export function checkAd(world: SnapWorld, squad: SnapObject, item: Json): Json {
  if (requiredText(item, 'ad_squad_id') !== squad.id) throw wrongField('ad_squad_id', 'must be the ad squad of the path');
  const name = requiredText(item, 'name', NAME_LENGTH);
  const status = requiredOneOf(item, 'status', STATUSES);
  const type = requiredOneOf(item, 'type', AD_TYPES);
  const creative = world.store.find('creative', requiredText(item, 'creative_id'));
  if (creative?.accountId !== squad.accountId) throw unknownItem('creative', item['creative_id']);
  if (CREATIVE_OF_AD[type] !== creative.fields['type'])
    throw wrongField('type', `an ad of the type ${type} cannot show a creative of the type ${String(creative.fields['type'])}`);
  if (squad.fields['optimization_goal'] === 'LEAD_FORM_SUBMISSIONS' && type !== 'LEAD_GENERATION')
    throw wrongField('type', 'an ad squad for lead forms takes ads of the type LEAD_GENERATION');
  const child = squad.fields['child_ad_type'];
  if (child !== undefined && child !== type) throw immutableField('child_ad_type');
  return present({
    name,
    ad_squad_id: squad.id,
    creative_id: creative.id,
    status,
    type,
    render_type: 'STATIC',
    start_time: moment(item, 'start_time'),
    end_time: moment(item, 'end_time'),
    third_party_on_swipe_tracking_urls: list(item, 'third_party_on_swipe_tracking_urls'),
    third_party_paid_impression_tracking_urls: list(item, 'third_party_paid_impression_tracking_urls'),
  });
}

/** The first ad of a squad settles what type the others are of [D]. */
export function settleChildType(world: SnapWorld, ad: SnapObject): void {
  const squad = world.store.find('adsquad', ad.fields['ad_squad_id']);
  if (squad === undefined || squad.fields['child_ad_type'] !== undefined) return;
  const { updatedAt } = squad;
  world.store.change(squad, { fields: { ...squad.fields, child_ad_type: ad.fields['type'] } }, updatedAt);
}
