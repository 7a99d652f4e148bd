import { sql } from 'drizzle-orm';
import { note } from './note.ts';
import type { Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

export interface DriftField {
  field: string;
  planned: string;
  found: string;
}
/** What a look at an item said. `drift` = it is not as planned; `due` = it could not be told yet, look again then. */
export interface Seen {
  id: string;
  version: number;
  state: 'CREATED' | 'VERIFIED';
  as_built: unknown;
  drift: DriftField[] | null;
  due: string | null;
  looks?: number;
}

/** Writes what was seen of items that are CREATED, guarded by their version; a difference is an event of the launch. */
export async function writeSeen(run: Run, seen: Seen[]): Promise<void> {
  const { ctx } = run;
  const written = await statement<{ id: string }>(
    ctx,
    sql`
    update launch_items i set state = s.state, as_built = coalesce(s.as_built, i.as_built), drift = nullif(s.drift, 'null'::jsonb), not_before = s.due, searches = coalesce(s.looks, i.searches), version = i.version + 1, updated_at = ${at(ctx.now())}
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s(id text, version int, state text, as_built jsonb, drift jsonb, due timestamptz, looks int)
    where i.id = s.id and i.organization_id = ${ctx.organizationId} and i.state = 'CREATED' and i.version = s.version
    returning i.id`,
  );
  const taken = new Set(written.map((row) => row.id));
  for (const one of seen) if (one.drift !== null && taken.has(one.id)) await note(run, 'drift', one.id, { drift: one.drift });
}
