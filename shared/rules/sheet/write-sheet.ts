import { expandCells } from '../expand-cells.ts';
import type { Plan } from '../launch-plan.ts';
import { formatDecimal } from '../money.ts';
import { normalisePlan } from '../normalise-plan.ts';
import { COLUMN_INFO, SHEET_COLUMNS, type SheetColumn } from './columns.ts';

/**
 * A plan as spreadsheet rows, one per ad, each with its item path: reading them back gives the same items, whatever the order the
 * rows come back in. Settings do not travel in the sheet.
 */
export function writeSheet(input: Plan): string[][] {
  const plan = normalisePlan(input);
  const { currency, budgetLevel, naming } = plan.settings;
  const rows = expandCells(plan).ads.map((ad): Record<SheetColumn, string> => {
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
    };
  });
  return [[...SHEET_COLUMNS], ...rows.map((row) => SHEET_COLUMNS.map((column) => row[column]))];
}

/** Header and one example row, for people who start from nothing. */
export function templateSheet(): string[][] {
  const columns = SHEET_COLUMNS.filter((column) => column !== 'item_path');
  return [columns, columns.map((column) => COLUMN_INFO[column].example)];
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
