import type { AdPlatformId } from './ad-platforms/index.ts';
import type { CallToAction } from './ad-platforms/platform-rules.ts';

/**
 * The plan of one launch on one ad account: axes, mode and settings. Plain JSON; every field is always there and null says
 * "not set". A zod contract mirrors these types at the door.
 *
 * Keys. Each axis entry has a short stable key, made from its name or taken from an earlier export, never from its position:
 * item paths are built from keys, so reordering or importing again cannot make a second object. Keys match KEY_PATTERN.
 * Ad sets are unique per (campaignKey, key), copy sets per (conceptKey, key), media per (conceptKey, variantKey, mediaKey). Only the key of an ad
 * set may join several with "~" (one ad set per concept, re-imported).
 */
export interface Plan {
  version: 1;
  platform: AdPlatformId;
  /** The platform's account id as the platform writes it, e.g. "act_1000000001". */
  accountId: string;
  name: string;
  settings: PlanSettings;
  campaigns: PlanCampaign[];
  adSets: PlanAdSet[];
  concepts: PlanConcept[];
  copySets: PlanCopySet[];
  media: PlanMedia[];
  mode: ExpandMode;
  /** Concepts per ad set; used by n-per-ad-set only. */
  n: number | null;
  /** Used by zip only: the combinations to make. Empty = entry i of each axis together, lengths must match. */
  rows: PlanRow[];
  /** Cells that are shown crossed out and not made. */
  exclusions: PlanExclusion[];
  /** Why the same ad may stand twice in one ad set; null = it may not. Part of what is approved. */
  duplicatesReason: string | null;
}

/**
 * all: every ad set × concept × copy set. zip: only the paired rows. n-per-ad-set: concepts dealt in key order, n to each ad set,
 * the rest left over. one-ad-set-per-concept: each ad set is repeated once per concept and holds only that concept.
 * In every mode a concept gives one ad per variant and ratio of its media.
 */
export const EXPAND_MODES = ['all', 'zip', 'n-per-ad-set', 'one-ad-set-per-concept'] as const;
export type ExpandMode = (typeof EXPAND_MODES)[number];

export interface PlanSettings {
  /** ISO 4217 currency of the ad account; every amount of the plan is in its minor units. */
  currency: string;
  /** IANA timezone of the ad account; startTime and {date} are read in it. */
  timezone: string;
  /** campaign = campaign budget (CBO), ad_set = ad set budgets (ABO). */
  budgetLevel: 'campaign' | 'ad_set';
  /** Daily budget of each campaign or ad set that names none, minor units; null = each must name its own. */
  dailyBudgetMinor: number | null;
  /** The platform's own words: OUTCOME_LEADS, LEAD_GENERATION, IMPRESSIONS, LOWEST_COST_WITHOUT_CAP … */
  objective: string;
  optimizationGoal: string;
  billingEvent: string;
  bidStrategy: string;
  /** With a bid strategy that needs an amount, minor units; else null. */
  bidMinor: number | null;
  /** The event a pixel counts, in the platform's word; null = the platform's usual one for the goal. */
  conversionEvent: string | null;
  /** UTC ISO instant; null = as soon as switched on. */
  startTime: string | null;
  /** Empty list = none declared; sent even when empty. */
  specialAdCategories: string[];
  /** Whether the ads are political, as the platform's law has it. Sent wherever it has to be declared. */
  political: boolean;
  /** ISO 3166-1 alpha-2, used by ad sets that name none. */
  countries: string[];
  ageMin: number | null;
  ageMax: number | null;
  /** Who speaks: page, organization, identity or profile. Empty where the platform has no such thing. */
  pageId: string;
  /** The advertiser's name as people read it on the ad, where the platform shows one apart from the identity; null = the account's. */
  brandName: string | null;
  /** Language and country the ads are in, such as "fr_FR", where the platform asks for it; null = not said. */
  locale: string | null;
  /** What people search for, where ads are shown beside search results. */
  keywords: string[];
  leadFormId: string | null;
  pixelId: string | null;
  /** The advertiser's logo in the account's library, where an ad must show one; null = none. */
  logoId: string | null;
  /** Landing page of copy sets that name none. */
  linkUrl: string | null;
  /** Our word for the button. */
  callToAction: CallToAction;
  /** Query parameters for the link, key → value template (name tokens and platform macros). */
  utm: Record<string, string>;
  naming: NamingTemplates;
  /** Enhancement switches by the platform's feature name; a feature not listed is off. */
  enhancements: Record<string, boolean>;
  /** Day for {date} and {isoweek}, "YYYY-MM-DD" in the account's timezone: fixed in the plan so that names never depend on a clock. */
  namingDate: string;
  accountName: string;
  /** Values for {custom:key}. */
  custom: Record<string, string>;
}

