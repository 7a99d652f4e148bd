import { compareKeys, keyFromName } from '#shared/rules/keys.ts';
import { DEFAULT_KEY, type PlanMedia, type Ratio } from '#shared/rules/launch-plan.ts';
import type { MediaOverride } from '#shared/rules/media-grouping.ts';
import type { DraftMedia } from '../draft.ts';
import type { PlanOutline } from '../planner/plan-outline.ts';

/** A file and where it lies; `placed` is null for what lies nowhere. */
export interface BoardFile {
  file: DraftMedia;
  placed: PlanMedia | null;
  byHand: boolean;
}

/** All files of one concept, variants side by side. */
export interface BoardGroup {
  conceptKey: string;
  name: string;
  /** A row of the sheet asks for this concept. */
  inSheet: boolean;
  files: BoardFile[];
}

export interface MediaBoard {
  groups: BoardGroup[];
  /** Files that could not be placed; each has a finding. */
  nowhere: BoardFile[];
  ignored: BoardFile[];
}

type Overrides = Readonly<Record<string, MediaOverride>>;

/** The files of a draft as they were grouped, concepts that no row asks for last. */
export function mediaBoard(
  files: readonly DraftMedia[],
  { media, concepts }: Pick<PlanOutline, 'media' | 'concepts'>,
  overrides: Overrides,
): MediaBoard {
  const placed = new Map(media.map((one) => [one.fileName, one]));
  const names = new Map(concepts.map(({ key, name }) => [key, name]));
  const groups = new Map<string, BoardGroup>();
  const board: MediaBoard = { groups: [], nowhere: [], ignored: [] };
  for (const file of files.toSorted((a, b) => compareKeys(a.fileName, b.fileName))) {
    const override = overrides[file.fileName];
    const one: BoardFile = { file, placed: placed.get(file.fileName) ?? null, byHand: override !== undefined };
    if (override?.ignored === true) board.ignored.push(one);
    else if (one.placed === null) board.nowhere.push(one);
    else {
      const { conceptKey } = one.placed;
      const name = names.get(conceptKey);
      const group = groups.get(conceptKey) ?? { conceptKey, name: name ?? conceptKey, inSheet: name !== undefined, files: [] };
      groups.set(conceptKey, group);
      group.files.push(one);
    }
  }
  board.groups = [...groups.values()].toSorted((a, b) => Number(b.inSheet) - Number(a.inSheet) || compareKeys(a.conceptKey, b.conceptKey));
  for (const group of board.groups) group.files.sort((a, b) => compareKeys(orderOf(a), orderOf(b)));
  return board;
}

function orderOf({ placed }: BoardFile): string {
  const variant = placed?.variantKey ?? '';
  return `${variant === DEFAULT_KEY ? '' : variant}/${placed?.ratio}/${placed?.fileName}`;
}

/** What a hand can do with the chosen files. */
export type MediaDeed =
  | { type: 'move'; concept: string; variant?: string }
  | { type: 'variant'; variant: string }
  | { type: 'ratio'; ratio: Ratio }
  | { type: 'ignore' }
  | { type: 'by-name' };

/** The decisions that a deed adds to those made before; null takes all decisions about a file back. Names become keys as elsewhere. */
export function decide(deed: MediaDeed, fileNames: Iterable<string>, overrides: Overrides): Record<string, MediaOverride | null> {
  const decided: Record<string, MediaOverride | null> = {};
  for (const fileName of fileNames) {
    const { ignored: _, ...before } = overrides[fileName] ?? {};
    decided[fileName] = decisionOf(deed, before);
  }
  return decided;
}

function decisionOf(deed: MediaDeed, before: MediaOverride): MediaOverride | null {
  switch (deed.type) {
    case 'move':
      return {
        ...before,
        conceptKey: keyFromName(deed.concept),
        ...(deed.variant === undefined ? {} : { variantKey: keyFromName(deed.variant) || DEFAULT_KEY }),
      };
    case 'variant':
      return { ...before, variantKey: keyFromName(deed.variant) || DEFAULT_KEY };
    case 'ratio':
      return { ...before, ratio: deed.ratio };
    case 'ignore':
      return { ...before, ignored: true };
    case 'by-name':
      return null;
  }
}
