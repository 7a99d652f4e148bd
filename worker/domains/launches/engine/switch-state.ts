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
    select from launch_events later where later.launch_id = e.launch_id and later.at >= e.at and later.kind in ('switched_on', 'switch_taken_back', 'undo_paused')))`;

/** Somebody asked for the switch, and nothing since has taken the wish back. True inside a statement. */
export const switchWanted = (
  launchId: SQL,
): SQL => sql`exists (select from launch_events e where e.launch_id = ${launchId} and e.kind = 'switch_on_requested' and not exists (
  select from launch_events later where later.launch_id = e.launch_id and later.at >= e.at and later.kind in ('switch_withdrawn', 'needs_attention', 'retry_requested', 'cancel_requested')))`;

/**
 * The launch's version at which the switch is wanted; null = it is not, or the launch does not run. With the version it holds until
 * somebody withdraws: both change the same row, so of a switch that ends and a withdrawal exactly one happens.
 */
export async function wantedAt({ ctx, launch }: Run): Promise<number | null> {
  const [row] = await statement<{ version: number }>(
    ctx,
    sql`select version from launches l where l.id = ${launch.id} and l.organization_id = ${ctx.organizationId} and l.state = 'running' and ${switchWanted(sql`l.id`)}`,
  );
  return row?.version ?? null;
}

/** Something is wrong: no run may say "active" any more. False = the launch has moved on, and what was found is out of date. */
export async function withdrawSwitch({ ctx, launch }: Run): Promise<boolean> {
  const now = at(ctx.now());
  const rows = await statement(
    ctx,
    sql`
    with stopped as (
      update launches set version = version + 1, updated_at = ${now} where id = ${launch.id} and organization_id = ${ctx.organizationId} and state = 'running' returning id, organization_id)
    insert into launch_events (id, organization_id, launch_id, kind, at) select ${ctx.newId('lev')}, organization_id, id, 'switch_withdrawn', ${now} from stopped returning id`,
  );
  return rows.length > 0;
}

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

/** Rows whose own switch is not what it has to be; they wait for a person like any other difference. Only while the launch runs. */
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
    where launch_id = ${run.launch.id} and organization_id = ${run.ctx.organizationId} and drift is null and exists (select from launches l where l.id = launch_id and l.state = 'running')
      and id in (select jsonb_array_elements_text(${JSON.stringify(rows.map((row) => row.id))}::jsonb)) returning id`,
  );
  for (const { id } of written) await note(run, 'drift', id, { drift });
}
