import { z } from 'zod';
import { defineJob } from '../../../kernel/define-job.ts';
import { sweepFinishedLaunch } from '../engine/sweep-finished-launch.ts';

/** Looks at a finished launch again: what the platform made late, what it changed, what is gone. Whether a look is due, Postgres says. */
export const sweepLaunch = defineJob({
  name: 'sweep-launch',
  queue: 'launch',
  input: z.object({ launchId: z.string() }),
  run: (ctx, { launchId }) => sweepFinishedLaunch(ctx, launchId),
});
