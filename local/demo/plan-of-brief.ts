import type { AdAccount } from '#shared/contracts/connections.ts';
import { dayOf } from '#shared/rules/day-of.ts';
import type { Plan, PlanSettings } from '#shared/rules/launch-plan.ts';
import { groupMedia, type MediaFile } from '#shared/rules/media-grouping.ts';
import { readSheet } from '#shared/rules/sheet/read-sheet.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';

/** The brief cannot be launched as it is; the message says why, row by row. */
export class BriefError extends Error {}

export interface LeadGoal {
  pageId: string;
  leadFormId: string;
  linkUrl: string;
}

/** Sheet and media to a plan by the same shared rules as the launch builder. @throws BriefError with every finding, row by row */
export function planOfBrief(
  name: string,
  rows: readonly (readonly string[])[],
  media: readonly MediaFile[],
  account: AdAccount,
  goal: LeadGoal,
  nowMs: number,
): Plan {
  const settings: PlanSettings = {
    currency: account.currency,
    timezone: account.timezone,
    budgetLevel: 'ad_set',
    dailyBudgetMinor: 2_000,
    objective: 'OUTCOME_LEADS',
    optimizationGoal: 'LEAD_GENERATION',
    billingEvent: 'IMPRESSIONS',
    bidStrategy: 'LOWEST_COST_WITHOUT_CAP',
    bidMinor: null,
    conversionEvent: null,
    startTime: null,
    specialAdCategories: [],
    political: false,
    brandName: null,
    logoId: null,
    locale: null,
    keywords: [],
    countries: ['FR'],
    ageMin: null,
    ageMax: null,
    pixelId: null,
    callToAction: 'SIGN_UP',
    utm: { ...platformRules('meta').macros.standard },
    ...goal,
    naming: { campaign: '{campaign}', adSet: '{adset}', creative: '{concept} | {ratio} | {variant}', ad: '{concept} | {ratio}' },
    enhancements: {},
    namingDate: dayOf(nowMs, account.timezone),
    accountName: account.name,
    custom: {},
  };
  const grouped = groupMedia(media);
  const sheet = readSheet(rows, {
    platform: 'meta',
    accountId: `act_${account.externalId}`,
    name,
    settings,
    media: grouped.media,
    mode: 'auto',
    n: null,
  });
  const errors = [
    ...sheet.problems
      .filter((one) => one.severity === 'error')
      .map((one) => `row ${one.row}${one.column === null ? '' : `, ${one.column}`}: ${one.message} ${one.fix}`),
    ...grouped.findings.filter((one) => one.severity === 'error').map((one) => `${one.fileName}: ${one.message} ${one.fix}`),
    ...sheet.planProblems.filter((one) => one.severity === 'error').map((one) => `${one.path}: ${one.message} ${one.fix}`),
  ];
  if (errors.length > 0)
    throw new BriefError(
      `The brief has ${errors.length} ${errors.length === 1 ? 'mistake' : 'mistakes'}; nothing was created:\n  ${errors.join('\n  ')}`,
    );
  return sheet.draft;
}
