import { and, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { AsBuilt, ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { note } from '../engine/note.ts';
import { repeat } from '../engine/repeat.ts';
import type { Run } from '../engine/run-state.ts';
import { at, statement } from '../engine/sql-rows.ts';
import { storeStatus } from '../engine/switch-state.ts';

const TRIES = 3;

/** Whether this undo has paused the top already; each new wish pauses it anew. */
export async function isTopPaused({ ctx, launch }: Run): Promise<boolean> {
  const rows = await statement(
    ctx,
    sql`select 1 from launch_events e where e.launch_id = ${launch.id} and e.organization_id = ${ctx.organizationId} and e.kind = 'undo_paused'
      and e.at >= (select max(w.at) from launch_events w where w.launch_id = e.launch_id and w.kind = 'undo_requested')`,
  );
  return rows.length > 0;
}

/**
 * Before anything else: what stands highest of ours is paused, in one shared call, and read back. Nothing of the launch spends from here on,
 * however long the rest takes. A set: repeating it is harmless. What cannot be paused after three tries is told, and what lies in it is
 * taken away all the same, which ends its spending, too.
 * @throws PlatformError when it could not be asked or read: nothing is taken away before that is known
 */
export async function pauseTop(run: Run): Promise<void> {
  const { ctx, launch, platform, session } = run;
  const rows = await ctx.read((q) =>
    q
      .select({ id: launchItems.id, kind: launchItems.kind, externalId: launchItems.externalId })
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          isNull(launchItems.parentItemId),
          inArray(launchItems.kind, ['campaign', 'ad_set', 'ad']),
          inArray(launchItems.state, ['CREATED', 'VERIFIED', 'ACTIVE']),
          isNotNull(launchItems.externalId),
          gt(launchItems.attempt, 0),
        ),
      ),
  );
  const top = rows as { id: string; kind: ObjectKind; externalId: string }[];
  const traces: string[] = [];
  const traced = { ...session, onTrace: (id: string) => void traces.push(id) };
  const startedAt = ctx.now().toISOString();
  let open = top;
  for (let n = 1; open.length > 0; n += 1) {
    const calls = { writes: open.length, reads: platform.objects.readsBack ? open.length : 0 };
    const told = await repeat(run, () => platform.objects.setStatusMany(traced, open, 'paused'), calls);
    const traceId = traces.at(-1) ?? null;
    const read = await repeat(run, () => platform.objects.readMany(session, open), { reads: open.length });
    const seen: { id: string; status: AsBuilt['status'] }[] = [];
    const still = open.filter((row) => {
      const found = read.get(row.externalId);
      if (found instanceof PlatformError || found === undefined) {
        if (found?.failure === 'missing') return false;
        throw found ?? new PlatformError('unknown', 'The platform did not say whether the campaign is paused.', { platform: platform.id });
      }
      seen.push({ id: row.id, status: found.status });
      return found.status.unified === 'active';
    });
    await storeStatus(run, seen);
    const answer = told.get(still[0]?.externalId ?? '');
    if (answer instanceof PlatformError && answer.failure === 'auth') throw answer;
    if (still.length === 0) {
      await noneIsOn(run);
      await note(run, 'undo_paused', null, { objects: top.map((row) => row.externalId), sentAt: startedAt, traceId });
      return;
    }
    open = still;
    if (n === TRIES) break;
    await ctx.ports.sleep(200 * n);
  }
  await note(run, 'undo_paused', null, {
    objects: top.filter((row) => !open.includes(row)).map((row) => row.externalId),
    notPaused: open.map((row) => row.externalId),
    sentAt: startedAt,
    traceId: traces.at(-1) ?? null,
  });
}

/** With the top paused nothing below it is on, whatever its own switch says: no row says so any more. */
async function noneIsOn({ ctx, launch }: Run): Promise<void> {
  await statement(
    ctx,
    sql`update launch_items set state = 'VERIFIED', version = version + 1, updated_at = ${at(ctx.now())}
    where launch_id = ${launch.id} and organization_id = ${ctx.organizationId} and state = 'ACTIVE'
      and exists (select from launches l where l.id = launch_id and l.state = 'undoing')`,
  );
}
