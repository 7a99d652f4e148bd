import { z } from 'zod';
import { defineJob, RunAgainLater } from '../../../kernel/define-job.ts';
import { readPageLeads } from '../read-page-leads.ts';

/** The platform keeps leads for 90 days (platforms/meta). */
const DAYS = 90;

/** On connect: everything the source still holds, marked as back-filled. */
export const backfillLeads = defineJob({
  name: 'backfill-leads',
  queue: 'job',
  input: z.object({ connectionId: z.string() }),
  async run(ctx, { connectionId }) {
    const { gap, isWhole } = await readPageLeads(ctx, {
      connectionId,
      since: new Date(ctx.now().getTime() - DAYS * 86_400_000),
      backfilled: true,
    });
    ctx.log.info('leads.backfilled', { found: gap });
    if (!isWhole) throw new RunAgainLater(1);
  },
});
