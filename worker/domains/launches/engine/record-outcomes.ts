import { sql } from 'drizzle-orm';
import type { CallOutcome } from '#shared/rules/launch-states.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import { nextLook } from './clock.ts';
import { heldClaims, type Claim } from './claim-items.ts';
import { itemError } from './item-error.ts';
import type { ItemError, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/** What one claim's call told us. */
export interface Told extends Claim {
  outcome: CallOutcome;
  traceId: string | null;
  raw: unknown;
  /** As it was read by the call that made it, where that is as planned; null = it has yet to be read back. */
  asBuilt: unknown;
}
/** What becomes of the item. An unclear one stays SENDING under its window. */
interface Change {
  state: 'CREATED' | 'VERIFIED' | 'READY' | 'REJECTED' | 'SENDING';
  external_id: string | null;
  not_before: string | null;
  last_error: ItemError | null;
}

/**
 * Writes what a call told us about the items it carried. Each attempt's row always learns its own outcome; an item only while that attempt
 * is still the newest, so a worker that comes back late cannot overwrite a newer truth. Returns the versions of the items that took theirs.
 */
export async function recordOutcomes(run: Run, told: readonly Told[]): Promise<Map<string, number>> {
  const { ctx } = run;
  const now = ctx.now();
  const rows = told.map((one) => ({
    ...changeOf(run, one, now),
    id: one.item.id,
    attempt: one.attempt,
    outcome: outcomeWord(one.outcome),
    trace: one.traceId,
    detail: detailOf(one),
    as_built: one.asBuilt,
  }));
  const taken = await statement<{ id: string; version: number }>(
    ctx,
    sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id text, attempt int, outcome text, trace text, detail jsonb, as_built jsonb, state text, external_id text, not_before timestamptz, last_error jsonb)
    ), held as (${heldClaims(run, told)}), taken as (
      update launch_items i set state = t.state, external_id = coalesce(t.external_id, i.external_id), as_built = coalesce(nullif(t.as_built, 'null'::jsonb), i.as_built),
        settle_until = case when t.state = 'SENDING' then i.settle_until end,
        not_before = case when t.state = 'SENDING' then least(i.settle_until, t.not_before) else t.not_before end,
        last_error = case when t.state in ('CREATED', 'VERIFIED') then null when t.state = 'REJECTED' then t.last_error else i.last_error end,
        version = i.version + 1, updated_at = ${at(now)}
      from held join told t on t.id = held.id and t.attempt = held.attempt where i.id = held.id returning i.id, i.version
    ), noted as (
    update launch_attempts a set finished_at = ${at(now)}, outcome = t.outcome, platform_trace_id = t.trace, detail = nullif(t.detail, 'null'::jsonb),
      visible_at = case when t.state = 'VERIFIED' then ${at(now)} else a.visible_at end, visible_by = case when t.state = 'VERIFIED' then 'read' else a.visible_by end
    from told t where a.item_id = t.id and a.n = t.attempt and a.organization_id = ${ctx.organizationId}
    )
    select id, version from taken`,
  );
  return new Map(taken.map(({ id, version }) => [id, version]));
}

function changeOf(run: Run, { outcome, raw, asBuilt }: Told, now: Date): Change {
  const nothing = { external_id: null, not_before: null, last_error: null };
  const after = (ms: number) => new Date(now.getTime() + ms).toISOString();
  switch (outcome.kind) {
    case 'created':
      return { ...nothing, state: asBuilt === null ? 'CREATED' : 'VERIFIED', external_id: outcome.externalId };
    case 'throttled': {
      const jitter = 0.75 + (now.getTime() % 100) / 200;
      return { ...nothing, state: 'READY', not_before: after((outcome.retryAfterMs ?? 1_000) * jitter) };
    }
    case 'connection':
      return { ...nothing, state: 'READY' };
    case 'rejected':
      return { ...nothing, state: 'REJECTED', last_error: itemError(outcome, raw) };
    case 'exists':
    case 'unclear':
      // Without a window there would be nothing to wait for.
      if (isMutant(run.ctx.ports, 'no-window')) return { ...nothing, state: 'SENDING', not_before: after(0) };
      return {
        ...nothing,
        state: 'SENDING',
        not_before: new Date(nextLook(run.clock, now.getTime() + run.clock.earlySearchMs)).toISOString(),
      };
  }
}

const outcomeWord = (outcome: CallOutcome): string => (outcome.kind === 'unclear' ? `unclear:${outcome.cause}` : outcome.kind);

function detailOf({ outcome, raw }: Told): unknown {
  switch (outcome.kind) {
    case 'created':
      return { externalId: outcome.externalId };
    case 'rejected':
      return { code: outcome.code, message: outcome.message, raw };
    default:
      return { code: outcome.code, raw };
  }
}
