import type { Context } from '../../../kernel/context.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { openRun } from './open-run.ts';
import { sweepObjects } from './sweep-objects.ts';
import { endSweep, takeSweep } from './sweep-times.ts';
import { mayStillSwitch, takeBackSwitch } from './take-back-switch.ts';

/**
 * The look that is due at a launch nobody works on, with re-check; the engine sweeps by itself while it works. One that breaks in the
 * middle is due again after its lease.
 */
export async function sweepFinishedLaunch(ctx: Context, launchId: string): Promise<void> {
  const run = await openRun(ctx, launchId);
  const sweeping = run && (await takeSweep(run));
  if (!sweeping) return;
  try {
    if (await mayStillSwitch(run)) await takeBackSwitch(run, 'found on');
    const sweep = await sweepObjects(run, true);
    if (sweep.duplicates + sweep.missing + sweep.drifted > 0) run.nudge();
    ctx.log.info('launch.swept', { launch: launchId, ...sweep });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // The connection may be gone or the platform busy: the cron comes back when the lease ends.
    return ctx.log.warn('launch.sweep_broken', { launch: launchId, failure: error.failure });
  }
  await endSweep(run, sweeping);
}