export interface NamingTemplates {
  campaign: string;
  adSet: string;
  creative: string;
  ad: string;
}

export interface PlanCampaign {
  key: string;
  name: string;
  /** Minor units; with budgetLevel campaign. Null = settings.dailyBudgetMinor. */
  dailyBudgetMinor: number | null;
}

export interface PlanAdSet {
  key: string;
  /** Null = repeated in every campaign. */
  campaignKey: string | null;
  name: string;
  /** Minor units; with budgetLevel ad_set. Null = settings.dailyBudgetMinor. */
  dailyBudgetMinor: number | null;
  /** Null = settings.countries. */
  countries: string[] | null;
  ageMin: number | null;
  ageMax: number | null;
  /** Optimisation and bid, null = settings. */
  optimizationGoal: string | null;
}

export interface PlanConcept {
  key: string;
  name: string;
  hook: string | null;
  creator: string | null;
  lang: string | null;
}

export interface PlanCopySet {
  key: string;
  /** Null = offered to every concept. */
  conceptKey: string | null;
  headline: string;
  primaryText: string;
  description: string;
  /** Further ones that the platform may show instead, up to fourteen of each. */
  moreHeadlines: string[];
  morePrimaryTexts: string[];
  moreDescriptions: string[];
  /** Null = settings.linkUrl. */
  link: string | null;
  /** Null = settings.callToAction. */
  callToAction: CallToAction | null;
}

export const RATIOS = ['1x1', '4x5', '9x16', '16x9'] as const;
/** 16x9 stands for every landscape picture (width ≥ 1.1 × height). */
export type Ratio = (typeof RATIOS)[number];

export interface PlanMedia {
  /** The normalised file name; one file used by two concepts is two entries with the same key and one upload. */
  mediaKey: string;
  fileName: string;
  /** Lower-case hex of the bytes; null until they were read. Equal hashes are uploaded once. */
  sha256: string | null;
  kind: 'image' | 'video';
  width: number;
  height: number;
  /** Null for images. */
  durationMs: number | null;
  conceptKey: string;
  /** DEFAULT_KEY unless there are several renderings of one ratio. */
  variantKey: string;
  ratio: Ratio;
  /** A thumbnail belongs to the video of the same concept and variant. */
  role: 'main' | 'thumbnail';
}

/** One ad set × concept × copy set; null copySetKey = every copy set of the concept. */
export interface PlanRow {
  campaignKey: string;
  adSetKey: string;
  conceptKey: string;
  copySetKey: string | null;
}

/** A pattern over cells; null matches everything on that axis. At least one field must be set. */
export interface PlanExclusion {
  campaignKey: string | null;
  adSetKey: string | null;
  conceptKey: string | null;
  variantKey: string | null;
  ratio: Ratio | null;
  copySetKey: string | null;
}

/** Key of the only variant or copy set; it is left out of item paths. */
export const DEFAULT_KEY = 'default';

/** Letters and digits of any script, joined by single - . or _; no slash, colon or tilde, which item paths use. */
export const KEY_PATTERN = /^[\p{L}\p{M}\p{N}]+(?:[-._][\p{L}\p{M}\p{N}]+)*$/u;

export const PLAN_ITEM_LIMIT = 5_000;
export const PLAN_ITEM_WARNING = 500;
