import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import { isObject, type ObjectRow } from '../engine/build-request.ts';
import { at, statement } from '../engine/sql-rows.ts';
import type { Run } from '../engine/run-state.ts';

/** Objects of this launch that are there and were made or taken over by us: each has a receipt. Files stay where they are. */
export const OURS_AND_THERE = sql`(${launchItems.kind} <> 'media' and ${launchItems.externalId} is not null and ${launchItems.attempt} > 0 and ${launchItems.state} in ('CREATED', 'VERIFIED', 'ACTIVE'))`;

/** Nobody has to be asked about it. */
const FREE = sql`coalesce(${launchItems.undo} ->> 'state', 'sent') in ('sent', 'confirmed')`;

/** Nothing of ours lies in it any more, or hangs on it: children first. An unclear child may still turn out to be there. */
const childless = (launchId: string): SQL => sql`${launchItems.id} not in (
  select d.id from launch_items c cross join lateral jsonb_array_elements_text(c.depends_on) d(id)
  where c.launch_id = ${launchId} and c.kind <> 'media' and (c.state in ('SENDING', 'READY') or (c.external_id is not null and c.state in ('CREATED', 'VERIFIED', 'ACTIVE'))))`;

/** What goes on by itself, now or later. True inside a statement over the rows of this launch. */
export const goesOn = (launchId: string): SQL => sql`(${OURS_AND_THERE} and ${FREE} and ${childless(launchId)})`;

/** What can be taken away now, of one kind, lowest first. */
export async function dueForUndo(run: Run, limit: number): Promise<ObjectRow[]> {
  const { ctx, launch } = run;
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          goesOn(launch.id),
          sql`coalesce(${launchItems.notBefore}, '-infinity') <= ${at(ctx.now())}`,
        ),
      )
      .orderBy(sql`array_position(array['ad', 'creative', 'ad_set', 'campaign'], ${launchItems.kind})`, asc(launchItems.position))
      .limit(limit),
  );
  return rows.filter(isObject).filter((row) => row.kind === rows[0]?.kind);
}

/** When the next object can be taken away; null = the rest waits for a person, or there is none. */
export async function nextUndoDue({ ctx, launch }: Run): Promise<Date | null> {
  const [row] = await statement<{ n: number; due: string | null }>(
    ctx,
    sql`select count(*)::int as n, min(coalesce(not_before, ${at(0)})) as due from launch_items
      where launch_id = ${launch.id} and organization_id = ${ctx.organizationId} and ${goesOn(launch.id)}`,
  );
  return row && row.n > 0 && row.due !== null ? new Date(row.due) : null;
}
