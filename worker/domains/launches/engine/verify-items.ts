import { sql } from 'drizzle-orm';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import { accountMedia } from '#schema/index.ts';
import type { AsBuilt } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { buildRequest, type ObjectRow } from './build-request.ts';
import { noteVisible } from './first-visible.ts';
import { note } from './note.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

export interface DriftField {
  field: string;
  planned: string;
  found: string;
}
interface Seen {
  id: string;
  version: number;
  state: 'CREATED' | 'VERIFIED';
  as_built: unknown;
  drift: DriftField[] | null;
  due: string | null;
  looks?: number;
}

/** Lists lag behind an upload by seconds; an image not listed after this many looks is not there. */
const MOST_LOOKS = 30;
const MISSING: DriftField = { field: 'object', planned: 'exists', found: 'is gone' };

/** Read back what exists and compare every field we set (step 6 and section 10). Only a match becomes VERIFIED; children wait for that. */
export async function verifyObjects(run: Run, items: ObjectRow[]): Promise<void> {
  if (!(await run.permits.take(5_000, { reads: items.length, purpose: 'check' }))) return;
  await pauseFirst(run, items);
  const now = run.ctx.now().getTime();
  const incomplete = await completeFirst(run, items);
  const answers = await run.platform.objects.readMany(
    run.session,
    items.filter((item) => !incomplete.has(item.id)).map((item) => ({ kind: item.kind, externalId: item.externalId as string })),
  );
  const seen = items.map((item): Seen => {
    const base = { id: item.id, version: item.version };
    const found = answers.get(item.externalId as string);
    if (found instanceof PlatformError || !found) {
      if (found?.failure === 'auth') run.blocked = found;
      if (found?.failure === 'missing') return { ...base, state: 'CREATED', as_built: null, drift: [MISSING], due: null };
      return { ...base, state: 'CREATED', as_built: null, drift: null, due: new Date(now + 500).toISOString() };
    }
    const drift = run.platform.objects.compare(buildRequest(item, run.account, run.parents), found);
    return {
      ...base,
      state: drift.length === 0 ? 'VERIFIED' : 'CREATED',
      as_built: { status: found.status, name: found.name, fields: found.fields },
      drift: drift.length === 0 ? null : drift,
      due: null,
    };
  });
  await noteVisible(
    run,
    items.filter((item) => isShown(answers.get(item.externalId as string))),
    'read',
  );
  await writeSeen(run, seen);
}

/** Where a create may ignore "paused", a change of its own makes it so; nothing is made below such a parent before that was read back. */
async function pauseFirst(run: Run, items: readonly ObjectRow[]): Promise<void> {
  const mayRun = items.filter((item) => run.platform.objects.mayStartActive?.has(item.kind));
  if (mayRun.length === 0 || !(await run.permits.take(5_000, { writes: mayRun.length, purpose: 'launch' }))) return;
  const objects = mayRun.map((item) => ({ kind: item.kind, externalId: item.externalId as string }));
  await run.platform.objects.setStatusMany(run.session, objects, 'paused');
}

/**
 * What creates could not say is said now. Returns what is not done yet and comes again: only a plain no goes on to be read, where the
 * comparison shows what is missing.
 */
async function completeFirst(run: Run, items: readonly ObjectRow[]): Promise<Set<string>> {
  const { complete } = run.platform.objects;
  const open = items.filter((item) => complete?.kinds.has(item.kind));
  if (!complete || open.length === 0) return new Set();
  if (!(await run.permits.take(5_000, { writes: open.length, purpose: 'launch' }))) return new Set(open.map((item) => item.id));
  const made = open.map((item) => ({ externalId: item.externalId as string, request: buildRequest(item, run.account, run.parents) }));
  const told = await complete.run(run.session, made);
  return new Set(
    open.flatMap(({ id, externalId }) => {
      const answer = told.get(externalId as string);
      if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
      const isDone = answer === true || answer?.failure === 'refused' || answer?.failure === 'missing';
      return isDone ? [] : [id];
    }),
  );
}

const isShown = (answer: AsBuilt | PlatformError | undefined): boolean => answer !== undefined && !(answer instanceof PlatformError);

/** Media: waiting for a video to be processed is a state, not a failure. */
export async function verifyMedia(run: Run, item: ItemRow): Promise<void> {
  const { ctx, platform, session } = run;
  const spec = item.spec as MediaSpec;
  if (!(await run.permits.take(5_000, { reads: 2, purpose: 'check' }))) return;
  const externalId = item.externalId as string;
  const state = await platform.media.state(session, spec.kind, externalId);
  const thumbnail = state === 'ready' && spec.kind === 'video' ? await platform.media.thumbnail(session, externalId) : null;
  const isReady = state === 'ready' && (spec.kind === 'image' || thumbnail !== null);
  // A video is read by its id, so any state shows it; a picture that cannot be seen yet looks like one being processed.
  if (spec.kind === 'video' || state === 'ready') await noteVisible(run, [item], 'read');
  const isLost = state === 'failed' || (spec.kind === 'image' && item.searches >= MOST_LOOKS);
  const due = new Date(ctx.now().getTime() + Math.min(10_000, (spec.kind === 'image' ? 300 : 1_000) * 1.25 ** item.searches)).toISOString();
  await writeSeen(run, [
    {
      id: item.id,
      version: item.version,
      state: isReady ? 'VERIFIED' : 'CREATED',
      as_built: isReady ? { status: { unified: 'active', raw: 'ready' }, thumbnail } : null,
      drift: isLost ? [{ field: 'processing', planned: 'ready', found: state === 'failed' ? 'failed' : 'is gone' }] : null,
      due: isReady || isLost ? null : due,
      looks: item.searches + 1,
    },
  ]);
  if (isReady && spec.sha256 !== null) {
    const row = { organizationId: ctx.organizationId, accountId: run.account.id, sha256: spec.sha256, externalId, createdAt: ctx.now() };
    await ctx.read((q) => q.insert(accountMedia).values(row).onConflictDoNothing());
  }
}

async function writeSeen(run: Run, seen: Seen[]): Promise<void> {
  const { ctx } = run;
  const written = await statement<{ id: string }>(
    ctx,
    sql`
    update launch_items i set state = s.state, as_built = coalesce(s.as_built, i.as_built), drift = nullif(s.drift, 'null'::jsonb), not_before = s.due, searches = coalesce(s.looks, i.searches), version = i.version + 1, updated_at = ${at(ctx.now())}
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s(id text, version int, state text, as_built jsonb, drift jsonb, due timestamptz, looks int)
    where i.id = s.id and i.organization_id = ${ctx.organizationId} and i.state = 'CREATED' and i.version = s.version
    returning i.id`,
  );
  const taken = new Set(written.map((row) => row.id));
  for (const one of seen) if (one.drift !== null && taken.has(one.id)) await note(run, 'drift', one.id, { drift: one.drift });
}
