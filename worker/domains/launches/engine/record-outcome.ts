import { sql, type SQL } from 'drizzle-orm';
import type { CallOutcome } from '#shared/rules/launch-states.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import { itemError } from './item-error.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, json, statement } from './sql-rows.ts';

export interface Recorded {
  outcome: CallOutcome;
  traceId: string | null;
  raw: unknown;
}

/**
 * Writes what a call told us. The attempt's row always learns its own outcome; the item only while that attempt is still the newest,
 * so a worker that comes back late cannot overwrite a newer truth. True = the item took it.
 */
export async function recordOutcome(run: Run, item: ItemRow, attempt: number, told: Recorded): Promise<boolean> {
  const { ctx } = run;
  const now = ctx.now();
  const guard = isMutant(ctx.ports, 'no-attempt-guard') ? sql`true` : sql`attempt = ${attempt} and state = 'SENDING'`;
  const rows = await statement<{ taken: boolean }>(
    ctx,
    sql`
    with taken as (
      update launch_items set ${changes(run, told, now)}, version = version + 1, updated_at = ${at(now)}
      where id = ${item.id} and organization_id = ${ctx.organizationId} and ${guard} returning id
    ), noted as (
      update launch_attempts set finished_at = ${at(now)}, outcome = ${outcomeWord(told.outcome)}, platform_trace_id = ${told.traceId}, detail = ${json(detailOf(told))}
      where item_id = ${item.id} and n = ${attempt} and organization_id = ${ctx.organizationId}
    )
    select exists (select from taken) as taken`,
  );
  return rows[0]?.taken === true;
}

function changes(run: Run, { outcome, raw }: Recorded, now: Date): SQL {
  const { clock, ctx } = run;
  const jitter = 0.75 + (now.getTime() % 100) / 200;
  switch (outcome.kind) {
    case 'created':
      return sql`state = 'CREATED', external_id = ${outcome.externalId}, settle_until = null, not_before = null, last_error = null`;
    case 'throttled':
      return sql`state = 'READY', settle_until = null, not_before = ${at(now.getTime() + (outcome.retryAfterMs ?? 1_000) * jitter)}`;
    case 'connection':
      return sql`state = 'READY', settle_until = null, not_before = null`;
    case 'rejected':
      return sql`state = 'REJECTED', settle_until = null, not_before = null, last_error = ${json(itemError(outcome, raw))}`;
    case 'exists':
    case 'unclear':
      // Stays SENDING. Without a window there would be nothing to wait for.
      return isMutant(ctx.ports, 'no-window')
        ? sql`not_before = ${at(now)}`
        : sql`not_before = least(settle_until, ${at(now.getTime() + clock.earlySearchMs)})`;
  }
}

const outcomeWord = (outcome: CallOutcome): string => (outcome.kind === 'unclear' ? `unclear:${outcome.cause}` : outcome.kind);

function detailOf({ outcome, raw }: Recorded): unknown {
  switch (outcome.kind) {
    case 'created':
      return { externalId: outcome.externalId };
    case 'rejected':
      return { code: outcome.code, message: outcome.message, raw };
    default:
      return { code: outcome.code, raw };
  }
}
