import { sql, type SQL } from 'drizzle-orm';
import { MAX_FLAKY_ATTEMPTS } from '#shared/rules/launch-states.ts';
import { decideSettle, type FoundObject } from '#shared/rules/settle-decision.ts';
import type { ObjectRow } from './build-request.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import { nextLook } from './clock.ts';
import { droppedError, flakyError, heldError } from './item-error.ts';
import { noteVisible } from './first-visible.ts';
import { lookForFile, lookForObjects } from './look-for.ts';
import { neutralise } from './neutralise.ts';
import { note } from './note.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, json, statement } from './sql-rows.ts';

const IS_CANCELLING = sql`(select l.state from launches l where l.id = launch_items.launch_id) in ('cancelling', 'undoing')`;

/** A search: when it began, for absence is only as old as that; what it found, null when none was made or it failed; and why. */
interface Look<Found> {
  at: Date;
  found: Found | null;
  trouble: unknown;
}

/** Step 4: an unclear create is answered by looking for it; absence counts only after the window, twice, some time apart. Rows of one kind. */
export async function settleObjects(run: Run, items: ObjectRow[], leftMs: number): Promise<void> {
  const sentAt = await sentAtOf(run, items);
  const look = await lookSafely(run, leftMs, () => lookForObjects(run, items));
  for (const item of items) await settle(run, item, sentAt, { ...look, found: look.found && (look.found.get(item.id) ?? []) });
}

/** The same for a file. */
export async function settleMedia(run: Run, item: ItemRow, leftMs: number): Promise<void> {
  const sentAt = await sentAtOf(run, [item]);
  await settle(run, item, sentAt, await lookSafely(run, leftMs, () => lookForFile(run, item)));
}

async function lookSafely<Found>(run: Run, leftMs: number, search: () => Promise<Found>): Promise<Look<Found>> {
  const mayLook = await run.permits.take(Math.min(leftMs, 5_000), { reads: 3, purpose: 'check' });
  const began = run.ctx.now();
  try {
    return { at: began, found: mayLook ? await search() : null, trouble: null };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') run.blocked = error;
    return { at: began, found: null, trouble: error.detail.raw ?? error.message };
  }
}

async function settle(run: Run, item: ItemRow, sentAt: ReadonlyMap<string, number>, look: Look<FoundObject[]>): Promise<void> {
  const { ctx, clock } = run;
  const { at: now, found, trouble } = look;
  const settleUntil = item.settleUntil?.getTime() ?? 0;
  const isHasty = isMutant(ctx.ports, 'no-window');
  const facts = {
    now: now.getTime(),
    // A row a person sent to be looked for again has a window of its own, and as long as any other until it is held again.
    sentAt: Math.max(sentAt.get(item.id) ?? 0, settleUntil - clock.settle.windowMs),
    settleUntil,
    emptySearchAt: item.searches > 0 ? (item.lastSearchAt?.getTime() ?? null) : null,
    found,
  };
  const decision = isHasty && found?.length === 0 ? ({ do: 'not-created' } as const) : decideSettle(facts, clock.settle);
  switch (decision.do) {
    case 'wait':
      return void (await change(run, item, sql`not_before = ${at(nextLook(clock, decision.until))}`));
    case 'search':
      return void (await change(run, item, sql`not_before = ${at(nextLook(clock, now.getTime() + clock.settle.betweenSearchesMs))}`));
    case 'search-again': {
      // A look that came too early after the last empty one leaves the count as it is.
      const isNewLook = facts.emptySearchAt === null || facts.emptySearchAt < facts.settleUntil;
      return void (await change(
        run,
        item,
        sql`searches = searches + ${isNewLook ? 1 : 0}, last_search_at = ${isNewLook ? at(now) : sql`last_search_at`}, not_before = ${at(nextLook(clock, decision.at))}`,
      ));
    }
    case 'adopt': {
      const adopted = await change(
        run,
        item,
        sql`state = 'CREATED', external_id = ${decision.externalId}, settle_until = null, not_before = null, last_error = null`,
        'adopted',
        { externalId: decision.externalId },
      );
      if (!adopted) return;
      await noteVisible(run, [item], 'search');
      await note(run, 'adopted', item.id, { externalId: decision.externalId });
      if (decision.extra.length > 0) await neutralise(run, item, decision.externalId, decision.extra);
      return;
    }
    case 'not-created':
      return await notCreated(run, item, now, trouble);
    case 'hold':
      if (await change(run, item, held(trouble), 'held')) await note(run, 'held', item.id, null);
  }
}

/** In a cancelled launch nobody will decide any more: the row is dropped, and should its object exist the later sweeps archive it. */
const held = (trouble: unknown): SQL => sql`not_before = null,
  state = case when ${IS_CANCELLING} then 'CANCELLED' else 'HELD' end,
  last_error = case when ${IS_CANCELLING} then ${json(droppedError(trouble))} else ${json(heldError(trouble))} end`;

async function notCreated(run: Run, item: ItemRow, now: Date, trouble: unknown): Promise<void> {
  const spent = item.flakyRetries >= MAX_FLAKY_ATTEMPTS;
  const next = spent
    ? sql`state = 'REJECTED', not_before = null, last_error = ${json(flakyError(trouble))}`
    : sql`state = case when ${IS_CANCELLING} then 'CANCELLED' else 'READY' end,
        flaky_retries = flaky_retries + 1, not_before = ${at(now.getTime() + (item.flakyRetries === 0 ? 0 : 250 * 2 ** item.flakyRetries))}`;
  await change(run, item, sql`${next}, settle_until = null`, 'not_created');
}

/** One guarded write: only while this attempt is unclear and nobody wrote in between. */
async function change(run: Run, item: ItemRow, set: SQL, outcome: string | null = null, detail: unknown = null): Promise<boolean> {
  const now = run.ctx.now();
  const guard = isMutant(run.ctx.ports, 'no-attempt-guard')
    ? sql`true`
    : sql`attempt = ${item.attempt} and state = 'SENDING' and version = ${item.version}`;
  const rows = await statement<{ taken: boolean }>(
    run.ctx,
    sql`
    with taken as (
      update launch_items set ${set}, version = version + 1, updated_at = ${at(now)} where id = ${item.id} and organization_id = ${run.ctx.organizationId} and ${guard} returning id
    ), noted as (
      update launch_attempts set outcome = coalesce(${outcome}::text, outcome), finished_at = coalesce(finished_at, ${outcome === null ? sql`null` : at(now)}), detail = coalesce(detail, '{}'::jsonb) || ${json(detail ?? {})}
      where ${outcome !== null} and item_id = ${item.id} and n = ${item.attempt} and exists (select from taken)
    )
    select exists (select from taken) as taken`,
  );
  return rows[0]?.taken === true;
}

/** When the attempt that is unclear was sent, by item. */
async function sentAtOf(run: Run, items: readonly ItemRow[]): Promise<Map<string, number>> {
  const attempts = items.map(({ id, attempt }) => ({ id, attempt }));
  const rows = await statement<{ id: string; sent_at: string }>(
    run.ctx,
    sql`select a.item_id as id, a.sent_at from launch_attempts a
    join jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as s(id text, attempt int) on s.id = a.item_id and s.attempt = a.n
    where a.organization_id = ${run.ctx.organizationId}`,
  );
  if (rows.length < items.length) throw new Error(`of ${items.length} items that are SENDING ${rows.length} have the attempt they name`);
  return new Map(rows.map((row) => [row.id, new Date(row.sent_at).getTime()]));
}
