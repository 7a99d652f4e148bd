import { and, eq, gt, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import type { AsBuilt } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { withoutAccepted } from './accepted.ts';
import { buildRequest, isObject, type ObjectRow } from './build-request.ts';
import { loadParents } from './find-work.ts';
import { inParts } from './in-parts.ts';
import { lookForFile, wantedOf } from './look-for.ts';
import { neutralise } from './neutralise.ts';
import { note } from './note.ts';
import { repeat } from './repeat.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { isSwitchOpen, storeStatus } from './switch-state.ts';
import { undoAgain } from '../undo/undo-again.ts';
import type { DriftField } from './write-seen.ts';

export interface Sweep {
  objects: number;
  duplicates: number;
  missing: number;
  drifted: number;
}

/**
 * Both ways: every object that carries a token of this launch against our rows, and every row against the objects. An object nobody
 * holds is neutralised; one whose row was held is taken over; a row whose object is gone says so.
 * @param recheck also compare every field again (the platform is known to change switches later)
 */
export async function sweepObjects(run: Run, recheck: boolean): Promise<Sweep> {
  const { ctx, launch, platform, session } = run;
  const items = await ctx.read((q) =>
    q
      .select()
      .from(launchItems)
      .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId), gt(launchItems.attempt, 0))),
  );
  const rows = items.filter(isObject);
  const parentIds = new Map(rows.map((row) => [row.id, row.externalId]));
  const sweep: Sweep = { objects: 0, duplicates: 0, missing: 0, drifted: 0 };
  const unseen: ObjectRow[] = [];
  const searches = await inParts(run, rows, (part, kind) => {
    const wanted = part.map((row) => wantedOf(row, parentIds.get(row.parentItemId ?? '') ?? null));
    return repeat(run, () => platform.objects.findByTokens(session, kind, wanted));
  });
  const found = new Map<string | null, AsBuilt[]>();
  for (const one of searches.flat().filter(isAlive)) found.set(one.clientToken, [...(found.get(one.clientToken) ?? []), one]);
  for (const row of rows) {
    const carrying = found.get(row.clientToken) ?? [];
    sweep.objects += carrying.length;
    if (isSettling(row)) continue;
    const extra = await keepOne(run, row, carrying);
    sweep.duplicates += extra;
    if (row.state === 'UNDONE' && carrying.some((one) => one.externalId === row.externalId)) await undoAgain(run, row);
    // What was undone is meant to be gone; a second object of it, made late, is archived like any other.
    if (row.state !== 'UNDONE' && row.externalId !== null && (recheck || extra === carrying.length)) unseen.push(row);
  }
  for (const row of items) {
    // Equal pictures are one at the platform; each upload of a video makes another.
    if (row.kind !== 'media' || (row.spec as MediaSpec).kind !== 'video' || isSettling(row)) continue;
    sweep.duplicates += await keepOne(run, row, await repeat(run, () => lookForFile(run, row)));
  }
  if (unseen.length > 0) await lookAgain(run, unseen, recheck, sweep);
  return sweep;
}

/** Its own settling decides. */
const isSettling = (row: ItemRow) => row.state === 'SENDING' || row.state === 'READY';

/** Of all that carry the row's token its own stays; a held row without one takes the oldest. Returns how many were too many. */
async function keepOne(run: Run, row: ItemRow, carrying: { externalId: string }[]): Promise<number> {
  const [oldest] = carrying;
  const kept = row.state === 'HELD' && oldest && (await adoptHeld(run, row, oldest)) ? oldest.externalId : row.externalId;
  const extra = carrying.filter((one) => one.externalId !== kept).map((one) => one.externalId);
  if (extra.length > 0) await neutralise(run, row, kept, extra);
  return extra.length;
}

const isAlive = (one: AsBuilt) => one.status.unified !== 'archived' && one.status.unified !== 'deleted';

