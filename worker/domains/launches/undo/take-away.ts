import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import type { RemovalWay } from '#shared/rules/ad-platforms/platform-rules.ts';
import type { StatusSet } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { isObject, type ObjectRow } from '../engine/build-request.ts';
import { loadParents } from '../engine/find-work.ts';
import type { Run } from '../engine/run-state.ts';
import { changedSince, hashOfChanges } from './changed-since.ts';
import { lookAtObjects, type Look } from './look-at-objects.ts';
import { strangersIn } from './strangers.ts';
import { moveUndo, undoOf, type Undo, type UndoChange, type UndoRefusal } from './undo-state.ts';

/** What each object's change was answered with. */
type Told = Map<string, StatusSet | PlatformError>;

/** Calls for one object that is still there after the platform said it had done it. */
const MOST_TRIES = 5;
/** Looks in a row that came to nothing; with the waits between them about half an hour. */
const MOST_BLIND = 60;
const LONGEST_WAIT_MS = 30_000;

/**
 * Takes objects of one kind away that nothing of ours lies in any more. Each is read first: what is gone already counts as undone, what
 * somebody changed waits for that person's word. The rest is claimed by a guarded write with its receipt, asked away in shared calls, and
 * undone only once it was read as gone. Can be repeated from any point: it always begins with a read.
 */
export async function takeAway(run: Run, rows: readonly ObjectRow[], until: number): Promise<void> {
  await loadParents(run, [...rows]);
  const looks = await lookAtObjects(run, rows);
  if (run.blocked) return;
  const there = rows.filter((row) => looks.get(row.id)?.is === 'there');
  const strangers = await strangersIn(run, there);
  const moves = await Promise.all(rows.map((row) => judge(run, row, looks.get(row.id) as Look, strangers)));
  const toSend = new Set(moves.filter((move) => move.undo.state === 'sent' && move.step?.kind === 'undo_sent').map((move) => move.row.id));
  await moveUndo(
    run,
    moves.filter((move) => !toSend.has(move.row.id)),
  );
  const open = moves.filter((move) => toSend.has(move.row.id));
  const most = run.platform.objects.archivedTogether;
  const sent: ObjectRow[] = [];
  const told: Told = new Map();
  for (let from = 0; from < open.length && !run.blocked; from += most) {
    const part = open.slice(from, from + most);
    const calls = { writes: part.length, reads: run.platform.objects.readsBack ? part.length : 0, purpose: 'launch' as const };
    if (run.ctx.now().getTime() >= until || !(await run.permits.take(5_000, calls))) break;
    const claimed = (await moveUndo(run, part)).filter(isObject);
    sent.push(...(await send(run, claimed, told)));
  }
  if (sent.length > 0 && !run.blocked) await confirmGone(run, sent, told);
}

/** What a look means for one object. */
async function judge(run: Run, row: ObjectRow, look: Look, strangers: Awaited<ReturnType<typeof strangersIn>>): Promise<UndoChange> {
  const { n = 0, tries = 0, blind = 0, ...before } = undoOf(row) ?? ({} as Partial<Undo>);
  const now = run.ctx.now().getTime();
  if (look.is === 'gone') return gone(run, row);
  if (look.is === 'unread') {
    if (blind >= MOST_BLIND) return refuse(row, { ...before, n, tries }, unreadRefusal(look.error));
    const waitMs = Math.max(Math.min(500 * 2 ** Math.min(blind, 10), LONGEST_WAIT_MS), (look.error?.detail.retryAfterSeconds ?? 0) * 1000);
    const undo: Undo = { state: 'sent', ...before, n, tries, blind: blind + 1 };
    return { row, undo, notBefore: new Date(now + waitMs) };
  }
  const foreign = strangers.get(row.externalId as string);
  const changes = [...changedSince(run, row, look.found), ...(foreign ? [foreign] : [])];
  const hash = await hashOfChanges(changes);
  if (changes.length > 0 && before.hash !== hash)
    return { row, undo: { state: 'changed', n, changes, hash }, notBefore: null, step: { kind: 'undo_changed', detail: { changes } } };
  if (tries >= MOST_TRIES) return refuse(row, { ...before, n, tries }, stillThere);
  const confirmed = changes.length > 0 ? { changes, hash } : {};
  return {
    row,
    undo: { state: 'sent', n: n + 1, tries, ...confirmed },
    // Until the call has had its time nobody else asks for the same.
    notBefore: new Date(now + run.session.timeoutMs + 5_000),
    step: { kind: 'undo_sent', detail: { n: n + 1, action: wayOf(run, row), externalId: row.externalId } },
  };
}

