import { GOOGLE_ADS } from '#shared/rules/ad-platforms/google-ads.ts';
import { currencyExponent } from '#shared/rules/money.ts';
import type { AdSetSpec, AdSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { PlatformError } from '../../platform-error.ts';
import type { CreateRequest } from '../ad-platform.ts';
import { localMoment } from './local-moment.ts';
import { countryConstant, languageConstant } from './places.ts';

export type Fields = Record<string, unknown>;
/** An object with all that is made with it, in the platform's words; each part is the `create` of one operation. */
export interface Made {
  campaign?: Fields;
  campaignBudget?: Fields;
  adGroup?: Fields;
  adGroupAd?: Fields;
  /** Places, languages, ages and search words. */
  criteria: Fields[];
}

/** Automatic changes of what an ad shows, by channel: each is sent as off unless the plan says on. */
const SEARCH_AUTOMATION = ['TEXT_ASSET_AUTOMATION'];
const AD_AUTOMATION = ['GENERATE_DESIGN_VERSIONS_FOR_IMAGES', 'GENERATE_VIDEOS_FROM_OTHER_ASSETS'];
const AGES = [
  { from: 18, to: 24, type: 'AGE_RANGE_18_24' },
  { from: 25, to: 34, type: 'AGE_RANGE_25_34' },
  { from: 35, to: 44, type: 'AGE_RANGE_35_44' },
  { from: 45, to: 54, type: 'AGE_RANGE_45_54' },
  { from: 55, to: 64, type: 'AGE_RANGE_55_64' },
  { from: 65, to: 65, type: 'AGE_RANGE_65_UP' },
];

/** One create in the platform's words. Everything is made paused. @throws PlatformError refused for what the platform has no word for */
export function toMade(request: CreateRequest, customer: string): Made {
  switch (request.kind) {
    case 'campaign':
      return campaign(request, request.spec as CampaignSpec);
    case 'ad_set':
      return adGroup(request, request.spec as AdSetSpec, customer);
    case 'ad':
      return ad(request, request.spec as AdSpec, customer);
    case 'creative':
      throw refused('An ad holds its content itself here.', 'no_creatives');
  }
}

function campaign({ name, account }: CreateRequest, spec: CampaignSpec): Made {
  const isSearch = spec.objective === 'SEARCH';
  if (spec.dailyBudgetMinor === null) throw refused('Only a campaign can hold the budget.', 'no_budget');
  return {
    campaignBudget: { amountMicros: micros(spec.dailyBudgetMinor, account.currency), explicitlyShared: false, deliveryMethod: 'STANDARD' },
    campaign: {
      name,
      status: 'PAUSED',
      advertisingChannelType: spec.objective,
      containsEuPoliticalAdvertising: spec.political ? 'CONTAINS_EU_POLITICAL_ADVERTISING' : 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
      ...bidding(spec, account.currency),
      ...(spec.startTime === null ? {} : { startDateTime: localMoment(spec.startTime, account.timezone) }),
      ...(isSearch
        ? {
            // The search pages alone: partners and other networks are on unless said otherwise.
            networkSettings: {
              targetGoogleSearch: true,
              targetSearchNetwork: false,
              targetContentNetwork: false,
              targetPartnerSearchNetwork: false,
            },
            // People in these countries, not those who only show interest in them.
            geoTargetTypeSetting: { positiveGeoTargetType: 'PRESENCE' },
            assetAutomationSettings: automation(SEARCH_AUTOMATION, {}),
          }
        : {}),
    },
    criteria: isSearch ? [...places(spec.countries), ...languages(spec.locale)] : [],
  };
}

function bidding({ optimizationGoal, bidStrategy, bidMinor }: CampaignSpec, currency: string): Fields {
  const amount = bidMinor === null ? null : micros(bidMinor, currency);
  switch (optimizationGoal) {
    case 'TARGET_SPEND':
      return { targetSpend: bidStrategy === 'CPC_BID_CEILING' && amount !== null ? { cpcBidCeilingMicros: amount } : {} };
    case 'MAXIMIZE_CONVERSIONS':
      return { maximizeConversions: bidStrategy === 'TARGET_CPA' && amount !== null ? { targetCpaMicros: amount } : {} };
    default:
      throw refused(`There is no way of bidding called ${optimizationGoal}.`, 'unknown_bidding');
  }
}

function adGroup(request: CreateRequest, spec: AdSetSpec, customer: string): Made {
  const isSearch = spec.objective === 'SEARCH';
  return {
    adGroup: {
      name: request.name,
      status: 'PAUSED',
      campaign: `customers/${customer}/campaigns/${parent(request, 'campaign')}`,
      // Widening the audience is on by itself in Demand Gen; the plan's audience is what was approved.
      ...(isSearch ? { type: 'SEARCH_STANDARD' } : { optimizedTargetingEnabled: false }),
    },
    criteria: [
      ...(isSearch ? [] : [...places(spec.countries), ...languages(spec.locale)]),
      ...otherAges(spec.ageMin, spec.ageMax),
      ...(isSearch ? keywords(spec.keywords) : []),
    ],
  };
}

const places = (countries: readonly string[]): Fields[] =>
  countries.map((country) => {
    const geoTargetConstant = countryConstant(country);
    if (geoTargetConstant === null) throw refused(`The platform's number of the country ${country} is not known.`, 'unknown_country');
    return { location: { geoTargetConstant } };
  });

function languages(locale: string | null): Fields[] {
  if (locale === null) return [];
  const constant = languageConstant(locale);
  if (constant === null) throw refused(`The platform's number of the language ${locale} is not known.`, 'unknown_language');
  return [{ language: { languageConstant: constant } }];
}

/** Everybody is reached unless left out: so the groups outside the plan's ages are, and with them people whose age is not known. */
function otherAges(min: number | null, max: number | null): Fields[] {
  const outside = AGES.filter((group) => (min !== null && group.to < min) || (max !== null && group.from > max)).map(({ type }) => type);
  return outside.length === 0 ? [] : [...outside, 'AGE_RANGE_UNDETERMINED'].map((type) => ({ negative: true, ageRange: { type } }));
}

/** Written as the platform's own forms read them: [exactly], "as a phrase", or broadly. */
function keywords(words: readonly string[]): Fields[] {
  const wanted = new Map(
    words.map((word) => {
      const [, exact] = /^\[(.*)\]$/.exec(word.trim()) ?? [];
      const [, phrase] = /^"(.*)"$/.exec(word.trim()) ?? [];
      const text = (exact ?? phrase ?? word).trim();
      const matchType = exact !== undefined ? 'EXACT' : phrase !== undefined ? 'PHRASE' : 'BROAD';
      return [`${matchType} ${text.toLowerCase()}`, { text, matchType }];
    }),
  );
  return [...wanted.values()].map((keyword) => ({ keyword }));
}

function ad(request: CreateRequest, { creative }: AdSpec, customer: string): Made {
  if (creative === null) throw refused('The ad has no content.', 'no_content');
  if (creative.linkUrl === null) throw refused('The ad has no link.', 'no_link');
  const common = {
    finalUrls: [creative.linkUrl],
    // The token travels here too: search ads have no name to carry it.
    finalUrlSuffix: [creative.urlTags, `inlay=${request.clientToken}`].filter((part) => part !== '').join('&'),
  };
  const base = { status: 'PAUSED', adGroup: `customers/${customer}/adGroups/${parent(request, 'ad_set')}` };
  const headlines = texts([creative.headline, ...creative.moreHeadlines]);
  const descriptions = texts([creative.primaryText, ...creative.morePrimaryTexts, creative.description, ...creative.moreDescriptions]);
  if (creative.objective === 'SEARCH')
    return { adGroupAd: { ...base, ad: { ...common, responsiveSearchAd: { headlines, descriptions } } }, criteria: [] };
  return {
    adGroupAd: {
      ...base,
      ad: { name: request.name, ...common, demandGenMultiAssetAd: { headlines, descriptions, ...pictures(request, creative, customer) } },
      adGroupAdAssetAutomationSettings: automation(AD_AUTOMATION, creative.enhancements),
    },
    criteria: [],
  };
}

function pictures(request: CreateRequest, creative: CreativeSpec, customer: string): Fields {
  const [file] = request.parents.media ?? [];
  if (!file) throw new RangeError(`ad ${request.name} has no media`);
  if (file.kind !== 'image') throw refused('Only pictures can be shown.', 'no_videos');
  const asset = (id: string): Fields[] => [{ asset: `customers/${customer}/assets/${id}` }];
  const button = GOOGLE_ADS.callsToAction[creative.callToAction] ?? '';
  return {
    ...(creative.mediaRatio === '1x1' ? { squareMarketingImages: asset(file.externalId) } : { marketingImages: asset(file.externalId) }),
    ...(creative.logoId === null ? {} : { logoImages: asset(creative.logoId) }),
    businessName: creative.brandName ?? request.account.advertiser,
    ...(button === '' ? {} : { callToActionText: button }),
  };
}

const texts = (list: readonly string[]): Fields[] => list.filter((text) => text.trim() !== '').map((text) => ({ text }));

const automation = (types: readonly string[], chosen: Readonly<Record<string, boolean>>): Fields[] =>
  [...new Set([...types, ...Object.keys(chosen)])]
    .toSorted()
    .map((type) => ({ assetAutomationType: type, assetAutomationStatus: chosen[type] === true ? 'OPTED_IN' : 'OPTED_OUT' }));

/** Millionths of the currency, as text. */
function micros(minor: number, currency: string): string {
  return String(BigInt(minor) * 10n ** BigInt(6 - currencyExponent(currency)));
}

function parent(request: CreateRequest, kind: 'campaign' | 'ad_set'): string {
  const id = request.parents[kind];
  if (id === undefined) throw new RangeError(`${request.kind} ${request.name} has no ${kind}`);
  return id;
}

const refused = (message: string, code: string): PlatformError => new PlatformError('refused', message, { platform: 'google-ads', code });
