import type { Bid, CallToAction, Goal, OwnSetting } from '#shared/rules/ad-platforms/platform-rules.ts';
import type { ExpandMode, NamingTemplates, PlanExclusion } from '#shared/rules/launch-plan.ts';
import type { MediaFile, MediaOverride } from '#shared/rules/media-grouping.ts';
import type { UtmRow } from './utm-rows.ts';

/** What a person has put together so far, kept as typed. Nothing of it is sent before the check step. */
export interface Draft {
  accountId: string | null;
  name: string;
  sheet: {
    fileName: string;
    rows: readonly (readonly string[])[];
    /** Nothing in the file named its encoding. */ encodingGuessed?: true;
  } | null;
  media: DraftMedia[];
  overrides: Record<string, MediaOverride>;
  exclusions: PlanExclusion[];
  settings: DraftSettings;
  step: BuilderStep;
  /** The stored launch this draft became; null after any change, because a launch is bound to its plan. */
  launchId: string | null;
  /** Repeats of one create answer with the same launch; new after every change. */
  createKey: string;
  /** What it began with, and which settings that asks for; absent where it began with nothing. */
  template?: { id: string; version: number; name: string; required: ('dailyBudget' | 'countries' | 'link' | 'leadFormId' | 'pixelId')[] };
}

/** A file with what its pixels say. `file` is null when the browser could not keep the bytes over a reload. */
export interface DraftMedia extends MediaFile {
  sha256: string;
  bytes: number;
  file: File | null;
}

/** Amounts, ids and links as typed; read by make-plan.ts. A choice that the account's platform does not have is replaced by chosen-for.ts. */
export interface DraftSettings extends Record<OwnSetting, string> {
  goal: Goal;
  /** The platform's word for the kind of campaign, and for what it is optimised for; '' = the first there is for the goal. */
  objective: string;
  optimizationGoal: string;
  bid: Bid;
  bidAmount: string;
  budgetLevel: 'campaign' | 'ad_set';
  dailyBudget: string;
  countries: string;
  pageId: string;
  link: string;
  callToAction: CallToAction;
  startTime: string;
  /** auto: rows that hold an ad set and a concept are what they say; lists of both are combined. */
  mode: ExpandMode | 'auto';
  perAdSet: string;
  naming: NamingTemplates;
  /** Null = the standard ones of the account's platform. */
  utm: UtmRow[] | null;
  /** Why the same ad may stand twice in one ad set; empty = it may not. */
  duplicatesReason: string;
}

export const STEPS = ['files', 'review', 'check', 'approve'] as const;
export type BuilderStep = (typeof STEPS)[number];

/** `policy` are the organization's own names; null = those proposed here. */
export function emptyDraft(accountId: string | null, createKey: string, policy: Partial<NamingTemplates> | null = null): Draft {
  return {
    accountId,
    name: '',
    sheet: null,
    media: [],
    overrides: {},
    exclusions: [],
    step: 'files',
    launchId: null,
    createKey,
    settings: {
      goal: 'traffic',
      objective: '',
      optimizationGoal: '',
      bid: 'lowest_cost',
      bidAmount: '',
      budgetLevel: 'ad_set',
      dailyBudget: '20',
      countries: '',
      pageId: '',
      keywords: '',
      locale: '',
      brandName: '',
      logoId: '',
      leadFormId: '',
      pixelId: '',
      specialAdCategories: '',
      political: '',
      link: '',
      callToAction: 'LEARN_MORE',
      startTime: '',
      mode: 'auto',
      perAdSet: '10',
      naming: {
        campaign: '{campaign}',
        adSet: '{adset}',
        creative: '{concept} | {ratio} | {variant}',
        ad: '{concept} | {ratio}',
        ...policy,
      },
      utm: null,
      duplicatesReason: '',
    },
  };
}