/** One shared call, each object with an outcome and a receipt of its own. Never repeated here: the next look says what came of it. */
async function send(run: Run, rows: ObjectRow[], told: Told): Promise<ObjectRow[]> {
  if (rows.length === 0) return [];
  const { ctx, platform, session } = run;
  const traces: string[] = [];
  const sentAt = ctx.now().toISOString();
  const answers = await platform.objects
    .setStatusMany(
      { ...session, onTrace: (id) => void traces.push(id) },
      rows.map((row) => ({ kind: row.kind, externalId: row.externalId as string })),
      'archived',
    )
    .catch((error: unknown) => {
      if (!(error instanceof PlatformError)) throw error;
      return new Map<string, PlatformError>(rows.map((row) => [row.externalId as string, error]));
    });
  const now = ctx.now().getTime();
  return (
    await moveUndo(
      run,
      rows.map((row): UndoChange => {
        const answer = answers.get(row.externalId as string) ?? noAnswer(platform.id);
        told.set(row.id, answer);
        const isError = answer instanceof PlatformError;
        if (isError && answer.failure === 'auth') run.blocked = answer;
        const undo = undoOf(row) as Undo;
        const isAnswer = !isError || answer.failure === 'refused' || answer.failure === 'missing';
        const waitMs = isError ? (answer.detail.retryAfterSeconds ?? 1) * 1000 : 1_000;
        return {
          row,
          undo: { ...undo, tries: (undo.tries ?? 0) + (isAnswer ? 1 : 0) },
          notBefore: run.blocked ? null : new Date(now + waitMs),
          step: {
            kind: 'undo_answered',
            detail: {
              n: undo.n,
              action: wayOf(run, row),
              outcome: isError ? answer.failure : 'done',
              sentAt,
              traceId: (isError ? answer.detail.traceId : undefined) ?? traces.at(-1) ?? null,
              ...(isError ? { code: answer.detail.code ?? null, message: answer.message } : {}),
            },
          },
        };
      }),
    )
  ).filter(isObject);
}

/** Only a read says that something is gone, and only after a read is a refusal told: the object may be gone all the same. */
async function confirmGone(run: Run, rows: ObjectRow[], told: Told): Promise<void> {
  const read = rows.filter((row) => wasReadAsGone(told.get(row.id)));
  await moveUndo(
    run,
    read.map((row) => gone(run, row)),
  );
  const unread = rows.filter((row) => !read.includes(row));
  const looks = unread.length === 0 ? new Map<string, Look>() : await lookAtObjects(run, unread);
  const moves = unread.flatMap((row): UndoChange[] => {
    const look = looks.get(row.id);
    const answer = told.get(row.id);
    if (look?.is === 'gone') return [gone(run, row)];
    if (look?.is === 'there' && answer instanceof PlatformError && answer.failure === 'refused')
      return [refuse(row, undoOf(row) as Undo, refusedBy(answer))];
    return [];
  });
  await moveUndo(run, moves);
}

/** Where the call that changes something also reads what came of it. */
const wasReadAsGone = (answer: StatusSet | PlatformError | undefined): boolean =>
  answer !== undefined &&
  answer !== true &&
  !(answer instanceof PlatformError) &&
  (answer.unified === 'archived' || answer.unified === 'deleted');

const wayOf = (run: Run, row: ObjectRow): RemovalWay => platformRules(run.platform.id).removal.ways[row.kind] ?? 'deleted';

/** Without a call of ours somebody else took it away. */
function gone(run: Run, row: ObjectRow): UndoChange {
  const { n = 0, changes } = undoOf(row) ?? {};
  const how = n > 0 ? wayOf(run, row) : 'gone';
  const kept = changes === undefined ? {} : { changes };
  return { row, undo: { state: 'done', n, how, ...kept }, notBefore: null, step: { kind: 'undone', detail: { how } } };
}

const refuse = (row: ObjectRow, undo: Omit<Undo, 'state'>, error: UndoRefusal): UndoChange => ({
  row,
  undo: { ...undo, state: 'refused', error },
  notBefore: null,
  step: { kind: 'undo_refused', detail: { ...error } },
});

const refusedBy = (error: PlatformError): UndoRefusal => ({
  code: [error.detail.code, error.detail.subcode].filter(Boolean).join('/') || 'refused',
  message: error.message,
  fix: BY_HAND,
});
const BY_HAND = 'Take it away in the ad manager, or ask for the undo again. What lies above it stays, paused.';
const stillThere: UndoRefusal = {
  code: 'still_there',
  message: 'The platform says that it is done, and the object is still there.',
  fix: BY_HAND,
};
const unreadRefusal = (error: PlatformError | null): UndoRefusal => ({
  code: 'unread',
  message: error?.message ?? 'The platform does not say whether the object is there.',
  fix: 'Ask for the undo again when the platform answers.',
});
const noAnswer = (platform: Run['platform']['id']): PlatformError =>
  new PlatformError('unknown', 'The answer says nothing of this object.', { platform });
