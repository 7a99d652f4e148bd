import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import type { ItemRow, Parent, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/** Children whose every dependency was read back and compared may start (step 6, parents first). Returns how many did. */
export async function promoteItems(run: Run): Promise<number> {
  const { ctx, launch } = run;
  const rows = await statement(
    ctx,
    sql`
    update launch_items i set state = 'READY', version = version + 1, updated_at = ${at(ctx.now())}
    where i.launch_id = ${launch.id} and i.organization_id = ${ctx.organizationId} and ${isFree(run)}
    returning i.id`,
  );
  return rows.length;
}

function isFree(run: Run): SQL {
  // The mutant lets a child go as soon as its parent has an id, read back or not.
  const open = isMutant(run.ctx.ports, 'no-parent-rule') ? sql`p.external_id is null` : sql`p.state not in ('VERIFIED', 'ACTIVE')`;
  return sql`(i.state = 'PLANNED' and not exists (select from jsonb_array_elements_text(i.depends_on) d join launch_items p on p.id = d where ${open}))`;
}

/**
 * Two runs may cross: one says that nothing moves while the other has just verified a parent. The other sets it right with this.
 * True = the launch runs again.
 */
export async function reopen(run: Run): Promise<boolean> {
  const { ctx, launch } = run;
  const rows = await statement(
    ctx,
    sql`
    update launches l set state = 'running', version = version + 1, updated_at = ${at(ctx.now())}
    where l.id = ${launch.id} and l.organization_id = ${ctx.organizationId} and l.state = 'needs_attention' and exists (
      select from launch_items i where i.launch_id = l.id and (i.state in ('READY', 'SENDING') or (i.state = 'CREATED' and i.drift is null) or ${isFree(run)}))
    returning l.id`,
  );
  return rows.length > 0;
}

/** Items something can be done with now, most settled first: unclear ones, then those to read back, then those to send. */
export async function dueItems(run: Run, exclude: ReadonlySet<string>, limit: number): Promise<ItemRow[]> {
  const { ctx, launch } = run;
  const now = ctx.now();
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          MOVING,
          sql`coalesce(${launchItems.notBefore}, '-infinity') <= ${at(now)}`,
        ),
      )
      .orderBy(sql`case ${launchItems.state} when 'SENDING' then 0 when 'CREATED' then 1 else 2 end`, asc(launchItems.position))
      .limit(limit + exclude.size),
  );
  return rows.filter((row) => !exclude.has(row.id)).slice(0, limit);
}

/** When the next item falls due; null = nothing moves by itself any more. */
export async function nextDue(run: Run): Promise<Date | null> {
  const [row] = await statement<{ moving: number; due: string | null }>(
    run.ctx,
    sql`
    select count(*)::int as moving, min(coalesce(not_before, ${at(0)})) as due from launch_items
    where launch_id = ${run.launch.id} and organization_id = ${run.ctx.organizationId} and ${MOVING}`,
  );
  return row && row.moving > 0 && row.due !== null ? new Date(row.due) : null;
}

const MOVING = sql`(${launchItems.state} in ('READY', 'SENDING') or (${launchItems.state} = 'CREATED' and ${launchItems.drift} is null))`;

/** External ids of the dependencies of these items, read once per run. */
export async function loadParents(run: Run, items: ItemRow[]): Promise<void> {
  const missing = [...new Set(items.flatMap((item) => item.dependsOn))].filter((id) => !run.parents.has(id));
  if (missing.length === 0) return;
  const rows = await run.ctx.read((q) =>
    q
      .select({
        id: launchItems.id,
        kind: launchItems.kind,
        itemPath: launchItems.itemPath,
        externalId: launchItems.externalId,
        mediaKind: sql<Parent['mediaKind']>`${launchItems.spec} ->> 'kind'`,
        thumbnail: sql<string | null>`${launchItems.asBuilt} ->> 'thumbnail'`,
      })
      .from(launchItems)
      .where(and(eq(launchItems.organizationId, run.ctx.organizationId), inArray(launchItems.id, missing))),
  );
  for (const { externalId, ...row } of rows) if (externalId !== null) run.parents.set(row.id, { ...row, externalId });
}
