import { sql, type SQL } from 'drizzle-orm';
import type { AccountRun, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/** States in which nothing works on a launch: only then it is swept from outside. */
export const RESTING = sql`('verified', 'active', 'needs_attention', 'cancelled', 'partly_undone', 'undone')`;

/** The first of the looks counted from `restedAt` that is still to come; null = the last has been. */
export function nextSweep(restedAt: Date, now: Date, afterMs: readonly number[]): Date | null {
  const next = afterMs.map((ms) => restedAt.getTime() + ms).find((due) => due > now.getTime());
  return next === undefined ? null : new Date(next);
}

/**
 * Columns of a launch that comes to rest now: looks are planned in Postgres, so no lost message and no restart loses one.
 * @param soon the first look comes after one window instead of four
 */
export function atRest({ ctx, clock }: Run, soon = false): SQL {
  const now = ctx.now();
  const first = soon ? new Date(now.getTime() + clock.settle.windowMs) : nextSweep(now, now, clock.sweepsAfterMs);
  return sql`rested_at = ${at(now)}, next_sweep_at = ${first === null ? sql`null` : at(first)}`;
}

/** Takes the look that is due, for as long as a lease; whoever asks meanwhile leaves it. Null = none is due, or somebody has it. */
export async function takeSweep({ ctx, launch, clock }: Run): Promise<Sweeping | null> {
  const now = ctx.now();
  const until = new Date(now.getTime() + clock.sweepLeaseMs);
  const [row] = await statement<{ rested_at: string | null }>(
    ctx,
    sql`update launches set next_sweep_at = ${at(until)} where id = ${launch.id} and organization_id = ${ctx.organizationId}
      and state in ${RESTING} and next_sweep_at <= ${at(now)} returning rested_at`,
  );
  return row ? { until, restedAt: row.rested_at === null ? now : new Date(row.rested_at) } : null;
}
export interface Sweeping {
  until: Date;
  restedAt: Date;
}

/** A look that was made makes room for the next one, unless the launch came to rest anew meanwhile. */
export async function endSweep({ ctx, launch, clock }: Run, { until, restedAt }: Sweeping): Promise<void> {
  const next = nextSweep(restedAt, ctx.now(), clock.sweepsAfterMs);
  await statement(
    ctx,
    sql`update launches set next_sweep_at = ${next === null ? sql`null` : at(next)}
      where id = ${launch.id} and organization_id = ${ctx.organizationId} and next_sweep_at = ${at(until)}`,
  );
}

/** A launch that comes to rest has its account listed soon. */
export function planListing({ ctx, account, clock }: Run): SQL {
  const due = at(ctx.now().getTime() + clock.settle.windowMs * 4);
  return sql`update ad_accounts set next_listing_at = least(coalesce(next_listing_at, ${due}), ${due})
    where id = ${account.id} and organization_id = ${ctx.organizationId}`;
}

/** The same for listings: only the leg whose turn it is goes on. False = somebody else does. */
export async function takeListing({ ctx, account }: AccountRun, due: Date | null, until: Date): Promise<boolean> {
  const turn = due === null ? sql`next_listing_at <= ${at(ctx.now())}` : sql`next_listing_at = ${at(due)}`;
  const rows = await statement(
    ctx,
    sql`update ad_accounts set next_listing_at = ${at(until)} where id = ${account.id} and organization_id = ${ctx.organizationId} and ${turn} returning id`,
  );
  return rows.length > 0;
}

const LIST_AGAIN_MS = 6 * 3_600_000;

/** Listed through: again in six hours while something was launched into the account within a month, else not until the next launch. */
export async function endListing({ ctx, account }: AccountRun, until: Date): Promise<void> {
  const now = ctx.now().getTime();
  await statement(
    ctx,
    sql`update ad_accounts a set next_listing_at = case when exists (
        select from launches l where l.account_id = a.id and l.organization_id = a.organization_id and l.approved_at > ${at(now - 30 * 86_400_000)}
      ) then ${at(now + LIST_AGAIN_MS)} end
      where a.id = ${account.id} and a.organization_id = ${ctx.organizationId} and a.next_listing_at = ${at(until)}`,
  );
}
