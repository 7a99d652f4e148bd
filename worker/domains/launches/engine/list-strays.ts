import { sql } from 'drizzle-orm';
import type { AsBuilt, ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import type { AccountRun } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { RESTING } from './sweep-times.ts';

const KINDS: readonly ObjectKind[] = ['campaign', 'ad_set', 'creative', 'ad'];
/** Pages of one leg; each is one call at the platform. */
const MOST_PAGES = 20;

/** Where a listing stands. `startedAt` is the instant of its first leg. */
export interface ListedSoFar {
  kind: ObjectKind;
  after: string | null;
  startedAt: string;
}

/**
 * The other way round of a sweep: everything in the account that carries a token, against our rows. What no row holds is written down
 * and told, never touched. One permit per page; without one, or when the platform is busy, it stops where it is.
 * @returns where to go on, null = the account was listed through
 */
export async function listStrays(run: AccountRun, from: ListedSoFar | null): Promise<ListedSoFar | null> {
  const startedAt = from?.startedAt ?? run.ctx.now().toISOString();
  let pages = 0;
  let after = from?.after ?? null;
  for (const kind of KINDS.slice(from ? KINDS.indexOf(from.kind) : 0)) {
    do {
      if (pages === MOST_PAGES || !(await run.permits.take(1_000, { reads: 1, purpose: 'check' }))) return { kind, after, startedAt };
      pages += 1;
      const page = await listPage(run, kind, after);
      if (page === null) return { kind, after, startedAt };
      await keepStrays(run, kind, page.objects);
      after = page.after;
    } while (after !== null);
  }
  await statement(
    run.ctx,
    sql`update stray_objects set gone_at = ${at(run.ctx.now())}
      where organization_id = ${run.ctx.organizationId} and account_id = ${run.account.id} and gone_at is null and last_seen_at < ${at(new Date(startedAt))}`,
  );
  return null;
}

/** Null = not now. */
async function listPage(run: AccountRun, kind: ObjectKind, after: string | null) {
  try {
    return await run.platform.objects.listCarrying(run.session, kind, after);
  } catch (error) {
    if (error instanceof PlatformError && (error.failure === 'throttled' || error.failure === 'unknown')) return null;
    throw error;
  }
}

/** A second object of a known token is the launch's own sweeps' to judge while they last; later it is only told, too. */
async function keepStrays(run: AccountRun, kind: ObjectKind, objects: AsBuilt[]): Promise<void> {
  if (objects.length === 0) return;
  const { ctx, account } = run;
  const now = at(ctx.now());
  const seen = objects.map((one) => ({ external_id: one.externalId, name: one.name, token: one.clientToken }));
  const strays = await statement<{ external_id: string; is_new: boolean }>(
    ctx,
    sql`
    insert into stray_objects (organization_id, account_id, external_id, kind, name, client_token, first_seen_at, last_seen_at)
    select ${ctx.organizationId}, ${account.id}, o.external_id, ${kind}, o.name, o.token, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as o(external_id text, name text, token text)
    left join launch_items i on i.organization_id = ${ctx.organizationId} and i.client_token = o.token
    left join launches l on l.id = i.launch_id
    where i.id is null or (i.external_id is distinct from o.external_id and i.state not in ('SENDING', 'READY') and l.state in ${RESTING} and l.next_sweep_at is null)
    on conflict (organization_id, account_id, external_id) do update set last_seen_at = excluded.last_seen_at, name = excluded.name, gone_at = null
    returning external_id, first_seen_at = last_seen_at as is_new`,
  );
  for (const stray of strays)
    if (stray.is_new) ctx.log.warn('launch.stray_found', { account: account.id, kind, object: stray.external_id });
}
