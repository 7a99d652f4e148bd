import { sql } from 'drizzle-orm';
import { isMutant } from '../../../kernel/mutants.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/**
 * Step 1 of exactly-once: compare-and-set to SENDING and the attempt's row, in one transaction, before the call. Null = somebody else
 * has it, or the launch no longer runs. This is the lock and the fence; no lease stands beside it.
 */
export async function claimItem(run: Run, item: ItemRow, requestHash: string, now: Date): Promise<number | null> {
  const { ctx, clock } = run;
  const windowMs = isMutant(ctx.ports, 'no-window') ? 1 : clock.settle.windowMs;
  const settleUntil = at(now.getTime() + windowMs);
  const guard = isMutant(ctx.ports, 'no-compare-and-set') ? sql`true` : sql`i.state = 'READY' and i.version = ${item.version}`;
  const rows = await statement<{ n: number }>(
    ctx,
    sql`
    with claimed as (
      update launch_items i set state = 'SENDING', attempt = i.attempt + 1, version = i.version + 1, settle_until = ${settleUntil}, not_before = ${settleUntil},
        searches = 0, last_search_at = null, updated_at = ${at(now)}
      where i.id = ${item.id} and i.organization_id = ${ctx.organizationId} and ${guard}
        and exists (select from launches l where l.id = i.launch_id and l.state = 'running')
      returning i.id, i.attempt
    ), recorded as (
      insert into launch_attempts (item_id, n, organization_id, request_hash, sent_at)
      select id, attempt, ${ctx.organizationId}, ${requestHash}, ${at(now)} from claimed
    )
    select attempt as n from claimed`,
  );
  return rows[0]?.n ?? null;
}

/** A claim whose call never started goes back, guarded like every write. */
export async function giveBack(run: Run, item: ItemRow, attempt: number, notBefore: Date | null = null): Promise<void> {
  const now = run.ctx.now();
  await statement(
    run.ctx,
    sql`
    with back as (
      update launch_items set state = 'READY', version = version + 1, settle_until = null, not_before = ${notBefore ? at(notBefore) : sql`null`}, updated_at = ${at(now)}
      where id = ${item.id} and organization_id = ${run.ctx.organizationId} and state = 'SENDING' and attempt = ${attempt} returning id
    )
    update launch_attempts set finished_at = ${at(now)}, outcome = 'not_sent' where item_id = ${item.id} and n = ${attempt} and exists (select from back)`,
  );
}
