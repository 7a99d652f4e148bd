import { sideBySide } from '../../../platforms/http/side-by-side.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { beat } from '../engine/beat.ts';
import { nextDue } from '../engine/find-work.ts';
import type { Left } from '../engine/run-launch.ts';
import type { Run } from '../engine/run-state.ts';
import { LANES, MAX_TASKS, TOGETHER, workThrough } from '../engine/work-through.ts';
import { concludeUndo } from './conclude-undo.ts';
import { dueForUndo, nextUndoDue } from './find-undo-work.ts';
import { isTopPaused, pauseTop } from './pause-top.ts';
import { takeAway } from './take-away.ts';

const MOST_ROUNDS = 100;

/**
 * One bounded piece of an undo: the top is paused before anything else, what was unclear is settled, then everything of ours is taken away,
 * lowest first. Like every run it can be lost, repeated, doubled or killed at any line: what is left to do is read from Postgres.
 * @returns null = nothing is left to do by itself. A run that is blocked by its access ends early with `run.blocked` set
 */
export async function runUndo(run: Run, until: number): Promise<Left> {
  const { ctx } = run;
  const left = () => until - ctx.now().getTime();
  try {
    if (!(await isTopPaused(run))) {
      await pauseTop(run);
      run.nudge();
    }
    let begun = 0;
    for (let round = 0; left() > 0 && round < MOST_ROUNDS && begun < MAX_TASKS; round += 1) {
      await beat(run);
      const unclear = await nextDue(run);
      if (unclear !== null) begun += await workThrough(run, until, MAX_TASKS - begun);
      else await takeWhatIsDue(run, until);
      run.nudge();
      if (run.blocked) return null;
      const due = (await nextDue(run)) ?? (await nextUndoDue(run));
      if (due === null) {
        if (await concludeUndo(run)) return null;
        continue;
      }
      const waitMs = Math.max(due.getTime() - ctx.now().getTime(), 0);
      if (waitMs === 0) continue;
      if (waitMs >= left()) return { againInMs: waitMs };
      await ctx.ports.sleep(Math.min(waitMs, 1_000));
    }
    return { againInMs: 0 };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure !== 'auth') return { againInMs: Math.max(1_000, (error.detail.retryAfterSeconds ?? 0) * 1000) };
    run.blocked = error;
    return null;
  }
}

async function takeWhatIsDue(run: Run, until: number): Promise<void> {
  const due = await dueForUndo(run, LANES * TOGETHER);
  // Evenly, so that a few dozen objects do not wait in one lane.
  const size = Math.min(TOGETHER, Math.max(run.platform.objects.archivedTogether, Math.ceil(due.length / LANES)));
  const parts = Array.from({ length: Math.ceil(due.length / size) }, (_, i) => due.slice(i * size, (i + 1) * size));
  await sideBySide(LANES, parts, async (part) => {
    if (!run.blocked && run.ctx.now().getTime() < until) await takeAway(run, part, until);
  });
}
