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
  const campaigns = new Map<string, Entry<PlanCampaign>>();
  const adSets = new Map<string, Entry<PlanAdSet>>();
  const concepts = new Map<string, Entry<PlanConcept>>();
  const copySets = new Map<string, Entry<PlanCopySet>>();
  const media = new Map<string, PlanMedia>();
  const settings = { ...base.settings, naming: { ...base.settings.naming } };
  const onCampaign = settings.budgetLevel === 'campaign';
  let adName: Entry<{ template: string }> | null = null;

  for (const row of rows) {
    const { campaign, adSet, concept, copy } = row;
    lay(
      campaigns,
      campaign.key,
      row,
      'campaign',
      { key: campaign.key, name: campaign.name, dailyBudgetMinor: onCampaign ? row.dailyBudgetMinor : null },
      CAMPAIGN_COLUMNS,
    );
    if (adSet !== null) {
      const { countries, ageMin, ageMax } = row;
      const dailyBudgetMinor = onCampaign ? null : row.dailyBudgetMinor;
      lay(
        adSets,
        `${campaign.key}/${adSet.key}`,
        row,
        'ad_set',
        {
          key: adSet.key,
          campaignKey: campaign.key,
          name: adSet.name,
          dailyBudgetMinor,
          countries,
          ageMin,
          ageMax,
          optimizationGoal: null,
        },
        AD_SET_COLUMNS,
      );
    }
    if (concept !== null)
      lay(
        concepts,
        concept.key,
        row,
        'concept',
        { key: concept.key, name: concept.name, hook: row.hook, creator: row.creator, lang: row.lang },
        CONCEPT_COLUMNS,
      );
    if (copy !== null) layCopy(copySets, concept?.key ?? null, copy, row);
    for (const file of row.media) layMedia(media, file, row);
    if (row.adName !== null) {
      if (adName === null) adName = { value: { template: row.adName }, row: row.row };
      else if (adName.value.template !== row.adName) contradiction(row, 'ad_name', 'The name template', adName.row);
      settings.naming.ad = adName.value.template;
    }
  }

  const used = rows.flatMap((row): UsedRow[] =>
    row.adSet === null || row.concept === null ? [] : [{ ...row, adSet: row.adSet, concept: row.concept }],
  );
  const texts = new Set([...copySets.values()].map((entry) => entry.value.conceptKey));
  for (const row of rows) {
    if (row.concept === null || row.copy !== null || texts.has(row.concept.key) || texts.has(null)) continue;
    row.report.error(
      'headline',
      'REQUIRED',
      `Concept "${row.concept.name}" has no text in any row.`,
      'Write a headline and a primary text.',
      { concept: row.concept.key },
    );
  }
  if (mode === 'zip') reportRepeats(used);
  const plan: Plan = {
    ...base,
    settings,
    mode,
    campaigns: valuesOf(campaigns),
    adSets: valuesOf(adSets),
    concepts: valuesOf(concepts),
    copySets: valuesOf(copySets),
    media: [...media.values()],
    rows: mode === 'zip' ? used.map(planRow) : [],
    exclusions: [],
  };
  return { ...plan, exclusions: mode === 'zip' ? missingCells(used, plan) : missingRatios(rows, plan) };
}

type UsedRow = SheetRow & { adSet: NonNullable<SheetRow['adSet']>; concept: NonNullable<SheetRow['concept']> };

interface Entry<T> {
  value: T;
  row: number;
}

const CAMPAIGN_COLUMNS = { name: 'campaign', dailyBudgetMinor: 'daily_budget' } as const;
const AD_SET_COLUMNS = {
  name: 'ad_set',
  dailyBudgetMinor: 'daily_budget',
  countries: 'country',
  ageMin: 'age_min',
  ageMax: 'age_max',
} as const;
const CONCEPT_COLUMNS = { name: 'concept', hook: 'hook', creator: 'creator', lang: 'lang' } as const;

