import { sql } from 'drizzle-orm';
import type { Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/** A sign of life: the cron leaves launches alone that are being worked on. */
export async function beat(run: Run): Promise<void> {
  await statement(
    run.ctx,
    sql`update launches set updated_at = ${at(run.ctx.now())} where id = ${run.launch.id} and organization_id = ${run.ctx.organizationId} and state in ('running', 'cancelling', 'undoing')`,
  );
}
