import { expandCells } from '../expand-cells.ts';
import { adShape, goalOf, isWordsOnly } from '../ad-shape.ts';
import { fieldsAsked, writeOwnSetting } from '../ad-platforms/own-settings.ts';
import type { Plan, PlanCopySet } from '../launch-plan.ts';
import { formatDecimal } from '../money.ts';
import { normalisePlan } from '../normalise-plan.ts';
import { COLUMN_INFO, furtherColumns, OWN_COLUMNS, REPEATED_TEXTS, SHEET_COLUMNS, type OwnColumn, type SheetColumn } from './columns.ts';

/**
 * A plan as spreadsheet rows, one per ad, each with its item path: reading them back gives the same items, whatever the order the
 * rows come back in. Of the settings only those travel in the sheet that have a column of their own.
 */
export function writeSheet(input: Plan): string[][] {
  const plan = normalisePlan(input);
  const { currency, budgetLevel, naming } = plan.settings;
  const own = fieldsAsked(plan.platform, goalOf(plan)?.needs ?? []).map(({ setting }): [OwnColumn, string] => [
    OWN_COLUMNS[setting],
    writeOwnSetting(setting, plan.settings),
  ]);
  const rows = expandCells(plan).ads.map((ad): Partial<Record<SheetColumn, string>> => {
    const { campaign, adSet, name } = ad.adSet;
    const budget = budgetLevel === 'campaign' ? campaign.dailyBudgetMinor : adSet.dailyBudgetMinor;
    return {
      item_path: ad.path,
      campaign: campaign.name,
      ad_set: name,
      daily_budget: budget === null ? '' : formatDecimal(BigInt(budget), currency),
      country: adSet.countries?.join(', ') ?? '',
      age_min: textOf(adSet.ageMin),
      age_max: textOf(adSet.ageMax),
      concept: ad.concept.name,
      hook: ad.concept.hook ?? '',
      creator: ad.concept.creator ?? '',
      lang: ad.concept.lang ?? '',
      copy: '',
      headline: ad.copySet.headline,
      primary_text: ad.copySet.primaryText,
      description: ad.copySet.description,
      link: ad.copySet.link ?? '',
      cta: ad.copySet.callToAction ?? '',
      media: ad.media?.fileName ?? '',
      thumbnail: ad.thumbnail?.fileName ?? '',
      variant: '',
      ratio: '',
      ad_name: naming.ad,
      ...furtherTexts(ad.copySet),
      ...Object.fromEntries(own),
    };
  });
  // Columns that few plans have a use for are there when this one has.
  const others = [...REPEATED_TEXTS.flatMap(furtherColumns), ...own.map(([column]) => column)];
  const columns: SheetColumn[] = [...SHEET_COLUMNS, ...others.filter((column) => rows.some((row) => (row[column] ?? '') !== ''))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
}

function furtherTexts({ moreHeadlines, morePrimaryTexts, moreDescriptions }: PlanCopySet): Partial<Record<SheetColumn, string>> {
  const more = { headline: moreHeadlines, primary_text: morePrimaryTexts, description: moreDescriptions };
  return Object.fromEntries(
    REPEATED_TEXTS.flatMap((text) => furtherColumns(text).map((column, i): [string, string] => [column, more[text][i] ?? ''])),
  );
}

/** Header and one example row, for people who start from nothing: what ads of this platform and goal are made of. */
export function templateSheet(plan: Pick<Plan, 'platform' | 'settings'>): string[][] {
  const shape = adShape(plan);
  const files: readonly SheetColumn[] = ['media', 'thumbnail', 'variant', 'ratio'];
  const columns = SHEET_COLUMNS.filter(
    (column) =>
      column !== 'item_path' &&
      !(isWordsOnly(plan) && files.includes(column)) &&
      !(column === 'country' && goalOf(plan)?.ofCampaign?.includes('countries') === true),
  );
  // One primary text, one description and as many headlines as an ad cannot do without.
  const headlines = furtherColumns('headline').slice(0, Math.max(0, (shape?.headlines.least ?? 1) - 1));
  const own = fieldsAsked(plan.platform, goalOf(plan)?.needs ?? []).map(({ setting }) => OWN_COLUMNS[setting]);
  return [
    [...columns, ...headlines, ...own],
    [
      ...columns.map((column) => COLUMN_INFO[column].example),
      ...headlines.map((_, i) => FURTHER_EXAMPLES[i] ?? ''),
      ...own.map((column) => COLUMN_INFO[column].example),
    ],
  ];
}
const FURTHER_EXAMPLES = ['Leads that answer', 'Free for 14 days'];

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
