import { sql, type SQL } from 'drizzle-orm';
import type { AsBuilt } from '../../../platforms/ads/ad-platform.ts';
import { note } from './note.ts';
import type { Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/**
 * A switch was sent and neither confirmed nor taken back: its campaigns may be on, whatever was last read. True inside a statement.
 * @param launchId a column or a value
 */
export const switchIsOpen = (launchId: SQL): SQL => sql`exists (
  select from launch_events e where e.launch_id = ${launchId} and e.kind = 'switch_sent' and not exists (
    select from launch_events later where later.launch_id = e.launch_id and later.at >= e.at and later.kind in ('switched_on', 'switch_taken_back')))`;

export async function isSwitchOpen(run: Run): Promise<boolean> {
  const rows = await statement<{ open: boolean }>(run.ctx, sql`select ${switchIsOpen(sql`${run.launch.id}`)} as open`);
  return rows[0]?.open === true;
}

/** Written down before the first call, while the launch still runs: from here on nobody may say that everything is paused. */
export async function openSwitch({ ctx, launch }: Run): Promise<void> {
  await statement(
    ctx,
    sql`
    insert into launch_events (id, organization_id, launch_id, kind, at)
    select ${ctx.newId('lev')}, l.organization_id, l.id, 'switch_sent', ${at(ctx.now())} from launches l
    where l.id = ${launch.id} and l.organization_id = ${ctx.organizationId} and l.state = 'running' and not ${switchIsOpen(sql`l.id`)}`,
  );
}

/** What a read said about objects of this launch; the only way a stored status changes. */
export async function storeStatus(run: Run, seen: { id: string; status: AsBuilt['status'] }[]): Promise<void> {
  if (seen.length === 0) return;
  await statement(
    run.ctx,
    sql`
    update launch_items i set as_built = jsonb_set(i.as_built, '{status}', s.status), version = i.version + 1, updated_at = ${at(run.ctx.now())}
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s(id text, status jsonb)
    where i.id = s.id and i.launch_id = ${run.launch.id} and i.organization_id = ${run.ctx.organizationId} and i.as_built is not null and i.as_built -> 'status' is distinct from s.status`,
  );
}

/** Rows whose own switch is not what it has to be; they wait for a person like any other difference. */
export async function noteStatusDrift(
  run: Run,
  rows: { id: string }[],
  planned: 'active' | 'paused',
  found: 'active' | 'paused',
): Promise<void> {
  const drift = [{ field: 'status', planned, found }];
  const written = await statement<{ id: string }>(
    run.ctx,
    sql`update launch_items set drift = ${JSON.stringify(drift)}::jsonb, version = version + 1, updated_at = ${at(run.ctx.now())}
    where launch_id = ${run.launch.id} and organization_id = ${run.ctx.organizationId} and drift is null
      and id in (select jsonb_array_elements_text(${JSON.stringify(rows.map((row) => row.id))}::jsonb)) returning id`,
  );
  for (const { id } of written) await note(run, 'drift', id, { drift });
}
