import { adGroup } from './ad-group.ts';
import { adGroupAd } from './ad-group-ad.ts';
import { asset } from './asset.ts';
import { assetGroup, assetGroupAsset } from './asset-group.ts';
import { campaign } from './campaign.ts';
import { campaignBudget } from './campaign-budget.ts';
import { adGroupCriterion, assetGroupSignal, audience, campaignCriterion } from './criteria.ts';
import { adGroupAdLabel, adGroupAsset, adGroupLabel, campaignAsset, campaignLabel, customerAsset } from './links.ts';
import { conversionAction, label, userList } from './named.ts';
import type { Rule } from './rule.ts';

/** By the GAQL name of the resource. `ad` has none: it is changed through the ad group ad that holds it. */
export const RULES: Record<string, Rule | undefined> = {
  ad_group: adGroup,
  ad_group_ad: adGroupAd,
  ad_group_ad_label: adGroupAdLabel,
  ad_group_asset: adGroupAsset,
  ad_group_criterion: adGroupCriterion,
  ad_group_label: adGroupLabel,
  asset,
  asset_group: assetGroup,
  asset_group_asset: assetGroupAsset,
  asset_group_signal: assetGroupSignal,
  audience,
  campaign,
  campaign_asset: campaignAsset,
  campaign_budget: campaignBudget,
  campaign_criterion: campaignCriterion,
  campaign_label: campaignLabel,
  conversion_action: conversionAction,
  customer_asset: customerAsset,
  label,
  user_list: userList,
};
