import type { AdAccount } from '#shared/contracts/connections.ts';
import type { MediaFile } from '#shared/rules/media-grouping.ts';
import type { Draft } from '../draft.ts';
import type { PlanParts } from '../make-plan.ts';

export type Rows = readonly (readonly string[])[];

/** `removed` rows from row `at` on make room for `rows`. */
export interface RowSplice {
  at: number;
  removed: number;
  rows: Rows;
}

/** What changed since the last message; a part that is not there is as it was. */
export interface PlanChange extends Partial<Pick<Draft, 'name' | 'overrides' | 'exclusions' | 'settings'>> {
  account?: AdAccount;
  media?: MediaFile[];
  /** Null = it begins with none (any more). */
  template?: Draft['template'] | null;
  /** Null = there is no sheet (any more). */
  sheet?: RowSplice | null;
}

export type Planned = PlanParts & { account: AdAccount };

/** The difference between two states of a draft; all of it when there was none before. Null = nothing that a plan is made of. */
export function changeOf(before: { draft: Draft; account: AdAccount } | null, draft: Draft, account: AdAccount): PlanChange | null {
  const was = before?.draft;
  const change: PlanChange = {
    ...(before?.account === account ? {} : { account }),
    ...(was?.name === draft.name ? {} : { name: draft.name }),
    ...(was?.overrides === draft.overrides ? {} : { overrides: draft.overrides }),
    ...(was?.exclusions === draft.exclusions ? {} : { exclusions: draft.exclusions }),
    ...(was?.settings === draft.settings ? {} : { settings: draft.settings }),
    ...(was?.media === draft.media ? {} : { media: draft.media.map(describe) }),
    ...(was?.template === draft.template ? {} : { template: draft.template ?? null }),
    ...(was !== undefined && was.sheet === draft.sheet ? {} : { sheet: sheetChange(was?.sheet?.rows ?? [], draft.sheet?.rows ?? null) }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** Rows that were not touched are the same lists as before: only what lies between them has to travel. */
function sheetChange(before: Rows, after: Rows | null): RowSplice | null {
  if (after === null) return null;
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) at += 1;
  let end = 0;
  while (end < before.length - at && end < after.length - at && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { at, removed: before.length - at - end, rows: after.slice(at, after.length - end) };
}

/** @throws RangeError when the first change is not a whole draft */
export function applyChange(planned: Planned | null, change: PlanChange): Planned {
  const { account, name, overrides, exclusions, settings, media } = { ...planned, ...change };
  if (!account || name === undefined || !overrides || !exclusions || !settings || !media) throw new RangeError('The draft is not whole.');
  const before = planned?.sheet ?? null;
  const { sheet } = change;
  const template = change.template === undefined ? planned?.template : (change.template ?? undefined);
  return {
    ...(template && { template }),
    account,
    name,
    overrides,
    exclusions,
    settings,
    media,
    sheet: sheet === undefined ? before : sheet === null ? null : { rows: spliced(before?.rows ?? [], sheet) },
  };
}

function spliced(rows: Rows, { at, removed, rows: added }: RowSplice): Rows {
  return [...rows.slice(0, at), ...added, ...rows.slice(at + removed)];
}

/** The bytes of a file do not matter to a plan, and stay where they are. */
function describe({ fileName, sha256, kind, width, height, durationMs }: MediaFile): MediaFile {
  return { fileName, sha256, kind, width, height, durationMs };
}
