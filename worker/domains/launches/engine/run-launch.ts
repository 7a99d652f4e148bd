import { and, eq, sql } from 'drizzle-orm';
import { launches } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { accessRefused } from '../../connections/index.ts';
import { beat } from './beat.ts';
import { checkLaunch } from './check-launch.ts';
import { concludeLaunch } from './conclude-launch.ts';
import { nextDue, reopen } from './find-work.ts';
import { note } from './note.ts';
import { openRun } from './open-run.ts';
import type { Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { MAX_TASKS, workThrough } from './work-through.ts';
import { runUndo } from '../undo/run-undo.ts';

/** How one run ended: null = nothing is left to do by itself, else the milliseconds after which to come again. */
export type Left = { againInMs: number } | null;

/**
 * One bounded piece of work on a launch. Any number may run at once, be lost, repeated or killed at any line: what is left to do is
 * read from Postgres, and each step is a guarded write there.
 */
export async function runLaunch(ctx: Context, launchId: string, budgetMs: number): Promise<Left> {
  const until = ctx.now().getTime() + budgetMs;
  const state = await stateOf(ctx, launchId);
  if (state !== 'running' && state !== 'cancelling' && state !== 'checking' && state !== 'undoing') return null;
  const run = await openRun(ctx, launchId);
  if (!run) return null; // the minute's sweep comes back until the connection works again
  if (run.launch.state === 'checking') {
    const left = await checkLaunch(run, until);
    return run.blocked ? block(run, run.blocked) : left;
  }
  if (run.launch.state === 'undoing') {
    const left = await runUndo(run, until);
    return run.blocked ? block(run, run.blocked) : left;
  }
  let begun = 0;
  for (;;) {
    await beat(run);
    if (run.launch.state === 'cancelling') await dropUnsent(run);
    const left = until - ctx.now().getTime();
    if (left <= 0 || begun >= MAX_TASKS) return { againInMs: 0 };
    begun += await workThrough(run, until, MAX_TASKS - begun);
    run.nudge();
    if (run.blocked) return block(run, run.blocked);
    const due = await nextDue(run);
    if (due === null) {
      const isDone = await concludeCalmly(run);
      run.nudge();
      if (isDone) return null;
      if (run.blocked) return block(run, run.blocked);
    }
    // Something else may have moved the launch on, or a cancel may have come.
    let now = await stateOf(ctx, launchId);
    if (now === 'needs_attention' && (await reopen(run))) now = 'running';
    if (now !== 'running' && now !== 'cancelling') return null;
    run.launch.state = now;
    const waitMs = Math.max(due === null ? 300 : due.getTime() - ctx.now().getTime(), 20);
    if (ctx.now().getTime() + waitMs >= until) return { againInMs: waitMs };
    await ctx.ports.sleep(Math.min(waitMs, 1_000));
  }
}

async function concludeCalmly(run: Run): Promise<boolean> {
  try {
    return await concludeLaunch(run);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') run.blocked = error;
    return false; // reads and sets only: all of it is done again
  }
}

async function stateOf(ctx: Context, launchId: string): Promise<typeof launches.$inferSelect.state | null> {
  const [row] = await ctx.read((q) =>
    q
      .select({ state: launches.state })
      .from(launches)
      .where(and(eq(launches.id, launchId), eq(launches.organizationId, ctx.organizationId))),
  );
  return row?.state ?? null;
}

/** After a cancel nothing new starts; what is unclear is still settled. */
async function dropUnsent(run: Run): Promise<void> {
  await statement(
    run.ctx,
    sql`update launch_items set state = 'CANCELLED', not_before = null, version = version + 1, updated_at = ${at(run.ctx.now())}
    where launch_id = ${run.launch.id} and organization_id = ${run.ctx.organizationId} and state in ('PLANNED', 'READY', 'REJECTED')`,
  );
}

/** One clear request to a person, unless a renewal helps; every row keeps its state and goes on afterwards. */
async function block(run: Run, error: PlatformError): Promise<Left> {
  if (await accessRefused(run.ctx, run.account.connectionId, error)) return { againInMs: 0 };
  await note(run, 'connection_expired', null, null);
  run.nudge();
  return null;
}
