import { sql } from 'drizzle-orm';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { lockLaunch } from './approval/second-person.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';

/**
 * Tries the failed rows again and only those: refused ones are sent again with the same token, held ones are settled once more
 * (looked for twice before anything is sent), drifted ones are read back again. Rows that exist are never created again; fatal ones stay.
 */
export async function retryLaunch(ctx: Context, input: { id: string }): Promise<LaunchSummary> {
  ctx.require('launches:write');
  await fetchLaunch(ctx, input.id);
  await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, input.id);
    if (launch.approvedPlanHash !== launch.planHash)
      throw new AppError('conflict', 'Rows were corrected and the plan waits for a second person’s approval. Nothing was tried again.', {
        reason: 'second_person_needed',
      });
    await moveLaunch(ctx, tx, launch, ['needs_attention', 'verified'], { state: 'running' });
    const now = ctx.now().toISOString();
    const { rows } = await tx.sql.execute(sql`
      update launch_items set version = version + 1, updated_at = ${now}::timestamptz, not_before = null, flaky_retries = 0, drift = null, last_error = null,
        state = case state when 'REJECTED' then 'READY' when 'HELD' then 'SENDING' else state end,
        settle_until = case when state = 'HELD' then ${now}::timestamptz else settle_until end, searches = 0, last_search_at = null
      where launch_id = ${launch.id} and organization_id = ${ctx.organizationId}
        and ((state = 'REJECTED' and coalesce(last_error ->> 'retry', '') <> 'fatal') or state = 'HELD' or (drift is not null and state in ('CREATED', 'VERIFIED'))) returning id`);
    if (rows.length === 0) throw new AppError('conflict', 'There is no row that could be tried again.', { reason: 'nothing_to_repeat' });
    await noteEvent(ctx, tx, launch.id, 'retry_requested', { rows: rows.length });
    await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.retry', launch.id, { rows: rows.length });
  });
  return getLaunch(ctx, input);
}
