import { sql } from 'drizzle-orm';
import { emitEvent } from '../../machines/index.ts';
import { note } from '../engine/note.ts';
import type { Run } from '../engine/run-state.ts';
import { at, statement } from '../engine/sql-rows.ts';
import { atRest, planListing } from '../engine/sweep-times.ts';
import { goesOn, OURS_AND_THERE } from './find-undo-work.ts';

/**
 * Nothing can be taken away any more without a person: says what that means. Guarded by the launch's version, so that a confirmation that
 * comes in between is never passed over. False = look again.
 */
export async function concludeUndo(run: Run): Promise<boolean> {
  const { ctx, launch } = run;
  const mine = sql`launch_id = ${launch.id} and organization_id = ${ctx.organizationId}`;
  const [tally] = await statement<{ version: number | null; left: number; undone: number; changed: number; refused: number; open: number }>(
    ctx,
    sql`select (select version from launches where id = ${launch.id} and organization_id = ${ctx.organizationId} and state = 'undoing') as version,
      count(*) filter (where ${OURS_AND_THERE})::int as left, count(*) filter (where state = 'UNDONE')::int as undone,
      count(*) filter (where ${OURS_AND_THERE} and undo ->> 'state' = 'changed')::int as changed,
      count(*) filter (where ${OURS_AND_THERE} and undo ->> 'state' = 'refused')::int as refused,
      count(*) filter (where state = 'SENDING' or ${goesOn(launch.id)})::int as open
      from launch_items where ${mine}`,
  );
  // Looked at together with the version: a confirmation that came before the look is seen here, one that comes after it moves the version.
  if (!tally || tally.version === null) return true; // another run has said it
  if (tally.open > 0) return false;
  const to = tally.left === 0 ? 'undone' : 'partly_undone';
  const now = at(ctx.now());
  const isMoved = await ctx.transaction(async (tx) => {
    const { rows } = await tx.sql.execute(sql`
      with listed as (${planListing(run)})
      update launches set state = ${to}, version = version + 1, updated_at = ${now}, undone_at = case when ${to} = 'undone' then ${now} end, ${atRest(run, true)}
      where id = ${launch.id} and organization_id = ${ctx.organizationId} and state = 'undoing' and version = ${tally.version} returning id`);
    if (rows.length === 0) return false;
    const type = to === 'undone' ? 'launch.finished' : 'launch.needs_attention';
    await emitEvent(ctx, tx, type, { launchId: launch.id, accountId: launch.accountId, state: to });
    return true;
  });
  const { left, undone, changed, refused } = tally;
  if (isMoved) await note(run, to, null, { left, undone, changed, refused });
  run.nudge();
  return isMoved;
}
