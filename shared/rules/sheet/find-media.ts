import { keyFromName } from '../keys.ts';
import { DEFAULT_KEY, type PlanMedia, type Ratio } from '../launch-plan.ts';
import { editDistance } from './columns.ts';
import type { AdPath } from './item-path.ts';
import type { RowReport } from './row-problem.ts';

export interface MediaWish {
  /** Cell texts as written. */
  media: string;
  thumbnail: string;
  variant: string;
  ratios: Ratio[] | null;
  path: AdPath | null;
  conceptKey: string;
}

/** Files by what a cell may call them. */
export interface MediaShelf {
  files: readonly PlanMedia[];
  byName: ReadonlyMap<string, PlanMedia>;
  byConcept: ReadonlyMap<string, readonly PlanMedia[]>;
  /** Spelling suggestions already looked for; also bounds the work when every row is wrong. */
  suggestions: Map<string, string>;
}

const MOST_SUGGESTIONS = 200;

export function shelve(files: readonly PlanMedia[]): MediaShelf {
  const byName = new Map<string, PlanMedia>();
  for (const file of files) byName.set(file.fileName.toLowerCase(), file);
  for (const file of files) {
    const bare = file.fileName.toLowerCase().split(/[\\/]/).at(-1) as string;
    if (!byName.has(bare)) byName.set(bare, file);
  }
  const byConcept = new Map<string, PlanMedia[]>();
  for (const file of files) {
    const siblings = byConcept.get(file.conceptKey);
    if (siblings === undefined) byConcept.set(file.conceptKey, [file]);
    else siblings.push(file);
  }
  return { files, byName, byConcept, suggestions: new Map() };
}

/** The media a row uses, with the row's concept and variant written on them. Reports missing files and wrong ratios. */
export function findMedia(wish: MediaWish, shelf: MediaShelf, report: RowReport): PlanMedia[] {
  const variantKey = wish.path?.variantKey ?? (wish.variant === '' ? null : keyFromName(wish.variant));
  const named = wish.media === '' ? null : namedFiles(wish.media, shelf, report);
  const pool = named?.files ?? shelf.byConcept.get(wish.conceptKey) ?? [];
  // A file named in the cell takes the row's variant; files found through the concept are filtered by it.
  const owned = pool.map((file) => ({
    ...file,
    conceptKey: wish.conceptKey,
    variantKey: named?.exact === true && variantKey !== null ? variantKey : file.variantKey,
  }));
  const main = owned.filter((file) => file.role === 'main' && (variantKey === null || file.variantKey === variantKey));
  const chosen = main.filter((file) => wantedRatio(file, wish, named?.exact === true, report));
  if (main.length === 0 && named?.missing !== true) {
    const which = wish.media === '' ? `concept "${wish.conceptKey}"` : `"${wish.media}"`;
    report.error(
      'media',
      'MISSING_MEDIA',
      `There is no image or video for ${which}${variantKey === null || variantKey === DEFAULT_KEY ? '' : `, variant ${variantKey}`}.`,
      `Add a file whose name starts with it${suggestion(wish.conceptKey, shelf)}.`,
      { concept: wish.conceptKey },
    );
  }
  if (main.length > 0) reportMissingRatios(main, wish, report);
  return [...chosen, ...thumbnails(wish, owned, chosen, shelf, report)];
}

function namedFiles(cell: string, shelf: MediaShelf, report: RowReport): { files: PlanMedia[]; exact: boolean; missing: boolean } {
  const whole = cell
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const parts = whole.flatMap((part) =>
    shelf.byName.has(part.toLowerCase())
      ? [part]
      : part
          .split(',')
          .map((piece) => piece.trim())
          .filter((piece) => piece !== ''),
  );
  const files: PlanMedia[] = [];
  let exact = true;
  let missing = false;
  for (const part of parts) {
    const file = shelf.byName.get(part.toLowerCase());
    const ofConcept = file === undefined ? (shelf.byConcept.get(keyFromName(part)) ?? []) : [];
    if (file !== undefined) files.push({ ...file, role: 'main' });
    else if (ofConcept.length > 0) {
      exact = false;
      files.push(...ofConcept);
    } else {
      missing = true;
      report.error(
        'media',
        'MISSING_MEDIA',
        `There is no file or concept called "${part}".`,
        `Add the file, or correct the name${suggestion(part, shelf)}.`,
        { value: part },
      );
    }
  }
  return { files, exact, missing };
}

function wantedRatio(file: PlanMedia, wish: MediaWish, namedByHand: boolean, report: RowReport): boolean {
  const asked = wish.path?.ratio ? [wish.path.ratio] : wish.ratios;
  if (asked === null || asked.includes(file.ratio)) return true;
  if (namedByHand) {
    const params = { file: file.fileName, found: file.ratio, asked: asked.join(', ') };
    report.error(
      'media',
      'WRONG_RATIO',
      `"${file.fileName}" is ${file.ratio} (${file.width}×${file.height}), not ${params.asked}.`,
      'Choose a file of the right ratio, or change the ratio.',
      params,
    );
  }
  return false;
}

function reportMissingRatios(main: readonly PlanMedia[], wish: MediaWish, report: RowReport): void {
  const there = new Set(main.map((file) => file.ratio));
  const asked = wish.path?.ratio ? [wish.path.ratio] : (wish.ratios ?? []);
  for (const ratio of asked.filter((entry) => !there.has(entry) && wish.media === '')) {
    const params = { asked: ratio, found: [...there].join(', '), concept: wish.conceptKey };
    report.error(
      'ratio',
      'WRONG_RATIO',
      `Concept "${wish.conceptKey}" has no ${ratio}; there is ${params.found}.`,
      `Add a ${ratio} file, or change the ratio.`,
      params,
    );
  }
}

function thumbnails(
  wish: MediaWish,
  owned: readonly PlanMedia[],
  chosen: readonly PlanMedia[],
  shelf: MediaShelf,
  report: RowReport,
): PlanMedia[] {
  if (wish.thumbnail === '') return owned.filter((file) => file.role === 'thumbnail');
  const file = shelf.byName.get(wish.thumbnail.toLowerCase());
  if (file === undefined || file.kind === 'video') {
    report.error(
      'thumbnail',
      'MISSING_MEDIA',
      `There is no picture called "${wish.thumbnail}".`,
      `Add the picture, or correct the name${suggestion(wish.thumbnail, shelf)}.`,
      { value: wish.thumbnail },
    );
    return [];
  }
  return [{ ...file, role: 'thumbnail', conceptKey: wish.conceptKey, variantKey: chosen[0]?.variantKey ?? DEFAULT_KEY }];
}

/** " (did you mean …?)" when a file or concept is spelt almost like it. */
function suggestion(text: string, shelf: MediaShelf): string {
  const wanted = text.toLowerCase();
  const known = shelf.suggestions.get(wanted);
  if (known !== undefined || shelf.suggestions.size >= MOST_SUGGESTIONS) return known ?? '';
  let best: { name: string; distance: number } | null = null;
  for (const name of [...shelf.byName.keys(), ...shelf.files.map((file) => file.conceptKey)]) {
    const distance = Math.abs(name.length - wanted.length) > 3 ? Infinity : editDistance(wanted, name);
    if (distance <= 3 && distance < name.length / 2 && (best === null || distance < best.distance)) best = { name, distance };
  }
  const words = best === null ? '' : ` (did you mean "${best.name}"?)`;
  shelf.suggestions.set(wanted, words);
  return words;
}
