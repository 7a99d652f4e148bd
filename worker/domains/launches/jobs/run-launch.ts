import { z } from 'zod';
import { defineJob, type JobMessage } from '../../../kernel/define-job.ts';
import { runLaunch } from '../engine/run-launch.ts';

/** Work of one message; the rest comes in the next one, so that no launch holds a consumer. */
const BUDGET_MS = 20_000;

export const runLaunchJob = defineJob({
  name: 'run-launch',
  queue: 'launch',
  input: z.object({ launchId: z.string() }),
  async run(ctx, { launchId }) {
    const left = await runLaunch(ctx, launchId, BUDGET_MS);
    if (left === null) return;
    // A fresh message instead of a retry: going on is not a failed delivery. If it is lost, the minute's sweep brings the launch back.
    const message: JobMessage = { v: 1, job: 'run-launch', organizationId: ctx.organizationId, input: { launchId } };
    await ctx.ports.bindings.LAUNCH_QUEUE.send(message, { delaySeconds: Math.min(600, Math.ceil(left.againInMs / 1000)) });
  },
});
