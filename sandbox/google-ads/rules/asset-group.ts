import { follow, listOf, missing, refuse, requiredText, text, unique, type Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import type { Resource } from '../store.ts';
import { checkUrls } from './ad-texts.ts';
import { checkPicture, isPictureField } from './image-fit.ts';
import { isRemoved, type Rule } from './rule.ts';
import { checkStatus } from './status.ts';

const nameKey = (campaign: string, name: string): string => `asset_group ${campaign} ${name}`;
/** What a group must hold from its first moment; names of the refusals [S], figures [K]. */
const LEAST: readonly (readonly [field: string, least: number, reason: string])[] = [
  ['HEADLINE', 3, 'NOT_ENOUGH_HEADLINE_ASSET'],
  ['LONG_HEADLINE', 1, 'NOT_ENOUGH_LONG_HEADLINE_ASSET'],
  ['DESCRIPTION', 2, 'NOT_ENOUGH_DESCRIPTION_ASSET'],
  ['BUSINESS_NAME', 1, 'NOT_ENOUGH_BUSINESS_NAME_ASSET'],
  ['MARKETING_IMAGE', 1, 'NOT_ENOUGH_MARKETING_IMAGE_ASSET'],
  ['SQUARE_MARKETING_IMAGE', 1, 'NOT_ENOUGH_SQUARE_MARKETING_IMAGE_ASSET'],
  ['LOGO', 1, 'NOT_ENOUGH_LOGO_ASSET'],
];
/** With brand guidelines these two hang on the campaign. */
const OF_THE_BRAND = new Set(['BUSINESS_NAME', 'LOGO']);
const TEXT_LETTERS: Record<string, number | undefined> = { HEADLINE: 30, LONG_HEADLINE: 90, DESCRIPTION: 90, BUSINESS_NAME: 25 };

function checkName(op: Operation, fields: Fields, self: string | null): void {
  const name = requiredText(op, fields, 'name');
  unique(
    op,
    nameKey(String(fields['campaign']), name),
    self,
    'assetGroupError',
    'DUPLICATE_NAME',
    'Each asset group in a single campaign must have a unique name.',
    name,
  );
}

export const assetGroup: Rule = {
  create(op, fields) {
    const campaign = follow(op, fields['campaign'], 'campaign', 'campaign');
    if (campaign.fields['advertisingChannelType'] !== 'PERFORMANCE_MAX')
      throw refuse(
        op,
        'assetGroupError',
        'CANNOT_ADD_ASSET_GROUP_FOR_CAMPAIGN_TYPE',
        'Asset groups belong to Performance Max campaigns.',
        'campaign',
        campaign.name,
      );
    checkName(op, fields, null);
    const urls = listOf(fields['finalUrls']);
    if (urls.length === 0) throw refuse(op, 'assetGroupError', 'FINAL_URL_REQUIRED', 'A final url is required.', 'final_urls');
    checkUrls(op, urls, 'final_urls');
    if (fields['path2'] !== undefined && fields['path1'] === undefined)
      throw refuse(op, 'assetGroupError', 'PATH1_REQUIRED_WHEN_PATH2_IS_SET', 'Cannot set path2 without path1.', 'path2');
    checkStatus(op, fields);
    fields['adStrength'] = 'PENDING';
  },
  update(op, fields, before) {
    checkName(op, fields, before.name);
    checkStatus(op, fields);
  },
  keys: (fields) => {
    const campaign = String(fields['campaign']);
    return isRemoved(fields) ? [`in ${campaign}`] : [nameKey(campaign, String(fields['name'])), `in ${campaign}`];
  },
  removal: 'status',
};

function wordsOf(asset: Resource): string | null {
  const content = asset.fields['textAsset'];
  return typeof content === 'object' && content !== null ? text((content as Fields)['text']) : null;
}

export const assetGroupAsset: Rule = {
  create(op, fields) {
    follow(op, fields['assetGroup'], 'asset_group', 'asset_group');
    const asset = follow(op, fields['asset'], 'asset', 'asset');
    const field = text(fields['fieldType']);
    if (field === null) throw missing(op, 'field_type');
    if (isPictureField(field)) checkPicture(op, asset, field, 'asset');
    const letters = TEXT_LETTERS[field];
    if (letters !== undefined) {
      const words = wordsOf(asset);
      if (words === null)
        throw refuse(op, 'assetError', 'FIELD_INCOMPATIBLE_WITH_ASSET_TYPE', 'The asset is not a text.', 'asset', asset.name);
      if (words.length > letters) throw refuse(op, 'stringLengthError', 'TOO_LONG', 'Too long.', 'asset', words);
    }
    if (op.world.store.get(String(fields['resourceName'])) !== undefined)
      throw refuse(op, 'assetGroupAssetError', 'DUPLICATE_RESOURCE', 'The asset is linked already.', undefined, fields['resourceName']);
    checkStatus(op, fields);
    fields['source'] = 'ADVERTISER';
  },
  keys: (fields) => [`in ${String(fields['assetGroup'])}`],
  removal: 'gone',
};

/** A new group is judged when all operations of its request are known: its assets come with it. */
export function checkNewAssetGroup(op: Operation, group: Resource): void {
  const links = op.world.store.byKey(`in ${group.name}`).filter((one) => one.type === 'asset_group_asset');
  const campaign = op.world.store.get(String(group.fields['campaign']));
  const isBranded = campaign?.fields['brandGuidelinesEnabled'] === true;
  for (const [field, least, reason] of LEAST) {
    if (isBranded && OF_THE_BRAND.has(field)) continue;
    if (links.filter((one) => one.fields['fieldType'] === field).length < least)
      throw refuse(op, 'assetGroupError', reason, `The asset group has not enough assets of the kind ${field}.`);
  }
  if (!isBranded || campaign === undefined) return;
  const brand = op.world.store.all('campaign_asset', group.customerId).filter((one) => one.fields['campaign'] === campaign.name);
  const holds = (field: string): boolean => brand.some((one) => one.fields['fieldType'] === field);
  if (!holds('BUSINESS_NAME'))
    throw refuse(op, 'campaignError', 'REQUIRED_BUSINESS_NAME_ASSET_NOT_LINKED', 'The campaign needs a business name asset.');
  if (!holds('LOGO')) throw refuse(op, 'campaignError', 'REQUIRED_LOGO_ASSET_NOT_LINKED', 'The campaign needs a logo asset.');
}
