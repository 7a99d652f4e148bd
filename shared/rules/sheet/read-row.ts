import { adShape } from '../ad-shape.ts';
import { keyFromName } from '../keys.ts';
import type { AdPlatformId } from '../ad-platforms/index.ts';
import type { CallToAction, TextField } from '../ad-platforms/platform-rules.ts';
import { DEFAULT_KEY, type PlanMedia, type PlanSettings } from '../launch-plan.ts';
import { parseTemplate } from '../names.ts';
import { checkText, showsText } from '../text-limits.ts';
import { addsTwice, linkFault } from '../utm.ts';
import { furtherColumns, type RepeatedText, type SheetColumn } from './columns.ts';
import { findMedia, type MediaShelf } from './find-media.ts';
import { type AdPath, readAdPath } from './item-path.ts';
import { readAge, readBudget, readCallToAction, readCountries, readRatios, refuseTokens } from './read-cells.ts';
import type { RowReport } from './row-problem.ts';

export interface Named {
  key: string;
  name: string;
}

export interface SheetCopy {
  key: string;
  /** The row names its text in the copy column or by its item path. */
  named: boolean;
  headline: string;
  primaryText: string;
  description: string;
  moreHeadlines: string[];
  morePrimaryTexts: string[];
  moreDescriptions: string[];
  link: string | null;
  callToAction: CallToAction | null;
}

/** One row, read and checked by itself; what it means for the plan is decided in build-draft.ts. */
export interface SheetRow {
  row: number;
  report: RowReport;
  path: AdPath | null;
  campaign: Named;
  adSet: Named | null;
  dailyBudgetMinor: number | null;
  countries: string[] | null;
  ageMin: number | null;
  ageMax: number | null;
  concept: Named | null;
  hook: string | null;
  creator: string | null;
  lang: string | null;
  copy: SheetCopy | null;
  media: PlanMedia[];
  adName: string | null;
}

export interface RowContext {
  platform: AdPlatformId;
  launchName: string;
  settings: PlanSettings;
  shelf: MediaShelf;
  /** Ads without files. */
  wordsOnly: boolean;
}

/** @param cell text of a column in this row, trimmed; "" when the column or the value is missing */
export function readRow(row: number, cell: (column: SheetColumn) => string, context: RowContext, report: RowReport): SheetRow {
  const path = readPath(cell('item_path'), context.wordsOnly, report);
  const campaign = named(cell('campaign') || context.launchName, path?.campaignKey, 'campaign', report) ?? {
    key: DEFAULT_KEY,
    name: context.launchName,
  };
  const adSet = named(cell('ad_set'), path?.adSetKey, 'ad_set', report);
  const conceptCell = cell('concept') || conceptOfMedia(cell('media'), context.shelf);
  const concept = named(conceptCell, path?.conceptKey, 'concept', report);
  const ageMin = readAge(cell('age_min'), 'age_min', report);
  const ageMax = readAge(cell('age_max'), 'age_max', report);
  if (ageMin !== null && ageMax !== null && ageMin > ageMax)
    report.error('age_min', 'BAD_AGE', `The youngest age (${ageMin}) is above the oldest (${ageMax}).`, 'Swap them.', {
      min: ageMin,
      max: ageMax,
    });
  const ratios = readRatios(cell('ratio'), report);
  return {
    row,
    report,
    path,
    campaign,
    adSet,
    concept,
    ageMin,
    ageMax,
    dailyBudgetMinor: readBudget(cell('daily_budget'), context.settings.currency, report),
    countries: readCountries(cell('country'), report),
    hook: orNull(cell('hook')),
    creator: orNull(cell('creator')),
    lang: orNull(cell('lang')),
    copy: readCopy(cell, path, context, report),
    media:
      concept === null || context.wordsOnly
        ? []
        : findMedia(
            { media: cell('media'), thumbnail: cell('thumbnail'), variant: cell('variant'), ratios, path, conceptKey: concept.key },
            context.shelf,
            report,
          ),
    adName: readAdName(cell('ad_name'), report),
  };
}

function readPath(text: string, wordsOnly: boolean, report: RowReport): AdPath | null {
  if (text === '') return null;
  const path = readAdPath(text, wordsOnly);
  if (path === null)
    report.error(
      'item_path',
      'BAD_ITEM_PATH',
      `"${text}" is not an item path.`,
      'Restore the path from the export, or empty the cell to make a new ad.',
      { value: text },
    );
  return path;
}

