import type { AdAccount } from '#shared/contracts/connections.ts';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { fieldsAsked, NO_OWN_SETTINGS, readOwnSetting, type OwnSettings } from '#shared/rules/ad-platforms/own-settings.ts';
import type { PlatformField } from '#shared/rules/ad-platforms/platform-rules.ts';
import { goalOf } from '#shared/rules/ad-shape.ts';
import { checkPlan } from '#shared/rules/check-plan.ts';
import { dayOf } from '#shared/rules/day-of.ts';
import { expandPlan } from '#shared/rules/expand-plan.ts';
import type { Plan, PlanSettings } from '#shared/rules/launch-plan.ts';
import { groupMedia, type GroupedMedia, type MediaFile } from '#shared/rules/media-grouping.ts';
import type { ExpandedPlan } from '#shared/rules/planned-item.ts';
import { readBudget, readCountries } from '#shared/rules/sheet/read-cells.ts';
import { draftOfSheet, emptyRowMemory, isOfWholePlan, type RowMemory, type SheetContext } from '#shared/rules/sheet/read-sheet.ts';
import type { RowReport } from '#shared/rules/sheet/row-problem.ts';
import { instantOfLocal } from '#shared/rules/instant-of-local.ts';
import { chosenFor } from './chosen-for.ts';
import type { Draft, DraftSettings } from './draft.ts';
import { missingOf } from './template-of.ts';
import { faultsOfRows, standardUtm, utmOfRows } from './utm-rows.ts';

export interface MadePlan {
  plan: Plan;
  expanded: ExpandedPlan;
  /** Findings of the settings, the sheet, the media and the whole, in the words of the API. */
  problems: PlanProblem[];
  grouped: GroupedMedia;
}

/** What a plan is made of: everything of a draft but where its person stands in it. Files are only described here, their bytes do not matter. */
export interface PlanParts extends Pick<Draft, 'name' | 'overrides' | 'exclusions' | 'settings' | 'template'> {
  sheet: { rows: readonly (readonly string[])[] } | null;
  media: readonly MediaFile[];
}

/** What was worked out the last time, so that a changed cell costs a row and not the sheet. */
export interface PlanMemory {
  grouped: { media: readonly MediaFile[]; overrides: Draft['overrides']; result: GroupedMedia } | null;
  rows: { of: string; grouped: GroupedMedia; header: readonly string[] | undefined; read: RowMemory } | null;
}

export const emptyMemory = (): PlanMemory => ({ grouped: null, rows: null });

/** The draft as a plan, checked by the same pure rules the service uses. `nowMs` only fixes the day that names carry. */
export function makePlan(draft: PlanParts, account: AdAccount, nowMs = Date.now(), memory: PlanMemory = emptyMemory()): MadePlan {
  const problems: PlanProblem[] = [];
  const settings = settingsOf(draft, account, nowMs, problems);
  problems.push(...parametersTwice(draft, account), ...askedFor(draft));
  const grouped = groupedMedia(draft, memory);
  for (const { severity, code, message, fix, fileName } of grouped.findings)
    problems.push({ severity, code, message, fix, row: null, column: fileName, itemPath: null });
  const perAdSet = Number(draft.settings.perAdSet);
  const rows = draft.sheet?.rows ?? [];
  const context: SheetContext = {
    platform: account.platform,
    accountId: platformAccountId(account),
    name: draft.name.trim(),
    settings,
    media: grouped.media,
    mode: draft.settings.mode,
    n: draft.settings.mode === 'n-per-ad-set' && Number.isInteger(perAdSet) && perAdSet > 0 ? perAdSet : null,
  };
  const sheet = draftOfSheet(rows, context, rowsRead(rows[0], context, grouped, memory));
  const draftPlan = withCountriesOfRows(sheet.draft);
  const plan: Plan = {
    ...draftPlan,
    exclusions: [...draftPlan.exclusions, ...draft.exclusions],
    duplicatesReason: orNull(draft.settings.duplicatesReason),
  };
  const expanded = expandPlan(plan);
  for (const { severity, code, message, fix, row, column } of sheet.problems)
    problems.push({ severity, code, message, fix, row, column, itemPath: null });
  // Looking again says what is true now; the sheet knew neither the crossed-out cells nor where its countries went.
  const settingsFound = checkPlan(plan).filter(isOfWholePlan);
  const wholeFound = sheet.problems.some((one) => one.severity === 'error') ? [] : expanded.problems;
  for (const { severity, code, message, fix, path } of [...settingsFound, ...wholeFound])
    problems.push({ severity, code, message, fix, row: null, column: null, itemPath: path });
  return { plan, expanded, problems: dedupe(problems), grouped };
}

function groupedMedia({ media, overrides }: PlanParts, memory: PlanMemory): GroupedMedia {
  if (memory.grouped?.media !== media || memory.grouped.overrides !== overrides)
    memory.grouped = { media, overrides, result: groupMedia(media, overrides) };
  return memory.grouped.result;
}