/** Adds a row's word about one axis entry; an empty cell says nothing, two different values are a contradiction. */
function lay<T extends { key: string; name: string }>(
  axis: Map<string, Entry<T>>,
  id: string,
  row: SheetRow,
  what: SheetColumn,
  next: T,
  columns: Partial<Record<keyof T, SheetColumn>>,
): void {
  const known = axis.get(id);
  if (known === undefined) {
    axis.set(id, { value: next, row: row.row });
    return;
  }
  for (const [field, column] of Object.entries(columns) as [keyof T, SheetColumn][]) {
    if (known.value[field] === null) known.value = { ...known.value, [field]: next[field] };
    else if (next[field] !== null && String(known.value[field]) !== String(next[field]))
      contradiction(
        row,
        column,
        `${what === 'ad_set' ? 'Ad set' : what === 'campaign' ? 'Campaign' : 'Concept'} "${known.value.name}"`,
        known.row,
      );
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
  const { named: _, ...texts } = copy;
  const id = `${conceptKey ?? ''}/${copy.key}`;
  const known = copySets.get(id);
  if (known === undefined) copySets.set(id, { value: { ...texts, conceptKey }, row: row.row });
  else if (JSON.stringify({ ...texts, conceptKey }) !== JSON.stringify(known.value)) {
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

function reportRepeats(rows: readonly UsedRow[]): void {
  const first = new Map<string, { row: number; text: string }>();
  for (const row of rows) {
    const text = JSON.stringify(row.copy);
    let reported = false; // one finding per row, however many ratios repeat
    for (const file of row.media.filter((entry) => entry.role === 'main')) {
      const path = [row.campaign.key, row.adSet.key, row.concept.key, file.variantKey, file.ratio, row.copy?.key ?? '']
        .filter((part) => part !== '' && part !== DEFAULT_KEY)
        .join('/');
      const known = first.get(path);
      if (known === undefined) first.set(path, { row: row.row, text });
      // Another text under the same name was reported as COPY_NAME_NEEDED: one finding is enough.
      else if (known.text === text && !reported) {
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

function planRow(row: UsedRow): PlanRow {
  return { campaignKey: row.campaign.key, adSetKey: row.adSet.key, conceptKey: row.concept.key, copySetKey: row.copy?.key ?? null };
}

/** A row makes the ads of its own media; the concept's other media are crossed out in that cell. */
function missingCells(rows: readonly UsedRow[], plan: Plan): PlanExclusion[] {
  const wanted = new Map<string, { row: PlanRow; slots: Set<string> }>();
  for (const row of rows) {
    const cell = planRow(row);
    const id = JSON.stringify(cell);
    const entry = wanted.get(id) ?? { row: cell, slots: new Set<string>() };
    wanted.set(id, entry);
    for (const file of row.media) if (file.role === 'main') entry.slots.add(`${file.variantKey}/${file.ratio}`);
  }
  return [...wanted.values()].flatMap(({ row, slots }) =>
    mainMedia(plan, row.conceptKey)
      .filter((file) => !slots.has(`${file.variantKey}/${file.ratio}`))
      .map((file) => ({ ...row, variantKey: file.variantKey, ratio: file.ratio })),
  );
}

/** Where rows are axes and not ads, a ratio asked for by every row of a concept leaves out its others everywhere. */
function missingRatios(rows: readonly SheetRow[], plan: Plan): PlanExclusion[] {
  return plan.concepts.flatMap((concept) => {
    const slots = new Set(
      rows.filter((row) => row.concept?.key === concept.key).flatMap((row) => row.media.map((file) => `${file.variantKey}/${file.ratio}`)),
    );
    return mainMedia(plan, concept.key)
      .filter((file) => !slots.has(`${file.variantKey}/${file.ratio}`))
      .map((file): PlanExclusion => ({
        campaignKey: null,
        adSetKey: null,
        conceptKey: concept.key,
        variantKey: file.variantKey,
        ratio: file.ratio,
        copySetKey: null,
      }));
  });
}

function mainMedia(plan: Plan, conceptKey: string): PlanMedia[] {
  return plan.media.filter((file) => file.role === 'main' && file.conceptKey === conceptKey);
}

function valuesOf<T>(axis: ReadonlyMap<string, Entry<T>>): T[] {
  return [...axis.values()].map((entry) => entry.value);
}
