import { sql } from 'drizzle-orm';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/**
 * From a send to the first look that showed its object: what the settle window is measured against (section 8.3, step 5). Written once
 * per attempt, beside `sent_at`, and told in the log.
 * @param by a search, which may lag behind, or a read by the id that the answer named
 */
export async function noteVisible(run: Run, items: Pick<ItemRow, 'id' | 'attempt'>[], by: 'search' | 'read'): Promise<void> {
  if (items.length === 0) return;
  const { ctx } = run;
  const now = ctx.now();
  const rows = await statement<{ sent_at: string }>(
    ctx,
    sql`
    update launch_attempts a set visible_at = ${at(now)}, visible_by = ${by}
    from jsonb_to_recordset(${JSON.stringify(items.map(({ id, attempt }) => ({ id, attempt })))}::jsonb) as s(id text, attempt int)
    where a.item_id = s.id and a.n = s.attempt and a.organization_id = ${ctx.organizationId} and a.visible_at is null returning a.sent_at`,
  );
  if (rows.length === 0) return;
  const longestMs = now.getTime() - Math.min(...rows.map((row) => new Date(row.sent_at).getTime()));
  tellVisible(run, { by, n: rows.length, longestMs });
}

/** The log's line about it. */
export function tellVisible(run: Run, seen: { by: 'search' | 'read'; n: number; longestMs: number }): void {
  run.ctx.log.info('launch.first_visible', { launch: run.launch.id, platform: run.platform.id, ...seen });
}
