import { SNAPCHAT } from '#shared/rules/ad-platforms/snapchat.ts';
import type { AdSetSpec, AdSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { addToLink } from '#shared/rules/utm.ts';
import type { CreateRequest } from '../ad-platform.ts';
import type { Json } from './kinds.ts';
import { toMicro } from './micro.ts';

const NEEDS_BID = new Set(SNAPCHAT.bidStrategies.filter((bid) => bid.needsAmount).map((bid) => bid.word));
/** Our oldest age stands for everybody above it, too. */
const OPEN_AGE = 65;

/**
 * One create in the platform's words, without what only the call knows: the ad account, and a start that is "now". Everything is made
 * paused and carries its client token at the end of its name.
 */
export function toCreateBody(request: CreateRequest): Json {
  const { name } = request;
  switch (request.kind) {
    case 'campaign':
      return { name, status: 'PAUSED', ...campaign(request.spec as CampaignSpec) };
    case 'ad_set':
      return { name, status: 'PAUSED', campaign_id: parent(request, 'campaign'), ...adSquad(request.spec as AdSetSpec) };
    case 'creative':
      return { name, ...creative(request, request.spec as CreativeSpec) };
    case 'ad':
      return {
        name,
        status: 'PAUSED',
        ad_squad_id: parent(request, 'ad_set'),
        creative_id: parent(request, 'creative'),
        type: (request.spec as AdSpec).leadFormId === null ? 'REMOTE_WEBPAGE' : 'LEAD_GENERATION',
      };
  }
}

function campaign(spec: CampaignSpec): Json {
  return {
    objective_v2_properties: { objective_v2_type: spec.objective },
    ...(spec.startTime === null ? {} : { start_time: spec.startTime }),
    // Housing, credit and jobs are one declaration here, whichever of them it is.
    ...(spec.specialAdCategories.length === 0 ? {} : { regulations: { restricted_delivery_signals: true } }),
  };
}

function adSquad(spec: AdSetSpec): Json {
  return {
    type: 'SNAP_ADS',
    targeting: targeting(spec),
    placement_v2: { config: 'AUTOMATIC' },
    optimization_goal: spec.optimizationGoal,
    billing_event: spec.billingEvent,
    ...(spec.bidStrategy === null ? {} : { bid_strategy: spec.bidStrategy }),
    ...(spec.bidMinor === null || !NEEDS_BID.has(spec.bidStrategy ?? '') ? {} : { bid_micro: toMicro(spec.bidMinor, spec.currency) }),
    ...(spec.dailyBudgetMinor === null ? {} : { daily_budget_micro: toMicro(spec.dailyBudgetMinor, spec.currency) }),
    ...(spec.startTime === null ? {} : { start_time: spec.startTime }),
    ...(spec.pixelId === null ? {} : { pixel_id: spec.pixelId }),
  };
}

function targeting({ countries, ageMin, ageMax, locale }: AdSetSpec): Json {
  const people = {
    ...(ageMin === null ? {} : { min_age: ageMin }),
    ...(ageMax === null || ageMax >= OPEN_AGE ? {} : { max_age: ageMax }),
    // Several countries at once are taken with one language only.
    ...(countries.length < 2 || locale === null ? {} : { languages: [locale.slice(0, 2)] }),
  };
  return {
    geos: countries.map((country) => ({ country_code: country.toLowerCase() })),
    ...(Object.keys(people).length === 0 ? {} : { demographics: [people] }),
  };
}

function creative(request: CreateRequest, spec: CreativeSpec): Json {
  const [file] = request.parents.media ?? [];
  if (!file) throw new RangeError(`creative ${request.name} has no media`);
  // A profile brings its own name; without one the ad has to say whose it is.
  const brand = spec.brandName ?? (spec.pageId === '' ? request.account.advertiser : null);
  return {
    headline: spec.headline,
    top_snap_media_id: file.externalId,
    call_to_action: SNAPCHAT.callsToAction[spec.callToAction],
    ...(brand === null ? {} : { brand_name: brand }),
    ...(spec.pageId === '' ? {} : { profile_properties: { profile_id: spec.pageId } }),
    ...attachment(request, spec),
  };
}

/** What a swipe opens. */
function attachment(request: CreateRequest, spec: CreativeSpec): Json {
  if (spec.leadFormId !== null) return { type: 'LEAD_GENERATION', lead_generation_form_id: spec.leadFormId };
  if (spec.linkUrl === null) throw new RangeError(`creative ${request.name} leads nowhere`);
  return { type: 'WEB_VIEW', web_view_properties: { url: addToLink(spec.linkUrl, spec.urlTags) } };
}

function parent(request: CreateRequest, kind: 'campaign' | 'ad_set' | 'creative'): string {
  const id = request.parents[kind];
  if (id === undefined) throw new RangeError(`${request.kind} ${request.name} has no ${kind}`);
  return id;
}
