import { META } from '#shared/rules/ad-platforms/meta.ts';
import type { AdSetSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import type { CreateRequest } from '../ad-platform.ts';
import type { GraphParams } from './client.ts';
import { featuresSpec } from './enhancements.ts';

/** Countries whose ads must name who benefits and who pays (Digital Services Act). */
const EU = new Set([
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
]);

/** Goals counted by what a pixel saw. */
const PIXEL_GOALS = new Set(META.goals.filter((goal) => goal.needs.includes('pixel')).map((goal) => goal.optimizationGoal));

/** One create in the platform's words. Everything is made paused and carries its client token as label and at the end of its name. */
export function toCreateParams(request: CreateRequest): GraphParams {
  const common = { name: request.name, adlabels: [{ name: request.clientToken }] };
  switch (request.kind) {
    case 'campaign':
      return { ...common, status: 'PAUSED', ...campaign(request.spec as CampaignSpec) };
    case 'ad_set':
      return {
        ...common,
        status: 'PAUSED',
        campaign_id: parent(request, 'campaign'),
        ...adSet(request.spec as AdSetSpec, request.account.advertiser),
      };
    case 'creative':
      return { ...common, ...creative(request, request.spec as CreativeSpec) };
    case 'ad':
      return { ...common, status: 'PAUSED', adset_id: parent(request, 'ad_set'), creative: { creative_id: parent(request, 'creative') } };
  }
}

function campaign(spec: CampaignSpec): GraphParams {
  return {
    objective: spec.objective,
    special_ad_categories: spec.specialAdCategories,
    // A campaign without a budget must say whether its ad sets may share theirs (since v24).
    ...(spec.dailyBudgetMinor === null
      ? { is_adset_budget_sharing_enabled: false }
      : { daily_budget: spec.dailyBudgetMinor, bid_strategy: spec.bidStrategy ?? undefined }),
  };
}

function adSet(spec: AdSetSpec, advertiser: string): GraphParams {
  return {
    billing_event: spec.billingEvent,
    optimization_goal: spec.optimizationGoal,
    targeting: {
      geo_locations: { countries: spec.countries },
      ...(spec.ageMin === null ? {} : { age_min: spec.ageMin }),
      ...(spec.ageMax === null ? {} : { age_max: spec.ageMax }),
      // Widening the audience is on by default for new ad sets; the plan's audience is what was approved.
      targeting_automation: { advantage_audience: 0 },
    },
    ...(spec.dailyBudgetMinor === null ? {} : { daily_budget: spec.dailyBudgetMinor, bid_strategy: spec.bidStrategy ?? undefined }),
    ...(spec.bidMinor === null ? {} : { bid_amount: spec.bidMinor }),
    ...(spec.startTime === null ? {} : { start_time: spec.startTime }),
    promoted_object:
      spec.pixelId !== null && PIXEL_GOALS.has(spec.optimizationGoal)
        ? { pixel_id: spec.pixelId, custom_event_type: spec.conversionEvent ?? (spec.objective === 'OUTCOME_LEADS' ? 'LEAD' : 'PURCHASE') }
        : { page_id: spec.pageId },
    ...(spec.leadFormId === null ? {} : { destination_type: 'ON_AD' }),
    ...(spec.countries.some((country) => EU.has(country)) ? { dsa_beneficiary: advertiser, dsa_payor: advertiser } : {}),
  };
}

function creative(request: CreateRequest, spec: CreativeSpec): GraphParams {
  const [file, still] = request.parents.media ?? [];
  if (!file) throw new RangeError(`creative ${request.name} has no media`);
  // Ads that open a form need no page of their own; the platform still wants an address and documents this one.
  const link = spec.linkUrl ?? 'https://fb.me/';
  const button = {
    type: META.callsToAction[spec.callToAction] ?? 'NO_BUTTON',
    value: spec.leadFormId === null ? { link } : { link, lead_gen_form_id: spec.leadFormId },
  };
  const story =
    file.kind === 'image'
      ? {
          link_data: {
            link,
            message: spec.primaryText,
            name: spec.headline,
            description: spec.description,
            image_hash: file.externalId,
            call_to_action: button,
          },
        }
      : {
          video_data: {
            video_id: file.externalId,
            ...(still ? { image_hash: still.externalId } : { image_url: file.thumbnail }),
            title: spec.headline,
            message: spec.primaryText,
            link_description: spec.description,
            call_to_action: button,
          },
        };
  return {
    object_story_spec: { page_id: spec.pageId, ...story },
    url_tags: [spec.urlTags, `inlay=${request.clientToken}`].filter((part) => part !== '').join('&'),
    degrees_of_freedom_spec: { creative_features_spec: featuresSpec(spec.enhancements) },
  };
}

function parent(request: CreateRequest, kind: 'campaign' | 'ad_set' | 'creative'): string {
  const id = request.parents[kind];
  if (id === undefined) throw new RangeError(`${request.kind} ${request.name} has no ${kind}`);
  return id;
}
