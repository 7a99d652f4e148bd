import { z } from 'zod';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, RunAgainLater } from '../../../kernel/define-job.ts';
import { endRecords } from '../../connections/index.ts';
import { bumpDataVersion } from '../../insights/index.ts';
import { readPageLeads } from '../read-page-leads.ts';

/** The platform keeps leads for 90 days (platforms/meta). */
const DAYS = 90;
export const backfillFrom = (ctx: Context): Date => new Date(ctx.now().getTime() - DAYS * 86_400_000);

/** On connect: everything the source still holds, marked as back-filled. `knownFrom`: since when leads are known once it is done. */
export const backfillLeads = defineJob({
  name: 'backfill-leads',
  queue: 'job',
  input: z.object({ connectionId: z.string(), knownFrom: z.iso.datetime().optional() }),
  async run(ctx, { connectionId, knownFrom }) {
    const since = backfillFrom(ctx);
    const { gap, isWhole } = await readPageLeads(ctx, { connectionId, since, backfilled: true });
    ctx.log.info('leads.backfilled', { found: gap });
    if (!isWhole) throw new RunAgainLater(1);
    await ctx.transaction(async (tx) => {
      await endRecords(ctx, tx, connectionId, knownFrom === undefined ? since : new Date(knownFrom));
      await bumpDataVersion(ctx, tx.sql);
    });
  },
});
