import { isWordsOnly } from '../ad-shape.ts';
import {
  DEFAULT_KEY,
  type ExpandMode,
  type Plan,
  type PlanAdSet,
  type PlanCampaign,
  type PlanConcept,
  type PlanCopySet,
  type PlanExclusion,
  type PlanMedia,
  type PlanRow,
} from '../launch-plan.ts';
import type { SheetColumn } from './columns.ts';
import type { SheetCopy, SheetRow } from './read-row.ts';

export type DraftBase = Pick<Plan, 'version' | 'platform' | 'accountId' | 'name' | 'settings' | 'n'>;

/** Rows to a plan. Reports what only shows when rows are laid side by side: contradictions, repeats, missing texts. */
export function buildDraft(rows: readonly SheetRow[], base: DraftBase, mode: ExpandMode): Plan {
  const axes = layRows(rows, base.settings.budgetLevel === 'campaign');
  reportMissingTexts(rows, axes);
  const used = rows.filter((row): row is UsedRow => row.adSet !== null && row.concept !== null);
  if (mode === 'zip') reportRepeats(used, isWordsOnly(base));
  const { naming } = base.settings;
  const plan: Plan = {
    ...base,
    settings: { ...base.settings, naming: { ...naming, ad: axes.adName?.value ?? naming.ad } },
    mode,
    campaigns: valuesOf(axes.campaigns),
    adSets: valuesOf(axes.adSets),
    concepts: valuesOf(axes.concepts),
    copySets: valuesOf(axes.copySets),
    media: [...axes.media.values()],
    rows: mode === 'zip' ? used.map(planRow) : [],
    exclusions: [],
    duplicatesReason: null,
  };
  return { ...plan, exclusions: mode === 'zip' ? missingCells(used, plan) : missingRatios(rows, plan) };
}

type UsedRow = SheetRow & { adSet: NonNullable<SheetRow['adSet']>; concept: NonNullable<SheetRow['concept']> };

/** A value with the row that said it first. */
interface Entry<T> {
  value: T;
  row: number;
}
interface Axes {
  campaigns: Map<string, Entry<PlanCampaign>>;
  adSets: Map<string, Entry<PlanAdSet>>;
  concepts: Map<string, Entry<PlanConcept>>;
  copySets: Map<string, Entry<PlanCopySet>>;
  media: Map<string, PlanMedia>;
  adName: Entry<string> | null;
}

/** What all rows together say about each campaign, ad set, concept, text and file. */
function layRows(rows: readonly SheetRow[], onCampaign: boolean): Axes {
  const axes: Axes = { campaigns: new Map(), adSets: new Map(), concepts: new Map(), copySets: new Map(), media: new Map(), adName: null };
  for (const row of rows) {
    const { campaign, adSet, concept, copy, countries, ageMin, ageMax, hook, creator, lang } = row;
    const [campaignBudget, adSetBudget] = onCampaign ? [row.dailyBudgetMinor, null] : [null, row.dailyBudgetMinor];
    lay(CAMPAIGN, axes.campaigns, campaign.key, row, { key: campaign.key, name: campaign.name, dailyBudgetMinor: campaignBudget });
    if (adSet !== null)
      lay(AD_SET, axes.adSets, `${campaign.key}/${adSet.key}`, row, {
        key: adSet.key,
        name: adSet.name,
        campaignKey: campaign.key,
        dailyBudgetMinor: adSetBudget,
        countries,
        ageMin,
        ageMax,
        optimizationGoal: null,
      });
    if (concept !== null) lay(CONCEPT, axes.concepts, concept.key, row, { key: concept.key, name: concept.name, hook, creator, lang });
    if (copy !== null) layCopy(axes.copySets, concept?.key ?? null, copy, row);
    for (const file of row.media) layMedia(axes.media, file, row);
    if (row.adName === null) continue;
    axes.adName ??= { value: row.adName, row: row.row };
    if (axes.adName.value !== row.adName) contradiction(row, 'ad_name', 'The name template', axes.adName.row);
  }
  return axes;
}

