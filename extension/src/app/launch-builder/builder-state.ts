import type { PlanExclusion } from '#shared/rules/launch-plan.ts';
import type { MediaOverride } from '#shared/rules/media-grouping.ts';
import { STEPS, type BuilderStep, type Draft, type DraftMedia, type DraftSettings } from './draft.ts';

/** Everything that can happen to a draft. `key` is fresh: a changed plan must not be taken for a repeat of the old one. */
export type BuilderEvent =
  | { type: 'restored'; draft: Draft }
  | { type: 'account'; accountId: string; key: string }
  | { type: 'name'; name: string; key: string }
  | { type: 'sheet'; sheet: Draft['sheet']; key: string }
  /** Cells were written in the grid; the sheet stays the one it was. */
  | { type: 'rows'; rows: readonly (readonly string[])[]; key: string }
  | { type: 'media'; media: DraftMedia[]; key: string }
  | { type: 'media-removed'; fileNames: readonly string[]; key: string }
  /** What a hand decided of files, by file name; null = as name and pixels say. */
  | { type: 'overrides'; changes: Readonly<Record<string, MediaOverride | null>>; key: string }
  | { type: 'exclusion'; cell: PlanExclusion; key: string }
  | { type: 'setting'; change: Partial<DraftSettings>; key: string }
  | { type: 'stored'; launchId: string }
  | { type: 'step'; step: BuilderStep };

/** Draft and event to draft; pure. Any change of the plan forgets the launch stored from it, and with it every approval. */
export function builderState(draft: Draft, event: BuilderEvent): Draft {
  switch (event.type) {
    case 'restored':
      return event.draft;
    case 'stored':
      return { ...draft, launchId: event.launchId };
    case 'step':
      return { ...draft, step: event.step };
    case 'account':
      // A page belongs to an account; everything else can stay. What another account makes of the plan is looked at before it is stored there.
      return changed(draft, event.key, {
        accountId: event.accountId,
        settings: { ...draft.settings, pageId: '' },
        step: draft.step === 'files' ? 'files' : 'review',
      });
    case 'name':
      return changed(draft, event.key, { name: event.name });
    case 'sheet':
      return changed(draft, event.key, { sheet: event.sheet, name: nameWithSheet(draft, event.sheet) });
    case 'rows':
      return changed(draft, event.key, { sheet: { ...(draft.sheet ?? { fileName: '' }), rows: event.rows } });
    case 'media':
      return changed(draft, event.key, { media: addMedia(draft.media, event.media) });
    case 'media-removed':
      return changed(draft, event.key, { media: draft.media.filter((one) => !event.fileNames.includes(one.fileName)) });
    case 'overrides':
      return changed(draft, event.key, {
        overrides: Object.fromEntries(
          Object.entries<MediaOverride | null>({ ...draft.overrides, ...event.changes }).flatMap(([fileName, override]) =>
            override === null ? [] : [[fileName, override]],
          ),
        ),
      });
    case 'exclusion':
      return changed(draft, event.key, { exclusions: toggle(draft.exclusions, event.cell) });
    case 'setting':
      return changed(draft, event.key, { settings: { ...draft.settings, ...event.change } });
  }
}

/** Whether a step can be opened now; ads of words only need no media. Errors close everything behind the review; a launch must be stored to be approved. */
export function canOpen(step: BuilderStep, draft: Draft, hasErrors: boolean, needsMedia = true): boolean {
  const filled = draft.sheet !== null && (draft.media.length > 0 || !needsMedia) && draft.accountId !== null;
  switch (step) {
    case 'files':
      return true;
    case 'review':
      return filled;
    case 'check':
      return filled && !hasErrors;
    case 'approve':
      return filled && !hasErrors && draft.launchId !== null;
  }
}

/** The step to show: the wished one, or the last open one before it. */
export function stepToShow(draft: Draft, hasErrors: boolean, needsMedia = true): BuilderStep {
  const until = STEPS.slice(0, STEPS.indexOf(draft.step) + 1);
  return until.findLast((step) => canOpen(step, draft, hasErrors, needsMedia)) ?? 'files';
}

function changed(draft: Draft, createKey: string, change: Partial<Draft>): Draft {
  return { ...draft, ...change, createKey, launchId: null };
}

/** A file of the same name replaces the old one: people drop the corrected export again. */
function addMedia(old: readonly DraftMedia[], added: readonly DraftMedia[]): DraftMedia[] {
  const names = new Set(added.map((one) => one.fileName));
  return [...old.filter((one) => !names.has(one.fileName)), ...added];
}

function toggle(cells: readonly PlanExclusion[], cell: PlanExclusion): PlanExclusion[] {
  const same = (one: PlanExclusion) => JSON.stringify(one) === JSON.stringify(cell);
  return cells.some(same) ? cells.filter((one) => !same(one)) : [...cells, cell];
}

/** A name that came from the last sheet follows the next one; a typed name stays. */
function nameWithSheet(draft: Draft, next: Draft['sheet']): string {
  const isOurs = draft.name === '' || (draft.sheet !== null && draft.name === nameOfFile(draft.sheet.fileName));
  return isOurs && next !== null ? nameOfFile(next.fileName) : draft.name;
}

function nameOfFile(fileName: string): string {
  return fileName
    .replace(/\.[a-z]{3,4}$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
}
