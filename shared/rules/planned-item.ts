import type { CallToAction } from './ad-platforms/platform-rules.ts';
import type { Ratio } from './launch-plan.ts';

/** What a plan becomes: the objects to create, what is wrong with it, and what it will cost. Made by expand-plan.ts. */

/** One finding about a plan. `path` is an item path or "settings.linkUrl" style address; message and fix are plain English, `params` serve translations. */
export interface PlanProblem {
  code: string;
  severity: 'error' | 'warning';
  path: string;
  message: string;
  fix: string;
  params: Record<string, string | number>;
}

export const ITEM_KINDS = ['media', 'campaign', 'ad_set', 'creative', 'ad'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

interface PlannedBase<K extends ItemKind, S> {
  kind: K;
  /** Unique inside the launch. Campaign "c", ad set "c/s", ad "c/s/concept[/variant]/ratio[/copy]", creative "<ad path>:creative", media "media:<hash or key>". */
  itemPath: string;
  /** Campaign of an ad set, ad set of an ad; null otherwise. */
  parentPath: string | null;
  /** Every item that must be VERIFIED first, the parent included. */
  dependsOn: string[];
  /** Without client token. */
  name: string;
  spec: S;
}

export type PlannedItem =
  | PlannedBase<'media', MediaSpec>
  | PlannedBase<'campaign', CampaignSpec>
  | PlannedBase<'ad_set', AdSetSpec>
  | PlannedBase<'creative', CreativeSpec>
  | PlannedBase<'ad', AdSpec>;

export interface MediaSpec {
  mediaKey: string;
  fileName: string;
  sha256: string | null;
  kind: 'image' | 'video';
  width: number;
  height: number;
  durationMs: number | null;
}

export interface CampaignSpec {
  objective: string;
  specialAdCategories: string[];
  /** Null when the budget sits on the ad sets. */
  dailyBudgetMinor: number | null;
  /** Null when the bid sits on the ad sets. */
  bidStrategy: string | null;
  bidMinor: number | null;
  currency: string;
  political: boolean;
  startTime: string | null;
  /** What the campaign's ad sets are optimised for: some platforms decide it above them. */
  optimizationGoal: string;
  locale: string | null;
  /** Where its ad sets show ads unless they say otherwise. */
  countries: string[];
}

export interface AdSetSpec {
  campaignPath: string;
  /** Null when the budget sits on the campaign. */
  dailyBudgetMinor: number | null;
  /** Null when the bid sits on the campaign. */
  bidStrategy: string | null;
  bidMinor: number | null;
  currency: string;
  objective: string;
  optimizationGoal: string;
  billingEvent: string;
  conversionEvent: string | null;
  political: boolean;
  locale: string | null;
  keywords: string[];
  startTime: string | null;
  countries: string[];
  ageMin: number | null;
  ageMax: number | null;
  /** What its ads show, once each. */
  mediaKinds: ('image' | 'video')[];
  /** As of its ads, name tokens of single ads left empty: for platforms that keep what they fill in above the ads. */
  urlTags: string;
  enhancements: Record<string, boolean>;
  pageId: string;
  leadFormId: string | null;
  pixelId: string | null;
}

export interface CreativeSpec {
  pageId: string;
  /** Null for ads of words only, with its kind and ratio. */
  mediaPath: string | null;
  mediaKind: 'image' | 'video' | null;
  mediaRatio: Ratio | null;
  /** Video only: a media item to use as its thumbnail; null = frame at 1 s. */
  thumbnailPath: string | null;
  headline: string;
  primaryText: string;
  description: string;
  moreHeadlines: string[];
  morePrimaryTexts: string[];
  moreDescriptions: string[];
  brandName: string | null;
  logoId: string | null;
  /** Null only for ads that open a lead form. */
  linkUrl: string | null;
  /** Query string of parameters the platform adds to the link, macros left as they are; without client token. */
  urlTags: string;
  /** Our word; an adapter sends the platform's. */
  callToAction: CallToAction;
  objective: string;
  leadFormId: string | null;
  enhancements: Record<string, boolean>;
}

export interface AdSpec {
  adSetPath: string;
  /** Null on platforms without creatives of their own. */
  creativePath: string | null;
  /** The form its creative opens: some platforms have another type of ad for it. */
  leadFormId: string | null;
  /** The ad's content where no creative holds it. */
  creative: CreativeSpec | null;
}

export interface ExpandedPlan {
  /** Parents before children, then by path. */
  items: PlannedItem[];
  counts: PlanCounts;
  problems: PlanProblem[];
  /** Concept keys that no ad set took (n-per-ad-set), or that have no media. */
  leftOver: string[];
  /** Paths of ads that an exclusion crossed out. */
  excluded: string[];
}

export interface PlanCounts {
  byKind: Record<ItemKind, number>;
  total: number;
  calls: { create: number; readBack: number; switchOn: number; total: number };
  /** Sum of the daily budgets of everything that will run, minor units. */
  dailyBudgetMinor: number;
  currency: string;
}
