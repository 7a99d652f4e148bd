import { checkLength, follow, refuse, requiredText, unique, type Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import { isRemoved, type Rule } from './rule.ts';
import { checkStatus } from './status.ts';

/** Kinds of ad groups a campaign takes, the usual one first; an empty list: the kind is not named [K]. */
const TYPES: Record<string, readonly string[] | undefined> = {
  SEARCH: ['SEARCH_STANDARD', 'SEARCH_DYNAMIC_ADS'],
  DISPLAY: ['DISPLAY_STANDARD'],
  SHOPPING: ['SHOPPING_PRODUCT_ADS'],
  HOTEL: ['HOTEL_ADS'],
  DEMAND_GEN: [],
};
const nameKey = (campaign: string, name: string): string => `ad_group ${campaign} ${name}`;

function checkName(op: Operation, fields: Fields, self: string | null): void {
  const name = requiredText(op, fields, 'name');
  checkLength(op, name, 255, 'name');
  const key = nameKey(String(fields['campaign']), name);
  unique(op, key, self, 'adGroupError', 'DUPLICATE_ADGROUP_NAME', 'AdGroup with the same name already exists for the campaign.', name);
}

export const adGroup: Rule = {
  create(op, fields) {
    const campaign = follow(op, fields['campaign'], 'campaign', 'campaign');
    const channel = String(campaign.fields['advertisingChannelType']);
    const types = TYPES[channel];
    if (types === undefined)
      throw refuse(
        op,
        'adGroupError',
        'CANNOT_ADD_AD_GROUP_FOR_CAMPAIGN_TYPE',
        'Ad groups cannot be added to this type of campaign.',
        'campaign',
        campaign.name,
      );
    const [usual] = types;
    const type = fields['type'] ?? usual;
    if (type !== undefined && !types.includes(String(type)))
      throw refuse(
        op,
        'adGroupError',
        'AD_GROUP_TYPE_NOT_VALID_FOR_ADVERTISING_CHANNEL_TYPE',
        'The ad group type is not valid for the campaign.',
        'type',
        type,
      );
    if (type !== undefined) fields['type'] = type;
    checkName(op, fields, null);
    checkStatus(op, fields);
    const bid = Number(fields['cpcBidMicros'] ?? 10_000);
    if (bid <= 0) throw refuse(op, 'biddingError', 'BID_TOO_SMALL', 'Bid is too small.', 'cpc_bid_micros', fields['cpcBidMicros']);
    if (bid % 10_000 !== 0)
      throw refuse(
        op,
        'biddingError',
        'BID_TOO_MANY_FRACTIONAL_DIGITS',
        'The bid has too many digits after the decimal point.',
        'cpc_bid_micros',
        fields['cpcBidMicros'],
      );
    fields['adRotationMode'] ??= 'OPTIMIZE';
    fields['baseAdGroup'] = fields['resourceName'];
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