function named(name: string, key: string | undefined, column: SheetColumn, report: RowReport): Named | null {
  if (name === '') return key === undefined ? null : { key, name: key };
  refuseTokens(name, column, report);
  const made = key ?? keyFromName(name);
  if (made !== '') return { key: made, name };
  report.error(column, 'BAD_NAME', `"${name}" has no letter or digit.`, 'Use a name with letters or digits.', { value: name });
  return null;
}

/** A row that names only files belongs to the concept of its first file. */
function conceptOfMedia(cell: string, shelf: MediaShelf): string {
  const first = (cell.split(/[;\n]/)[0] ?? '').trim();
  const file = shelf.byName.get(first.toLowerCase());
  if (file !== undefined) return file.conceptKey.replaceAll('-', ' ');
  return /\.[a-z0-9]{2,5}$/i.test(first) ? first.replace(/\.[a-z0-9]{2,5}$/i, '') : first;
}

const TEXT_COLUMNS: readonly (readonly [TextField, RepeatedText])[] = [
  ['headline', 'headline'],
  ['primaryText', 'primary_text'],
  ['description', 'description'],
];

function readCopy(cell: (column: SheetColumn) => string, path: AdPath | null, context: RowContext, report: RowReport): SheetCopy | null {
  const link = cell('link');
  if (link !== '') checkRowLink(link, context.settings, report);
  const callToAction = readCallToAction(cell('cta'), context.platform, report);
  if (TEXT_COLUMNS.every(([, column]) => cell(column) === '')) return null;
  for (const [field, column] of TEXT_COLUMNS) {
    if (cell(column) === '' && field !== 'description' && showsText(context.platform, field))
      report.error(column, 'REQUIRED', `The ${column.replace('_', ' ')} is empty.`, `Write a ${column.replace('_', ' ')}.`);
    for (const one of [column, ...furtherColumns(column)]) checkCell(field, one, cell(one), context, report);
  }
  const further = (column: RepeatedText): string[] =>
    furtherColumns(column)
      .map(cell)
      .filter((text) => text !== '');
  if (link === '' && context.settings.linkUrl === null && context.settings.leadFormId === null)
    report.error('link', 'REQUIRED', 'The link is empty.', 'Write a link, or set one for all ads.');
  const name = cell('copy');
  const key = path?.copySetKey ?? (name === '' ? DEFAULT_KEY : keyFromName(name) || DEFAULT_KEY);
  return {
    key,
    named: path !== null || name !== '',
    headline: cell('headline'),
    primaryText: cell('primary_text'),
    description: cell('description'),
    moreHeadlines: further('headline'),
    morePrimaryTexts: further('primary_text'),
    moreDescriptions: further('description'),
    link: orNull(link),
    callToAction,
  };
}

/** One text as it stands in its cell, measured where ads of this plan show it. */
function checkCell(field: TextField, column: SheetColumn, text: string, { platform, settings }: RowContext, report: RowReport): void {
  if (text === '') return;
  refuseTokens(text, column, report);
  const placement = adShape({ platform, settings })?.placement;
  for (const { severity, length, limit, preview } of checkText(platform, field, text, placement === undefined ? undefined : [placement])) {
    if (severity === 'error')
      report.error(column, 'TEXT_TOO_LONG', `${length} characters; at most ${limit} are accepted.`, `Shorten it by ${length - limit}.`, {
        length,
        limit,
      });
    else
      report.warning(
        column,
        'TEXT_CUT',
        `${length} characters; readers see about ${limit}: "${preview}…".`,
        'Put what matters first, or shorten it.',
        { length, limit },
      );
  }
}

function checkRowLink(link: string, settings: PlanSettings, report: RowReport): void {
  const fault = linkFault(link);
  if (fault !== null)
    report.error('link', fault, `"${link}" cannot be used as a link.`, 'Write a full address that starts with https://.', { value: link });
  else {
    const twice = addsTwice(link, settings.utm);
    if (twice.length > 0)
      report.error(
        'link',
        'DUPLICATE_KEY',
        `The link already carries ${twice.join(', ')}.`,
        'Remove it from the link or from the link parameters.',
        { keys: twice.join(', ') },
      );
  }
  refuseTokens(link, 'link', report);
}

function readAdName(template: string, report: RowReport): string | null {
  for (const token of parseTemplate(template).unknown)
    report.error('ad_name', 'UNKNOWN_TOKEN', `The name template has no token ${token}.`, 'Use a token from the list, or remove it.', {
      token,
    });
  return orNull(template);
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
