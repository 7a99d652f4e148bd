import { camelOf, messageOf } from './proto-schema.ts';

/** A kind of resource that lives under a customer. */
export interface ResourceType {
  /** Name in GAQL: `ad_group_ad`. */
  name: string;
  /** Field in rows and mutate answers: `adGroupAd`. */
  camel: string;
  /** Segment of the resource name and of the path: `adGroupAds`. */
  collection: string;
  message: string;
  /** Fields whose ids make the resource's own id, joined by "~"; `id` stands for a number of its own. */
  idOf: readonly string[];
}

const plain = (name: string, collection: string, message: string, idOf: readonly string[] = ['id']): ResourceType => ({
  name,
  camel: camelOf(name),
  collection,
  message: `resources.${message}`,
  idOf,
});

/** What can be made, changed and removed. */
export const MUTABLE: readonly ResourceType[] = [
  plain('campaign_budget', 'campaignBudgets', 'CampaignBudget'),
  plain('campaign', 'campaigns', 'Campaign'),
  plain('ad_group', 'adGroups', 'AdGroup'),
  plain('ad_group_ad', 'adGroupAds', 'AdGroupAd', ['adGroup', 'id']),
  plain('ad', 'ads', 'Ad'),
  plain('asset', 'assets', 'Asset'),
  plain('asset_group', 'assetGroups', 'AssetGroup'),
  plain('asset_group_asset', 'assetGroupAssets', 'AssetGroupAsset', ['assetGroup', 'asset', 'fieldType']),
  plain('asset_group_signal', 'assetGroupSignals', 'AssetGroupSignal', ['assetGroup', 'id']),
  plain('campaign_asset', 'campaignAssets', 'CampaignAsset', ['campaign', 'asset', 'fieldType']),
  plain('ad_group_asset', 'adGroupAssets', 'AdGroupAsset', ['adGroup', 'asset', 'fieldType']),
  plain('customer_asset', 'customerAssets', 'CustomerAsset', ['asset', 'fieldType']),
  plain('campaign_criterion', 'campaignCriteria', 'CampaignCriterion', ['campaign', 'id']),
  plain('ad_group_criterion', 'adGroupCriteria', 'AdGroupCriterion', ['adGroup', 'id']),
  plain('label', 'labels', 'Label'),
  plain('campaign_label', 'campaignLabels', 'CampaignLabel', ['campaign', 'label']),
  plain('ad_group_label', 'adGroupLabels', 'AdGroupLabel', ['adGroup', 'label']),
  plain('ad_group_ad_label', 'adGroupAdLabels', 'AdGroupAdLabel', ['adGroupAd', 'label']),
  plain('conversion_action', 'conversionActions', 'ConversionAction'),
  plain('user_list', 'userLists', 'UserList'),
  plain('audience', 'audiences', 'Audience'),
];

const LISTED: readonly ResourceType[] = [
  plain('customer', 'customers', 'Customer'),
  plain('customer_client', 'customerClients', 'CustomerClient'),
  plain('lead_form_submission_data', 'leadFormSubmissionData', 'LeadFormSubmissionData'),
  plain('change_event', 'changeEvents', 'ChangeEvent'),
  plain('batch_job', 'batchJobs', 'BatchJob'),
  plain('you_tube_video_upload', 'youTubeVideoUploads', 'YouTubeVideoUpload'),
  plain('geo_target_constant', 'geoTargetConstants', 'GeoTargetConstant'),
  plain('language_constant', 'languageConstants', 'LanguageConstant'),
];

const BY_NAME = new Map([...MUTABLE, ...LISTED].map((type) => [type.name, type]));
export const BY_COLLECTION = new Map(MUTABLE.map((type) => [type.collection, type]));
/** `campaignOperation` → campaign: the fields of one operation of googleAds:mutate. */
export const BY_OPERATION = new Map(
  MUTABLE.filter((type) => messageOf('services.MutateOperation').byName.has(`${type.camel}Operation`)).map((type) => [
    `${type.camel}Operation`,
    type,
  ]),
);

export function typeOf(name: string): ResourceType {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`there is no resource type ${name}`);
  return found;
}

export interface ParsedName {
  customerId: string;
  collection: string;
  /** Parts of the last segment: `12~34` is ['12', '34']. */
  ids: string[];
}

export function parseName(name: string): ParsedName | null {
  const found = /^customers\/(\d+)\/([A-Za-z]+)\/([^/]+)$/.exec(name);
  if (found === null) return null;
  const [, customerId = '', collection = '', last = ''] = found;
  return { customerId, collection, ids: last.split('~') };
}
