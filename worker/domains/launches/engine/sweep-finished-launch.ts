import { RunAgainLater } from '../../../kernel/define-job.ts';
import type { Context } from '../../../kernel/context.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { openRun } from './open-run.ts';
import { sweepObjects } from './sweep-objects.ts';
import { mayStillSwitch, takeBackSwitch } from './take-back-switch.ts';

/** A sweep with re-check of a launch that is not being worked on; the engine sweeps by itself while it is. */
export async function sweepFinishedLaunch(ctx: Context, launchId: string): Promise<void> {
  const run = await openRun(ctx, launchId);
  if (run === null || run.launch.state === 'running' || run.launch.state === 'cancelling') return;
  try {
    if (await mayStillSwitch(run)) await takeBackSwitch(run, 'found on');
    const sweep = await sweepObjects(run, true);
    if (sweep.duplicates + sweep.missing + sweep.drifted > 0) run.nudge();
    ctx.log.info('launch.swept', { launch: launchId, ...sweep });
  } catch (error) {
    // The connection may be gone or the platform busy: a look later is as good.
    if (error instanceof PlatformError) throw new RunAgainLater(5);
    throw error;
  }
}
