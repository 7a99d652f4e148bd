import { z } from 'zod';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { sweepFinishedLaunch } from '../engine/sweep-finished-launch.ts';

const MAX_DELAY_SECONDS = 43_200;

/** Looks at a finished launch again: what the platform made late, what it changed, what is gone. */
export const sweepLaunch: Job<{ launchId: string; at: string }> = defineJob({
  name: 'sweep-launch',
  queue: 'launch',
  input: z.object({ launchId: z.string(), at: z.iso.datetime() }),
  async run(ctx: Context, { launchId, at }): Promise<void> {
    const leftMs = Date.parse(at) - ctx.now().getTime();
    // A queue waits twelve hours at most; the rest of a day is waited in a second leg.
    if (leftMs > 1_500)
      return ctx.transaction((tx) =>
        tx.enqueue(sweepLaunch, { launchId, at }, { delaySeconds: Math.min(MAX_DELAY_SECONDS, Math.ceil(leftMs / 1000)) }),
      );
    await sweepFinishedLaunch(ctx, launchId);
  },
});