/** Lists lag behind, a read by id does not: only that may say an object is gone. */
async function lookAgain(run: Run, rows: ObjectRow[], recheck: boolean, sweep: Sweep): Promise<void> {
  await loadParents(run, rows);
  const answers = await readAll(run, rows);
  const isOpen = recheck && (await isSwitchOpen(run));
  const campaigns: { id: string; status: AsBuilt['status'] }[] = [];
  for (const row of rows) {
    const found = answers.get(row.externalId as string);
    if (found instanceof PlatformError && found.failure !== 'missing') throw found;
    if (row.kind === 'campaign' && found && !(found instanceof PlatformError)) campaigns.push({ id: row.id, status: found.status });
    const isGone = !found || found instanceof PlatformError || !isAlive(found);
    const drift: DriftField[] = isGone
      ? [{ field: 'object', planned: 'exists', found: 'is gone' }]
      : recheck
        ? comparedNow(run, row, found, isOpen)
        : [];
    if (drift.length === 0) continue;
    if (isGone) sweep.missing += 1;
    else sweep.drifted += 1;
    const written = await statement(
      run.ctx,
      sql`update launch_items set drift = ${JSON.stringify(drift)}::jsonb, version = version + 1, updated_at = ${at(run.ctx.now())}
      where id = ${row.id} and organization_id = ${run.ctx.organizationId} and version = ${row.version} and drift is distinct from ${JSON.stringify(drift)}::jsonb returning id`,
    );
    if (written.length > 0) await note(run, isGone ? 'missing' : 'drift', row.id, { drift });
  }
  await storeStatus(run, campaigns);
}

/** In a batch each read can fail by itself; only those are asked again. */
async function readAll(run: Run, rows: ObjectRow[]): Promise<Map<string, AsBuilt | PlatformError>> {
  const answers = new Map<string, AsBuilt | PlatformError>();
  for (let n = 0; n < 4; n += 1) {
    const open = rows.filter((row) => isUnclear(answers.get(row.externalId as string)));
    if (open.length === 0) break;
    const told = await inParts(run, open, (part) => {
      const objects = part.map((row) => ({ kind: row.kind, externalId: row.externalId as string }));
      return repeat(run, () => run.platform.objects.readMany(run.session, objects), { reads: part.length });
    });
    for (const part of told) for (const [id, answer] of part) answers.set(id, answer);
  }
  return answers;
}

const isUnclear = (answer: AsBuilt | PlatformError | undefined) =>
  answer === undefined || (answer instanceof PlatformError && answer.failure !== 'missing' && answer.failure !== 'auth');

/**
 * The own switch of an object has moved since it was planned: it is compared with what was armed and switched on since.
 * @param isOpen our own switch is under way: its campaigns may be on or not
 */
function comparedNow(run: Run, row: ObjectRow, found: AsBuilt, isOpen: boolean): DriftField[] {
  const fields = withoutAccepted(row.accepted, run.platform.objects.compare(buildRequest(row, run.account, run.parents), found)).filter(
    (drift) => drift.field !== 'status',
  );
  // Of a launch that was to be undone the top was paused whatever its rows say.
  if (row.kind === 'creative' || run.launch.state === 'partly_undone' || (row.kind === 'campaign' && isOpen)) return fields;
  const planned = isMeantToBeOn(row) ? 'active' : 'paused';
  return found.status.unified === planned ? fields : [...fields, { field: 'status', planned, found: found.status.unified }];
}

function isMeantToBeOn(row: ObjectRow): boolean {
  if (row.state === 'ACTIVE') return true;
  return row.kind !== 'campaign' && (row.asBuilt as Pick<AsBuilt, 'status'> | null)?.status.unified === 'active';
}

async function adoptHeld(run: Run, row: ItemRow, found: { externalId: string }): Promise<boolean> {
  const rows = await statement(
    run.ctx,
    sql`update launch_items set state = 'CREATED', external_id = ${found.externalId}, last_error = null, version = version + 1, updated_at = ${at(run.ctx.now())}
    where id = ${row.id} and organization_id = ${run.ctx.organizationId} and state = 'HELD' and version = ${row.version} returning id`,
  );
  if (rows.length > 0) await note(run, 'adopted', row.id, { externalId: found.externalId });
  return rows.length > 0;
}
