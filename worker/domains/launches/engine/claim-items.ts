import { sql } from 'drizzle-orm';
import { isMutant } from '../../../kernel/mutants.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/** An item whose create is about to go out, with the hash of its request. */
export interface Claimable {
  item: ItemRow;
  hash: string;
}
/** A claim: this item's attempt is ours to send. */
export interface Claim {
  item: ItemRow;
  attempt: number;
}

/**
 * Step 1 of exactly-once: compare-and-set to SENDING and the attempt's row, in one transaction, before the call. What is missing from the
 * answer somebody else has, or its launch no longer runs. This is the lock and the fence; no lease stands beside it.
 */
export async function claimItems(run: Run, wanted: readonly Claimable[], now: Date): Promise<Claim[]> {
  const { ctx, clock } = run;
  const windowMs = isMutant(ctx.ports, 'no-window') ? 1 : clock.settle.windowMs;
  const settleUntil = at(now.getTime() + windowMs);
  const isFree = isMutant(ctx.ports, 'no-compare-and-set') ? sql`true` : sql`i.state = 'READY' and i.version = w.version`;
  const rows = await statement<{ id: string; attempt: number }>(
    ctx,
    sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted.map(({ item, hash }) => ({ id: item.id, version: item.version, hash })))}::jsonb) as w(id text, version int, hash text)
    ), free as (
      select i.id, w.hash from launch_items i join wanted w on w.id = i.id
      where i.organization_id = ${ctx.organizationId} and ${isFree} and exists (select from launches l where l.id = i.launch_id and l.state = 'running')
      order by i.id for update of i
    ), claimed as (
      update launch_items i set state = 'SENDING', attempt = i.attempt + 1, version = i.version + 1, settle_until = ${settleUntil}, not_before = ${settleUntil},
        searches = 0, last_search_at = null, updated_at = ${at(now)}
      from free where i.id = free.id returning i.id, i.attempt, free.hash
    ), recorded as (
      insert into launch_attempts (item_id, n, organization_id, request_hash, sent_at)
      select id, attempt, ${ctx.organizationId}, hash, ${at(now)} from claimed
    )
    select id, attempt from claimed`,
  );
  const attempts = new Map(rows.map((row) => [row.id, row.attempt]));
  return wanted.flatMap(({ item }) => {
    const attempt = attempts.get(item.id);
    return attempt === undefined ? [] : [{ item, attempt }];
  });
}

/** Claims whose call never started go back, guarded like every write. */
export async function giveBack(run: Run, claims: readonly Claim[]): Promise<void> {
  const now = at(run.ctx.now());
  await statement(
    run.ctx,
    sql`
    with held as (${heldClaims(run, claims)}), back as (
      update launch_items i set state = 'READY', version = i.version + 1, settle_until = null, not_before = null, updated_at = ${now}
      from held where i.id = held.id returning i.id, held.attempt
    )
    update launch_attempts a set finished_at = ${now}, outcome = 'not_sent' from back where a.item_id = back.id and a.n = back.attempt`,
  );
}

/** Claims that still are the newest of their items, locked in one order so that two writers never wait for each other. A part of a statement. */
export function heldClaims(run: Run, claims: readonly Claim[]): ReturnType<typeof sql> {
  const guard = isMutant(run.ctx.ports, 'no-attempt-guard') ? sql`true` : sql`i.attempt = c.attempt and i.state = 'SENDING'`;
  return sql`
    select i.id, c.attempt from launch_items i
    join jsonb_to_recordset(${JSON.stringify(claims.map(({ item, attempt }) => ({ id: item.id, attempt })))}::jsonb) as c(id text, attempt int) on c.id = i.id
    where i.organization_id = ${run.ctx.organizationId} and ${guard} order by i.id for update of i`;
}