/** Rows that were read under the same header, settings and files; none when one of them changed. */
function rowsRead(header: readonly string[] | undefined, context: SheetContext, grouped: GroupedMedia, memory: PlanMemory): RowMemory {
  const of = JSON.stringify([context.platform, context.name, context.settings]);
  if (memory.rows?.of !== of || memory.rows.grouped !== grouped || memory.rows.header !== header)
    memory.rows = { of, grouped, header, read: emptyRowMemory() };
  return memory.rows.read;
}

/**
 * When every row names its countries there is nothing left for a default to do; the plan still carries one, made of theirs. Where the
 * campaign decides, countries that all its ad sets agree on are the campaign's.
 */
function withCountriesOfRows(plan: Plan): Plan {
  const named = plan.adSets.map((adSet) => adSet.countries);
  const countries = [...new Set(named.flatMap((own) => own ?? []))].toSorted();
  const isWhole = named.length > 0 && !named.includes(null);
  const agree = isWhole && named.every((own) => own?.length === countries.length);
  if (agree && goalOf(plan)?.ofCampaign?.includes('countries'))
    return {
      ...plan,
      settings: { ...plan.settings, countries },
      adSets: plan.adSets.map((adSet) => ({ ...adSet, countries: null })),
    };
  return isWhole && plan.settings.countries.length === 0 ? { ...plan, settings: { ...plan.settings, countries } } : plan;
}

/** Some platforms write their account ids with a prefix; ours may come with or without. */
function platformAccountId({ platform, externalId }: AdAccount): string {
  return platformRules(platform).ids.account.test(externalId) ? externalId : `act_${externalId}`;
}

function settingsOf(draft: PlanParts, account: AdAccount, nowMs: number, problems: PlanProblem[]): PlanSettings {
  const typed = draft.settings;
  const report = settingReport(problems);
  const { goal, bid, budgetLevel, callToAction } = chosenFor(account.platform, typed);
  const own = ownSettings(fieldsAsked(account.platform, goal.needs), typed);
  return {
    currency: account.currency,
    timezone: account.timezone,
    budgetLevel,
    dailyBudgetMinor: readBudget(typed.dailyBudget.trim(), account.currency, report),
    objective: goal.objective,
    optimizationGoal: goal.optimizationGoal,
    billingEvent: goal.billingEvent,
    bidStrategy: bid.word,
    bidMinor: bid.needsAmount ? readBudget(typed.bidAmount.trim(), account.currency, settingReport(problems, 'bid')) : null,
    conversionEvent: null,
    startTime: typed.startTime === '' ? null : instantOfLocal(typed.startTime, account.timezone),
    ...own,
    political: own.political || own.specialAdCategories.includes('ISSUES_ELECTIONS_POLITICS'),
    countries: readCountries(typed.countries.trim(), report) ?? [],
    ageMin: null,
    ageMax: null,
    pageId: typed.pageId,
    linkUrl: orNull(typed.link),
    callToAction,
    utm: utmOfRows(typed.utm ?? standardUtm(account.platform)),
    naming: typed.naming,
    enhancements: {},
    namingDate: dayOf(nowMs, account.timezone),
    accountName: account.name,
    custom: {},
  };
}

/** What is not asked for is not sent, though it may have been typed for another goal or platform. */
function ownSettings(fields: readonly PlatformField[], typed: DraftSettings): OwnSettings {
  return fields.reduce((own, { setting }) => ({ ...own, ...readOwnSetting(setting, typed[setting]) }), NO_OWN_SETTINGS);
}

/** A plan holds each link parameter once, so that a second row of the same name has to be seen here. */
function parametersTwice({ settings }: PlanParts, { platform }: AdAccount): PlanProblem[] {
  return faultsOfRows(settings.utm ?? [], platform).flatMap((fault): PlanProblem[] =>
    fault?.code !== 'DUPLICATE_KEY'
      ? []
      : [
          {
            severity: 'error',
            code: fault.code,
            message: `Link parameter ${fault.key} is there twice.`,
            fix: 'Keep one of the two.',
            row: null,
            column: null,
            itemPath: `settings.utm.${fault.key}`,
          },
        ],
  );
}

/** Settings that the draft's template left open for every launch to fill in. */
function askedFor(draft: PlanParts): PlanProblem[] {
  return missingOf(draft).map((field) => ({
    severity: 'error',
    code: 'REQUIRED',
    message: `The template "${draft.template?.name ?? ''}" asks for this setting, and it is empty.`,
    fix: 'Fill it in.',
    row: null,
    column: field,
    itemPath: `settings.${field}`,
  }));
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** Cell readers report by row and column; a setting has a name instead of a row, its own where the reader is another column's. */
function settingReport(problems: PlanProblem[], name?: string): RowReport {
  const add =
    (severity: 'error' | 'warning'): RowReport['error'] =>
    (column, code, message, fix) => {
      problems.push({ severity, code, message, fix, row: null, column: name ?? column, itemPath: null });
    };
  return { error: add('error'), warning: add('warning') };
}

function dedupe(problems: readonly PlanProblem[]): PlanProblem[] {
  return [...new Map(problems.map((one) => [JSON.stringify([one.code, one.row, one.column, one.itemPath]), one])).values()];
}
