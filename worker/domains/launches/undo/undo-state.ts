import { sql } from 'drizzle-orm';
import type { launchItems } from '#schema/index.ts';
import type { RemovalWay } from '#shared/rules/ad-platforms/platform-rules.ts';
import { at, statement } from '../engine/sql-rows.ts';
import type { ItemRow, Run } from '../engine/run-state.ts';

/** One thing about an object that is not as we built it. */
export interface Change {
  field: string;
  before: string;
  now: string;
}
/** A refusal as it is told: what the platform said, and what a person can do. */
export interface UndoRefusal {
  code: string;
  message: string;
  fix: string;
}
/**
 * How far the undo of one object has come. `sent` = taking it away was asked for, what came of it is read; `changed` waits for a person,
 * who confirms exactly these changes by their hash; `refused` = the platform does not let go of it; `done` = it was read as gone.
 */
export interface Undo {
  state: 'sent' | 'changed' | 'confirmed' | 'refused' | 'done';
  /** Calls made to take it away, and those the platform did or refused: what it did not get to is asked again as often as it takes. */
  n: number;
  tries?: number;
  /** Looks that came to nothing, in a row. */
  blind?: number;
  changes?: Change[];
  hash?: string;
  error?: UndoRefusal;
  /** gone = it was taken away at the platform by somebody else. */
  how?: RemovalWay | 'gone';
}
export const undoOf = (row: Pick<typeof launchItems.$inferSelect, 'undo'>): Undo | null => row.undo as Undo | null;

/** One line of an object's undo receipt. */
export interface Step {
  kind: 'undo_sent' | 'undo_answered' | 'undo_changed' | 'undo_refused' | 'undone';
  detail: Record<string, unknown>;
}
export interface UndoChange {
  row: ItemRow;
  undo: Undo;
  /** Nothing is done with it before; null = at once. */
  notBefore: Date | null;
  step?: Step;
}

/**
 * The only way an object's undo moves on: a guarded write with its receipt in the same statement, for an object that nobody wrote since it
 * was read, of a launch that is being undone. Returns the rows that were taken, as they are now; what is missing somebody else has.
 */
export async function moveUndo(run: Run, changes: readonly UndoChange[]): Promise<ItemRow[]> {
  if (changes.length === 0) return [];
  const { ctx, launch } = run;
  const now = at(ctx.now());
  const wanted = changes.map(({ row, undo, notBefore, step }) => ({
    id: row.id,
    version: row.version,
    undo,
    due: notBefore?.toISOString() ?? null,
    event: step === undefined ? null : ctx.newId('lev'),
    kind: step?.kind ?? null,
    detail: step?.detail ?? null,
  }));
  const taken = await statement<{ id: string; version: number; state: ItemRow['state'] }>(
    ctx,
    sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id text, version int, undo jsonb, due timestamptz, event text, kind text, detail jsonb)
    ), taken as (
      update launch_items i set undo = w.undo, not_before = w.due, version = i.version + 1, updated_at = ${now},
        state = case when w.undo ->> 'state' = 'done' then 'UNDONE' else i.state end, drift = case when w.undo ->> 'state' = 'done' then null else i.drift end
      from wanted w where i.id = w.id and i.version = w.version and i.organization_id = ${ctx.organizationId} and i.launch_id = ${launch.id}
        and i.state in ('CREATED', 'VERIFIED', 'ACTIVE') and exists (select from launches l where l.id = i.launch_id and l.state = 'undoing')
      returning i.id, i.version, i.state, w.event, w.kind, w.detail
    ), noted as (
      insert into launch_events (id, organization_id, launch_id, item_id, kind, detail, at)
      select event, ${ctx.organizationId}, ${launch.id}, id, kind, detail, ${now} from taken where event is not null
    )
    select id, version, state from taken`,
  );
  const known = new Map(taken.map((one) => [one.id, one]));
  return changes.flatMap(({ row, undo }) => {
    const one = known.get(row.id);
    return one ? [{ ...row, undo, version: one.version, state: one.state }] : [];
  });
}
