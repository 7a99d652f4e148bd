import { defineJob, type Job } from '../../kernel/define-job.ts';
import type { Context } from '../../kernel/context.ts';
import {
  dropRaw,
  ingestJobName,
  rawPointer,
  readRaw,
  settleRaw,
  type RawDelivery,
  type RawPointer,
  type WebhookSource,
} from '../../kernel/raw-webhooks.ts';
import { PlatformError } from '../../platforms/platform-error.ts';

/** What is to become of a body that took effect: kept for its time, or gone at once because it speaks of somebody to be forgotten. */
export type Afterwards = 'keep' | 'drop';

/**
 * The job behind a webhook source: reads the stored body, lets `run` take effect (repeatably: deliveries come twice and in any
 * order), then takes it out of the pending shelf. The context has no organization yet; `run` finds the owners through route_*
 * functions. A body the platform's adapter calls refused is nobody's event and is not tried again.
 */
export function defineIngest(source: WebhookSource, run: (ctx: Context, delivery: RawDelivery) => Promise<Afterwards>): Job<RawPointer> {
  return defineJob({
    name: ingestJobName(source),
    queue: 'webhook',
    input: rawPointer,
    async run(ctx, pointer) {
      const delivery = await readRaw(ctx.ports, pointer);
      if (!delivery) return ctx.log.warn('webhook.body_gone', { source });
      let afterwards: Afterwards = 'keep';
      try {
        afterwards = await run(ctx, delivery);
      } catch (error) {
        if (!(error instanceof PlatformError && error.failure === 'refused')) throw error;
        ctx.log.error('webhook.not_understood', error, { source });
      }
      if (afterwards === 'drop') await dropRaw(ctx.ports, pointer);
      else await settleRaw(ctx.ports, pointer, delivery);
    },
  });
}
