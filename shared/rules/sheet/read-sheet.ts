import { isWordsOnly } from '../ad-shape.ts';
import { checkPlan } from '../check-plan.ts';
import { expandPlan } from '../expand-plan.ts';
import type { AdPlatformId } from '../ad-platforms/index.ts';
import type { ExpandMode, Plan, PlanMedia, PlanSettings } from '../launch-plan.ts';
import { hasErrors } from '../plan-problem.ts';
import type { PlanProblem } from '../planned-item.ts';
import { buildDraft } from './build-draft.ts';
import type { SheetColumn } from './columns.ts';
import { shelve } from './find-media.ts';
import { readHeader } from './read-header.ts';
import { readOwnColumns } from './read-own-columns.ts';
import { readRow, type RowContext, type SheetRow } from './read-row.ts';
import { reportFor, type RowProblem, type RowReport } from './row-problem.ts';

export interface SheetContext {
  platform: AdPlatformId;
  accountId: string;
  /** Name of the launch; also the campaign of rows that name none. */
  name: string;
  settings: PlanSettings;
  /** The folder's media as media-grouping.ts grouped them. */
  media: readonly PlanMedia[];
  /**
   * auto: when rows hold an ad set and a concept together, each row is what it says (zip); when no row holds both, rows only
   * list ad sets and concepts and everything is combined with everything (all).
   */
  mode: ExpandMode | 'auto';
  n: number | null;
}

export interface SheetResult {
  /** Complete as far as the rows allow; send it only when `ok`. */
  draft: Plan;
  /** By row, then column. */
  problems: RowProblem[];
  /** Findings about settings and about the whole, which belong to no row. */
  planProblems: PlanProblem[];
  /** No error anywhere. */
  ok: boolean;
  rowsRead: number;
  /** Files that no row uses. */
  unusedMedia: string[];
}

export const SHEET_ROW_LIMIT = 5_000;

/**
 * Rows of a spreadsheet (header first, as text) to a draft plan, with every finding at once. Pure; parsing bytes is done in
 * shared/sheets. The order of rows changes nothing about the items made.
 */
export function readSheet(rows: readonly (readonly string[])[], context: SheetContext): SheetResult {
  const { draft, problems, rowsRead } = draftOfSheet(rows, context);
  // Texts, links and budgets of rows were judged where they stand; repeating them by plan address would only double the list.
  const settingsProblems = checkPlan(draft).filter(isOfWholePlan);
  const planProblems = [...settingsProblems, ...(hasErrors(problems) ? [] : expandPlan(draft).problems)];
  const used = new Set(draft.media.map((file) => file.fileName));
  const unusedMedia = context.media.map((file) => file.fileName).filter((fileName) => !used.has(fileName));
  return { draft, problems, planProblems, ok: !hasErrors(problems) && !hasErrors(planProblems), rowsRead, unusedMedia };
}

/** What can be said of a sheet before its plan is checked and expanded. */
export interface SheetDraft {
  draft: Plan;
  /** By row, then column. */
  problems: RowProblem[];
  rowsRead: number;
}

/**
 * Rows read before, by the very list of cells they were read from: whoever changes one cell of thousands reads one row. Good for one
 * header and one context; what a row says of its neighbours is found anew each time.
 */
export interface RowMemory {
  /** The settings that the rows were read under: columns of a sheet may decide some of them. */
  under: string;
  rows: WeakMap<readonly string[], { read: SheetRow; problems: readonly RowProblem[] }>;
}

export const emptyRowMemory = (): RowMemory => ({ under: '', rows: new WeakMap() });

/** The same without checking the whole, for whoever changes the draft first. */
export function draftOfSheet(
  rows: readonly (readonly string[])[],
  context: SheetContext,
  memory: RowMemory = emptyRowMemory(),
): SheetDraft {
  const header = readHeader(rows[0] ?? [], context.platform);
  const problems = [...header.problems];
  const shelf = shelve(context.media);
  const filled: { row: number; cells: readonly string[]; cell: (column: SheetColumn) => string; report: RowReport }[] = [];
  rows.slice(1).forEach((cells, i) => {
    const row = i + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    if (filled.length === SHEET_ROW_LIMIT) {
      if (!problems.some((problem) => problem.code === 'TOO_MANY_ROWS'))
        reportFor(row, problems).error(
          null,
          'TOO_MANY_ROWS',
          `A sheet may have ${SHEET_ROW_LIMIT} rows.`,
          'Split it into several launches.',
          { limit: SHEET_ROW_LIMIT },
        );
      return;
    }
    const cell = (column: SheetColumn): string => {
      const position = header.positions.get(column);
      return position === undefined ? '' : (cells[position] ?? '').trim();
    };
    filled.push({ row, cells, cell, report: reportFor(row, problems) });
  });
  const { platform, accountId, name, n } = context;
  const settings = readOwnColumns(filled, platform, context.settings);
  const rowContext = { platform, launchName: name, settings, shelf, wordsOnly: isWordsOnly({ platform, settings }) };
  const under = JSON.stringify(settings);
  if (memory.under !== under) Object.assign(memory, emptyRowMemory(), { under });
  const read = filled.map(({ row, cells, cell, report }): SheetRow => {
    const found = memory.rows.get(cells) ?? readOne(row, cell, rowContext);
    memory.rows.set(cells, found);
    for (const problem of found.problems) problems.push(problem.row === row ? problem : { ...problem, row });
    return { ...found.read, row, report };
  });
  if (read.length === 0) reportFor(2, problems).error(null, 'NO_ROWS', 'The sheet has no rows.', 'Write one row per ad set and concept.');

  const mode = context.mode === 'auto' ? guessMode(read) : context.mode;
  if (mode === 'zip') reportGaps(read, header.positions);
  const draft = buildDraft(read, { version: 1, platform, accountId, name, settings, n }, mode);
  problems.sort((a, b) => a.row - b.row || ((a.column ?? '') < (b.column ?? '') ? -1 : 1));

  return { draft, problems, rowsRead: read.length };
}

/** A row as it stands alone. The report it was read with is done with: neighbours report through one of their own. */
function readOne(row: number, cell: (column: SheetColumn) => string, context: RowContext): { read: SheetRow; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  return { read: readRow(row, cell, context, reportFor(row, problems)), problems };
}

/** What only shows when a text set, a file or an ad set is held against its goal and platform as a whole. */
const OF_SEVERAL_ROWS = new Set(['TEXT_COUNT', 'TEXT_TWICE', 'BAD_PICTURE', 'BAD_AGE_RANGE', 'OF_CAMPAIGN']);

/** A finding of checkPlan that no row was judged by. */
export const isOfWholePlan = ({ path, code }: Pick<PlanProblem, 'path' | 'code'>): boolean =>
  /^(settings|name|mode|n)\b/.test(path) || OF_SEVERAL_ROWS.has(code);

function guessMode(rows: readonly SheetRow[]): ExpandMode {
  return rows.some((row) => row.adSet !== null && row.concept !== null) ? 'zip' : 'all';
}

/** Where each row is an ad, both halves must be there; a missing column was already reported once. */
function reportGaps(rows: readonly SheetRow[], positions: ReadonlyMap<SheetColumn, number>): void {
  for (const row of rows) {
    if (row.adSet === null && positions.has('ad_set'))
      row.report.error('ad_set', 'REQUIRED', 'The ad set is empty.', 'Write the ad set this ad belongs to.');
    if (row.concept === null && (positions.has('concept') || positions.has('media')))
      row.report.error('concept', 'REQUIRED', 'The concept is empty.', 'Write the concept, or a file name in media.');
  }
}
