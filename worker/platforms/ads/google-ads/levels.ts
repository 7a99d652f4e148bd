import type { ObjectKind } from '../ad-platform.ts';

export type Level = Exclude<ObjectKind, 'creative'>;

interface LevelWords {
  /** Resource that a query is about, and its name in a row. */
  resource: string;
  row: string;
  id: string;
  name: string;
  status: string;
  /** Operation of a mutate, and the name of its result. */
  operation: string;
  result: string;
  /** Enough to know what it is. */
  identity: readonly string[];
  /** Every field we set. */
  fields: readonly string[];
}

/** What each level is called by the platform, and what is read of it. Nothing else stands between campaigns and ads. */
export const LEVELS: Readonly<Record<Level, LevelWords>> = {
  campaign: {
    resource: 'campaign',
    row: 'campaign',
    id: 'campaign.id',
    name: 'campaign.name',
    status: 'campaign.status',
    operation: 'campaignOperation',
    result: 'campaignResult',
    identity: ['campaign.id', 'campaign.name', 'campaign.status'],
    fields: [
      'campaign.advertising_channel_type',
      'campaign.contains_eu_political_advertising',
      'campaign.bidding_strategy_type',
      'campaign.target_spend.cpc_bid_ceiling_micros',
      'campaign.maximize_conversions.target_cpa_micros',
      'campaign.start_date_time',
      'campaign.network_settings.target_google_search',
      'campaign.network_settings.target_search_network',
      'campaign.network_settings.target_content_network',
      'campaign.network_settings.target_partner_search_network',
      'campaign.geo_target_type_setting.positive_geo_target_type',
      'campaign.asset_automation_settings',
      'campaign_budget.amount_micros',
      'campaign_budget.explicitly_shared',
      'campaign_budget.delivery_method',
    ],
  },
  ad_set: {
    resource: 'ad_group',
    row: 'adGroup',
    id: 'ad_group.id',
    name: 'ad_group.name',
    status: 'ad_group.status',
    operation: 'adGroupOperation',
    result: 'adGroupResult',
    identity: ['ad_group.id', 'ad_group.name', 'ad_group.status'],
    fields: ['ad_group.campaign', 'ad_group.type', 'ad_group.optimized_targeting_enabled'],
  },
  ad: {
    resource: 'ad_group_ad',
    row: 'adGroupAd',
    id: 'ad_group_ad.ad.id',
    name: 'ad_group_ad.ad.name',
    status: 'ad_group_ad.status',
    operation: 'adGroupAdOperation',
    result: 'adGroupAdResult',
    identity: ['ad_group_ad.ad.id', 'ad_group_ad.ad.name', 'ad_group_ad.ad.final_url_suffix', 'ad_group_ad.status'],
    fields: [
      'ad_group_ad.ad_group',
      'ad_group_ad.ad.type',
      'ad_group_ad.ad.final_urls',
      'ad_group_ad.ad.responsive_search_ad.headlines',
      'ad_group_ad.ad.responsive_search_ad.descriptions',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.headlines',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.descriptions',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.business_name',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.call_to_action_text',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.marketing_images',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.square_marketing_images',
      'ad_group_ad.ad.demand_gen_multi_asset_ad.logo_images',
      'ad_group_ad.ad_group_ad_asset_automation_settings',
    ],
  },
};

/** @throws RangeError for creatives, which the platform does not have */
export function levelOf(kind: ObjectKind): LevelWords {
  if (kind === 'creative') throw new RangeError('there are no creatives here');
  return LEVELS[kind];
}