/** How an axis is called in a finding, and in which column each of its fields stands. */
interface Axis<T> {
  what: string;
  columns: readonly (readonly [keyof T, SheetColumn])[];
}
const CAMPAIGN: Axis<PlanCampaign> = {
  what: 'Campaign',
  columns: [
    ['name', 'campaign'],
    ['dailyBudgetMinor', 'daily_budget'],
  ],
};
const AD_SET: Axis<PlanAdSet> = {
  what: 'Ad set',
  columns: [
    ['name', 'ad_set'],
    ['dailyBudgetMinor', 'daily_budget'],
    ['countries', 'country'],
    ['ageMin', 'age_min'],
    ['ageMax', 'age_max'],
  ],
};
const CONCEPT: Axis<PlanConcept> = {
  what: 'Concept',
  columns: [
    ['name', 'concept'],
    ['hook', 'hook'],
    ['creator', 'creator'],
    ['lang', 'lang'],
  ],
};

/** Adds a row's word about one axis entry; an empty cell says nothing, two different values are a contradiction. */
function lay<T extends { key: string; name: string }>(
  { what, columns }: Axis<T>,
  entries: Map<string, Entry<T>>,
  id: string,
  row: SheetRow,
  next: T,
): void {
  const known = entries.get(id);
  if (known === undefined) {
    entries.set(id, { value: next, row: row.row });
    return;
  }
  for (const [field, column] of columns) {
    if (next[field] === null || next[field] === known.value[field]) continue;
    if (known.value[field] === null) known.value = { ...known.value, [field]: next[field] };
    else if (String(known.value[field]) !== String(next[field])) contradiction(row, column, `${what} "${known.value.name}"`, known.row);
  }
}

function reportMissingTexts(rows: readonly SheetRow[], { copySets }: Axes): void {
  const withText = new Set(valuesOf(copySets).map((copy) => copy.conceptKey));
  if (withText.has(null)) return;
  for (const { concept, copy, report } of rows) {
    if (concept === null || copy !== null || withText.has(concept.key)) continue;
    report.error('headline', 'REQUIRED', `Concept "${concept.name}" has no text in any row.`, 'Write a headline and a primary text.', {
      concept: concept.key,
    });
  }
}

function contradiction(row: SheetRow, column: SheetColumn, what: string, otherRow: number): void {
  row.report.error(
    column,
    'CONTRADICTION',
    `${what} has another ${column.replaceAll('_', ' ')} in row ${otherRow}.`,
    'Write the same in both rows, or leave one empty.',
    { otherRow },
  );
}

function layCopy(copySets: Map<string, Entry<PlanCopySet>>, conceptKey: string | null, copy: SheetCopy, row: SheetRow): void {
  const id = `${conceptKey ?? ''}/${copy.key}`;
  const known = copySets.get(id);
  if (known === undefined) {
    const { named: _, ...texts } = copy;
    copySets.set(id, {
      value: { ...texts, conceptKey },
      row: row.row,
    });
  } else if (!sameTexts(copy, known.value)) {
    const fix = copy.named
      ? 'Write the same text in both rows, or give this one another name in "copy".'
      : 'Add a column "copy" and give each text a name.';
    row.report.error(
      'copy',
      'COPY_NAME_NEEDED',
      `Row ${known.row} has another text for the same concept, and both have the same name.`,
      fix,
      { otherRow: known.row },
    );
  }
}

