import { z } from 'zod';
import { createContext } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { WAITING_CLICKS, waitingClick } from '../click.ts';
import { recordClick } from '../record-click.ts';

/** Stores the visits that no queue took. One left over by a full page comes with the next sweep. */
export const sweepClicks = defineJob({
  name: 'sweep-clicks',
  queue: 'job',
  input: z.object({}),
  async run(ctx) {
    const { objects } = await ctx.ports.bindings.RAW.list({ prefix: WAITING_CLICKS, limit: 200 });
    for (const { key } of objects) {
      const stored = await ctx.ports.bindings.RAW.get(key);
      if (!stored) continue;
      const { organizationId, click } = waitingClick.parse(await stored.json());
      await recordClick(createContext(ctx.ports, organizationId, ctx.actor), click);
      await ctx.ports.bindings.RAW.delete(key);
    }
    if (objects.length > 0) ctx.log.warn('clicks.swept', { n: objects.length });
  },
});
