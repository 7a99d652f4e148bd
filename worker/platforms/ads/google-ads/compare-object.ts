import { asAddress, asInteger, asSet, asText, emptyAsNull, switchesOn, type FieldRule } from '#shared/rules/compare-as-built.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { driftOf, type FieldDrift } from '../drift-of.ts';
import { toMade, type Fields } from './to-operations.ts';

const part = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

/** Every field we set, planned against found. The customer whose names the plan's references carry does not matter: ids are compared. */
export const compareObject = (request: CreateRequest, found: AsBuilt): FieldDrift[] =>
  driftOf(flat({ ...toMade(request, '0') }), flat(found.fields), ruleOf);

/** What a create says and what a row says are of one shape: both become the same flat fields. */
function flat({ campaign, campaignBudget, adGroup, adGroupAd, criteria }: Fields): Fields {
  const all = listOf(criteria);
  if (campaign !== undefined)
    return defined({
      ...ofCampaign(part(campaign), all),
      ...prefixed('budget', part(campaignBudget), ['amountMicros', 'explicitlyShared', 'deliveryMethod']),
    });
  if (adGroup !== undefined) return defined(ofAdGroup(part(adGroup), all));
  return defined(ofAd(part(adGroupAd)));
}

function ofCampaign(campaign: Fields, criteria: Fields[]): Fields {
  const isSearch = campaign['advertisingChannelType'] === 'SEARCH';
  return {
    ...picked(campaign, ['name', 'status', 'advertisingChannelType', 'containsEuPoliticalAdvertising', 'startDateTime']),
    bidding: biddingOf(campaign),
    targetCpaMicros: part(campaign['maximizeConversions'])['targetCpaMicros'] ?? '0',
    cpcBidCeilingMicros: part(campaign['targetSpend'])['cpcBidCeilingMicros'] ?? '0',
    ...(isSearch
      ? {
          ...prefixed('networks', part(campaign['networkSettings']), [
            'targetGoogleSearch',
            'targetSearchNetwork',
            'targetContentNetwork',
            'targetPartnerSearchNetwork',
          ]),
          positiveGeoTargetType: part(campaign['geoTargetTypeSetting'])['positiveGeoTargetType'],
          automation: automationOf(campaign['assetAutomationSettings']),
          ...placesOf(criteria),
        }
      : {}),
  };
}

/** A create names the strategy by its field, a row by its type. */
function biddingOf(campaign: Fields): unknown {
  if (typeof campaign['biddingStrategyType'] === 'string') return campaign['biddingStrategyType'];
  return campaign['targetSpend'] !== undefined ? 'TARGET_SPEND' : 'MAXIMIZE_CONVERSIONS';
}

function ofAdGroup(adGroup: Fields, criteria: Fields[]): Fields {
  return {
    ...picked(adGroup, ['name', 'status', 'type', 'optimizedTargetingEnabled']),
    campaign: idOf(adGroup['campaign']),
    ...placesOf(criteria),
    excludedAges: criteria.filter((one) => one['negative'] === true).flatMap((one) => part(one['ageRange'])['type'] ?? []),
    keywords: criteria.flatMap((one) => {
      const { text, matchType } = part(one['keyword']);
      return text === undefined ? [] : `${one['negative'] === true ? 'without ' : ''}${String(matchType)} ${String(text)}`;
    }),
  };
}

function placesOf(criteria: readonly Fields[]): Fields {
  const say = (one: Fields, constant: unknown) =>
    constant === undefined ? [] : `${one['negative'] === true ? 'without ' : ''}${String(constant)}`;
  return {
    locations: criteria.flatMap((one) => say(one, part(one['location'])['geoTargetConstant'])),
    languages: criteria.flatMap((one) => say(one, part(one['language'])['languageConstant'])),
  };
}

function ofAd(adGroupAd: Fields): Fields {
  const ad = part(adGroupAd['ad']);
  const isSearch = ad['responsiveSearchAd'] !== undefined;
  const content = part(ad['responsiveSearchAd'] ?? ad['demandGenMultiAssetAd']);
  const texts = (field: string) => listOf(content[field]).map((one) => one['text']);
  const assets = (field: string) => listOf(content[field]).map((one) => idOf(one['asset']));
  return {
    ...picked(adGroupAd, ['status']),
    ...picked(ad, ['name', 'finalUrls', 'finalUrlSuffix']),
    adGroup: idOf(adGroupAd['adGroup']),
    headlines: texts('headlines'),
    descriptions: texts('descriptions'),
    ...(isSearch
      ? {}
      : {
          marketingImages: assets('marketingImages'),
          squareMarketingImages: assets('squareMarketingImages'),
          logoImages: assets('logoImages'),
          businessName: content['businessName'],
          callToActionText: content['callToActionText'] ?? '',
          automation: automationOf(adGroupAd['adGroupAdAssetAutomationSettings']),
        }),
  };
}

const automationOf = (settings: unknown): Record<string, boolean> =>
  Object.fromEntries(listOf(settings).map((one) => [String(one['assetAutomationType']), one['assetAutomationStatus'] === 'OPTED_IN']));

const picked = (fields: Fields, names: readonly string[]): Fields => Object.fromEntries(names.map((name) => [name, fields[name]]));
const prefixed = (prefix: string, fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [`${prefix}.${name}`, fields[name]]));
const defined = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
/** The id at the end of a resource name. */
const idOf = (name: unknown): unknown => (typeof name === 'string' ? (/\d+$/.exec(name)?.[0] ?? name) : name);

function ruleOf(field: string): FieldRule {
  if (field === 'automation') return { rule: 'normalised', normalise: switchesOn };
  if (field.endsWith('Micros')) return { rule: 'normalised', normalise: asInteger };
  if (field === 'finalUrls') return { rule: 'normalised', normalise: (value) => (Array.isArray(value) ? value.map(asAddress) : value) };
  return { rule: 'normalised', normalise: (value) => emptyAsNull(Array.isArray(value) ? asSet(value.map(asText)) : asText(value)) };
}
