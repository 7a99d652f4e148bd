import { defineJob, type Job } from '../../kernel/define-job.ts';
import type { Context } from '../../kernel/context.ts';
import {
  ingestJobName,
  rawPointer,
  readRaw,
  settleRaw,
  type RawDelivery,
  type RawPointer,
  type WebhookSource,
} from '../../kernel/raw-webhooks.ts';
import { PlatformError } from '../../platforms/platform-error.ts';

/**
 * The job behind a webhook source: reads the stored body, lets `run` take effect (repeatably: deliveries come twice and in any
 * order), then takes it out of the pending shelf. The context has no organization yet; `run` finds the owners through route_*
 * functions. A body the platform's adapter calls refused is nobody's event and is not tried again.
 */
export function defineIngest(source: WebhookSource, run: (ctx: Context, delivery: RawDelivery) => Promise<void>): Job<RawPointer> {
  return defineJob({
    name: ingestJobName(source),
    queue: 'webhook',
    input: rawPointer,
    async run(ctx, pointer) {
      const delivery = await readRaw(ctx.ports, pointer);
      if (!delivery) return ctx.log.warn('webhook.body_gone', { source });
      try {
        await run(ctx, delivery);
      } catch (error) {
        if (!(error instanceof PlatformError && error.failure === 'refused')) throw error;
        ctx.log.error('webhook.not_understood', error, { source });
      }
      await settleRaw(ctx.ports, pointer, delivery);
    },
  });
}
