import type { AsBuilt, StatusSet } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { withoutAccepted } from './accepted.ts';
import { buildRequest, type ObjectRow } from './build-request.ts';
import { noteVisible } from './first-visible.ts';
import type { Run } from './run-state.ts';
import { writeSeen, type DriftField, type Seen } from './write-seen.ts';

const MISSING: DriftField = { field: 'object', planned: 'exists', found: 'is gone' };
const LONGEST_PAUSE_MS = 10_000;
const UNSEEN = { state: 'CREATED', as_built: null } as const;

/** Read back what exists and compare every field we set (step 6 and section 10). Only a match becomes VERIFIED; children wait for that. */
export async function verifyObjects(run: Run, items: ObjectRow[]): Promise<void> {
  if (!(await run.permits.take(5_000, { reads: items.length, purpose: 'check' }))) return;
  const later = await toldFirst(run, items);
  const ready = items.filter((item) => !later.has(item.id));
  const answers = await run.platform.objects.readMany(
    run.session,
    ready.map((item) => ({ kind: item.kind, externalId: item.externalId as string })),
  );
  const now = run.ctx.now().getTime();
  const seen = items.map((item): Seen => {
    const found = answers.get(item.externalId as string);
    if (found && !(found instanceof PlatformError)) return compared(run, item, found);
    if (found?.failure === 'auth') run.blocked = found;
    const isGone = found?.failure === 'missing';
    const base = { ...UNSEEN, id: item.id, version: item.version };
    return isGone
      ? { ...base, drift: [MISSING], due: null }
      : { ...base, drift: null, due: readAgainAt(now, item), looks: item.searches + 1 };
  });
  const shown = items.filter((item) => isShown(answers.get(item.externalId as string)));
  await Promise.all([noteVisible(run, shown, 'read'), writeSeen(run, seen)]);
}

/** Some reads lag behind by a minute: each look waits longer for the next. */
const readAgainAt = (now: number, { searches }: Pick<ObjectRow, 'searches'>): string =>
  new Date(now + Math.min(LONGEST_PAUSE_MS, 500 * 1.5 ** searches)).toISOString();

/**
 * What the call that created it also read, as the row keeps it: a match needs no read of its own. Null = it has to be read back, because it
 * differs, or because something has to be said first.
 */
export function builtAsPlanned(run: Run, item: ObjectRow, built: AsBuilt): Seen['as_built'] {
  const { mayStartActive, complete } = run.platform.objects;
  if (mayStartActive?.has(item.kind) || complete?.kinds.has(item.kind)) return null;
  const seen = compared(run, item, built);
  return seen.drift === null ? seen.as_built : null;
}

function compared(run: Run, item: ObjectRow, found: AsBuilt): Seen {
  const drift = withoutAccepted(item.accepted, run.platform.objects.compare(buildRequest(item, run.account, run.parents), found));
  return {
    id: item.id,
    version: item.version,
    state: drift.length === 0 ? 'VERIFIED' : 'CREATED',
    as_built: { status: found.status, name: found.name, fields: found.fields },
    drift: drift.length === 0 ? null : drift,
    due: null,
  };
}

/**
 * What creates could not say, or the platform may have ignored, is said now, in calls of its own: paused first, so that nothing is made below a
 * parent that runs. Returns what is not told yet and comes again: only a plain no goes on to be read, where the comparison shows what is missing.
 */
async function toldFirst(run: Run, items: readonly ObjectRow[]): Promise<Set<string>> {
  const { objects } = run.platform;
  const { mayStartActive, complete } = objects;
  const mayRun = items.filter((item) => mayStartActive?.has(item.kind));
  const unpaused = await tell(run, mayRun, () => objects.setStatusMany(run.session, mayRun.map(named), 'paused'));
  const open = complete ? items.filter((item) => complete.kinds.has(item.kind) && !unpaused.has(item.id)) : [];
  const made = open.map((item) => ({ externalId: item.externalId as string, request: buildRequest(item, run.account, run.parents) }));
  const incomplete = await tell(run, open, () => complete?.run(run.session, made) ?? Promise.resolve(new Map<string, true>()));
  return new Set([...unpaused, ...incomplete]);
}

const named = ({ kind, externalId }: ObjectRow) => ({ kind, externalId: externalId as string });

/** Sets that may be repeated; returns the items they were not made for. */
async function tell(
  run: Run,
  items: readonly ObjectRow[],
  set: () => Promise<ReadonlyMap<string, StatusSet | PlatformError>>,
): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const isFree = await run.permits.take(5_000, { writes: items.length, purpose: 'launch' });
  const told = isFree ? await set() : new Map<string, StatusSet | PlatformError>();
  return new Set(
    items.flatMap(({ id, externalId }) => {
      const answer = told.get(externalId as string);
      if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
      const isDone = answer instanceof PlatformError ? answer.failure === 'refused' || answer.failure === 'missing' : answer !== undefined;
      return isDone ? [] : [id];
    }),
  );
}

const isShown = (answer: AsBuilt | PlatformError | undefined): boolean => answer !== undefined && !(answer instanceof PlatformError);