/** Two texts of one name say the same. */
function sameTexts(a: Omit<SheetCopy, 'named'>, b: Omit<SheetCopy, 'named'>): boolean {
  return (
    a.headline === b.headline &&
    a.primaryText === b.primaryText &&
    a.description === b.description &&
    a.link === b.link &&
    a.callToAction === b.callToAction &&
    sameList(a.moreHeadlines, b.moreHeadlines) &&
    sameList(a.morePrimaryTexts, b.morePrimaryTexts) &&
    sameList(a.moreDescriptions, b.moreDescriptions)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

function layMedia(media: Map<string, PlanMedia>, file: PlanMedia, row: SheetRow): void {
  const slot = `${file.role}/${file.conceptKey}/${file.variantKey}/${file.ratio}`;
  const known = media.get(slot);
  if (known === undefined) media.set(slot, file);
  else if (known.mediaKey !== file.mediaKey) {
    row.report.error(
      'media',
      'MEDIA_CONFLICT',
      `"${known.fileName}" already is the ${file.ratio} of this concept.`,
      'Give this row another concept, or a name in "variant".',
      { file: file.fileName, other: known.fileName },
    );
  }
}

function reportRepeats(rows: readonly UsedRow[], wordsOnly: boolean): void {
  const first = new Map<string, { row: number; copy: SheetCopy | null }>();
  for (const row of rows) {
    let reported = false; // one finding per row, however many ratios repeat
    for (const slot of wordsOnly ? [[]] : slotsOf(row)) {
      const path = [row.campaign.key, row.adSet.key, row.concept.key, ...slot, row.copy?.key ?? '']
        .filter((part) => part !== '' && part !== DEFAULT_KEY)
        .join('/');
      const known = first.get(path);
      if (known === undefined) first.set(path, { row: row.row, copy: row.copy });
      // Another text under the same name was reported as COPY_NAME_NEEDED: one finding is enough.
      else if (!reported && sameCopy(known.copy, row.copy)) {
        reported = true;
        row.report.error(
          'item_path',
          'DUPLICATE_ITEM_PATH',
          `This is the same ad as row ${known.row}: ${path}.`,
          'Remove one of the rows.',
          { path, otherRow: known.row },
        );
      }
    }
  }
}

/** Where in its concept each ad of a row stands. */
const slotsOf = ({ media }: UsedRow): string[][] =>
  media.filter((entry) => entry.role === 'main').map((file) => [file.variantKey, file.ratio]);

function sameCopy(a: SheetCopy | null, b: SheetCopy | null): boolean {
  if (a === null || b === null) return a === b;
  return a.key === b.key && a.named === b.named && sameTexts(a, b);
}

function planRow(row: UsedRow): PlanRow {
  return { campaignKey: row.campaign.key, adSetKey: row.adSet.key, conceptKey: row.concept.key, copySetKey: row.copy?.key ?? null };
}

/** A row makes the ads of its own media; the concept's other media are crossed out in that cell. */
function missingCells(rows: readonly UsedRow[], plan: Plan): PlanExclusion[] {
  const wanted = new Map<string, { row: PlanRow; slots: Set<string> }>();
  for (const row of rows) {
    const cell = planRow(row);
    // No key holds a slash or a star.
    const id = `${cell.campaignKey}/${cell.adSetKey}/${cell.conceptKey}/${cell.copySetKey ?? '*'}`;
    const entry = wanted.get(id) ?? { row: cell, slots: new Set<string>() };
    wanted.set(id, entry);
    for (const file of row.media) if (file.role === 'main') entry.slots.add(slotOf(file));
  }
  const main = mainMedia(plan);
  return [...wanted.values()].flatMap(({ row, slots }) =>
    (main.get(row.conceptKey) ?? [])
      .filter((file) => !slots.has(slotOf(file)))
      .map((file) => ({ ...row, variantKey: file.variantKey, ratio: file.ratio })),
  );
}

/** Where rows are axes and not ads, a ratio asked for by every row of a concept leaves out its others everywhere. */
function missingRatios(rows: readonly SheetRow[], plan: Plan): PlanExclusion[] {
  const slotsOf = new Map<string, Set<string>>();
  for (const { concept, media } of rows) {
    if (concept === null) continue;
    const slots = slotsOf.get(concept.key) ?? new Set<string>();
    slotsOf.set(concept.key, slots);
    for (const file of media) slots.add(slotOf(file));
  }
  const main = mainMedia(plan);
  return plan.concepts.flatMap((concept) =>
    (main.get(concept.key) ?? [])
      .filter((file) => slotsOf.get(concept.key)?.has(slotOf(file)) !== true)
      .map((file): PlanExclusion => ({
        campaignKey: null,
        adSetKey: null,
        conceptKey: concept.key,
        variantKey: file.variantKey,
        ratio: file.ratio,
        copySetKey: null,
      })),
  );
}

const slotOf = ({ variantKey, ratio }: PlanMedia): string => `${variantKey}/${ratio}`;

/** Main media of each concept. */
function mainMedia(plan: Plan): Map<string, PlanMedia[]> {
  const byConcept = new Map<string, PlanMedia[]>();
  for (const file of plan.media) {
    if (file.role !== 'main') continue;
    const files = byConcept.get(file.conceptKey);
    if (files === undefined) byConcept.set(file.conceptKey, [file]);
    else files.push(file);
  }
  return byConcept;
}

function valuesOf<T>(axis: ReadonlyMap<string, Entry<T>>): T[] {
  return [...axis.values()].map((entry) => entry.value);
}
