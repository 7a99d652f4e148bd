import { z } from 'zod';
import { defineJob } from '../../../kernel/define-job.ts';
import { sweepRaw } from '../../../kernel/raw-webhooks.ts';

/** Queues again the stored webhooks that no ingest job has finished. */
export const sweepRawWebhooks = defineJob({
  name: 'sweep-raw-webhooks',
  queue: 'webhook',
  input: z.object({}),
  async run(ctx) {
    const queued = await sweepRaw(ctx.ports);
    if (queued > 0) ctx.log.warn('webhook.swept', { queued });
  },
});
