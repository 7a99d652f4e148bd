import type { EntityKind } from './entities.ts';
import type { Json } from './store.ts';
import type { SnapWorld } from './world.ts';

const words = (text: string): string[] => text.split(' ');
/** Every object shows these; a PUT of what was read sends them back. */
const COMMON = words(
  'id created_at updated_at deleted creation_state created_by_app_id created_by_user last_updated_by_app_id last_updated_by_user',
);

/**
 * Fields of a request that the documentation or the facts file name. Nothing says that the platform refuses others [K]: it is imitated
 * as dropping them, and the log says so, because a caller that sends one believes something that is not so.
 */
const KNOWN: Record<EntityKind, ReadonlySet<string>> = {
  campaign: new Set([
    ...COMMON,
    ...words(
      'ad_account_id name status start_time end_time objective objective_v2_properties buy_model daily_budget_micro lifetime_spend_cap_micro',
    ),
    ...words(
      'measurement_spec regulations campaign_budget_optimization_properties pacing_properties separated_types delivery_status reserved_type',
    ),
    ...words('mobile_app_properties shared_properties product_properties pacing_level'),
  ]),
  adsquad: new Set([
    ...COMMON,
    ...words(
      'campaign_id name status type optimization_goal billing_event placement_v2 targeting daily_budget_micro lifetime_budget_micro',
    ),
    ...words(
      'bid_strategy bid_micro auto_bid start_time end_time pacing_type delivery_constraint child_ad_type conversion_window pixel_id',
    ),
    ...words('conversion_location delivery_status brand_safety_config cap_and_exclusion_config ad_scheduling_config event_sources'),
    ...words('skadnetwork_properties forced_view_setting reach_goal impression_goal separated_types'),
  ]),
  ad: new Set([
    ...COMMON,
    ...words(
      'ad_squad_id creative_id name status type review_status review_status_reasons delivery_status render_type start_time end_time',
    ),
    ...words('paying_advertiser_name third_party_on_swipe_tracking_urls third_party_paid_impression_tracking_urls'),
  ]),
  creative: new Set([
    ...COMMON,
    ...words('ad_account_id name type headline brand_name profile_properties top_snap_media_id top_snap_crop_position call_to_action'),
    ...words('shareable ad_product render_type review_status packaging_status web_view_properties lead_generation_form_id'),
    ...words('composite_properties app_install_properties deep_link_properties ad_to_lens_properties ad_to_call_properties'),
    ...words('ad_to_message_properties preview_properties forced_view_eligibility'),
  ]),
  media: new Set([
    ...COMMON,
    ...words('ad_account_id name type media_status file_name file_size_in_bytes download_link image_metadata media_usages'),
  ]),
  segment: new Set([
    ...COMMON,
    ...words('ad_account_id organization_id name description source_type retention_in_days status approximate_number_users'),
    ...words('targetable_status'),
  ]),
  form: new Set([
    ...COMMON,
    ...words('ad_account_id name description title form_fields privacy_policy_url legal_disclosures banner_media_id status'),
  ]),
};

export function unknownFields(kind: EntityKind, item: Json): string[] {
  return Object.keys(item).filter((name) => !KNOWN[kind].has(name));
}

export function noteUnknownFields(world: SnapWorld, kind: EntityKind, item: Json): void {
  for (const name of unknownFields(kind, item)) world.core.log.violate(`request snapchat ${kind}`, `${name} is not a field of ${kind}`);
}
