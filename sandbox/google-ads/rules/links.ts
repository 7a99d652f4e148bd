import { follow, missing, refuse, text, type Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import { camelOf } from '../proto-schema.ts';
import type { Rule } from './rule.ts';
import { checkStatus } from './status.ts';

/** A label on something. Giving the same label twice is refused where the platform has a name for it [S name, K trigger]. */
const labelLink = (parent: string, group: string, reason: string): Rule => ({
  create(op, fields) {
    follow(op, fields[camelOf(parent)], parent, parent);
    follow(op, fields['label'], 'label', 'label');
    if (op.world.store.get(String(fields['resourceName'])) !== undefined)
      throw refuse(op, group, reason, 'The label is attached already.', 'label', fields['label']);
  },
  keys: (fields) => [`on ${String(fields[camelOf(parent)])}`],
  removal: 'gone',
});

export const campaignLabel = labelLink('campaign', 'campaignError', 'CAMPAIGN_LABEL_ALREADY_EXISTS');
export const adGroupLabel = labelLink('ad_group', 'adGroupError', 'ADGROUP_LABEL_ALREADY_EXISTS');
export const adGroupAdLabel = labelLink('ad_group_ad', 'adGroupAdError', 'AD_GROUP_AD_LABEL_ALREADY_EXISTS');

/** Kind of asset that each place takes; other places are not judged. */
const PLACES: Record<string, string | undefined> = {
  LEAD_FORM: 'LEAD_FORM',
  SITELINK: 'SITELINK',
  CALLOUT: 'CALLOUT',
  CALL: 'CALL',
  BUSINESS_NAME: 'TEXT',
};

const assetLink = (parent: string | null): Rule => ({
  create(op: Operation, fields: Fields) {
    if (parent !== null) follow(op, fields[camelOf(parent)], parent, parent);
    const asset = follow(op, fields['asset'], 'asset', 'asset');
    const field = text(fields['fieldType']);
    if (field === null) throw missing(op, 'field_type');
    const wanted = PLACES[field];
    if (wanted !== undefined && asset.fields['type'] !== wanted)
      throw refuse(op, 'assetError', 'FIELD_INCOMPATIBLE_WITH_ASSET_TYPE', 'The asset does not fit the field type.', 'field_type', field);
    if (op.world.store.get(String(fields['resourceName'])) !== undefined)
      throw refuse(op, 'mutateError', 'RESOURCE_ALREADY_EXISTS', 'The asset is linked already.', 'asset', fields['asset']);
    checkStatus(op, fields);
    fields['source'] = 'ADVERTISER';
  },
  keys: (fields) => [`use of ${String(fields['asset'])}`],
  removal: 'gone',
});

export const campaignAsset = assetLink('campaign');
export const adGroupAsset = assetLink('ad_group');
export const customerAsset = assetLink(null);
