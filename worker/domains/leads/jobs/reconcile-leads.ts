import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { connections } from '#schema/index.ts';
import { createContext, type Context } from '../../../kernel/context.ts';
import { defineJob, RunAgainLater, type Job } from '../../../kernel/define-job.ts';
import { readPageLeads } from '../read-page-leads.ts';
import { backfillLeads } from './backfill-leads.ts';

const HOURS = 48;
/** A back-fill that has not come to its end by then is made again: until it has, the number of leads is not final. */
const BACKFILL_PATIENCE_MS = 3_600_000;

export interface Input {
  connectionId?: string | undefined;
}

/**
 * Compares the last 48 hours with the source and fetches what no webhook brought: a missing webhook is a matter of time, not a loss.
 * Without an organization it asks for one run per organization that has an ad account.
 */
export const reconcileLeads: Job<Input> = defineJob<Input>({
  name: 'reconcile-leads',
  queue: 'job',
  input: z.object({ connectionId: z.string().optional() }),
  async run(ctx, { connectionId }) {
    if (ctx.organizationId === '') {
      const { rows } = await ctx.ports.database
        .within({})
        .read((q) => q.execute<{ organization_id: string }>(sql`select distinct organization_id from due_ad_accounts('infinity')`));
      for (const { organization_id: organizationId } of rows) {
        await createContext(ctx.ports, organizationId, ctx.actor).transaction((tx) => tx.enqueue(reconcileLeads, {}));
      }
      return;
    }
    const since = new Date(ctx.now().getTime() - HOURS * 3_600_000);
    const { gap, isWhole } = await readPageLeads(ctx, {
      since,
      backfilled: false,
      ...(connectionId === undefined ? {} : { connectionId }),
    });
    if (gap > 0) ctx.log.warn('leads.gap', { gap, hours: HOURS });
    if (!isWhole) throw new RunAgainLater(1);
    await noteRead(ctx, connectionId);
  },
});

async function noteRead(ctx: Context, connectionId: string | undefined): Promise<void> {
  const now = ctx.now();
  await ctx.transaction(async (tx) => {
    const read = await tx.sql
      .update(connections)
      .set({ recordsReadAt: now })
      .where(
        and(
          eq(connections.organizationId, ctx.organizationId),
          eq(connections.provider, 'meta'),
          inArray(connections.status, ['active', 'expiring']),
          connectionId === undefined ? undefined : eq(connections.id, connectionId),
        ),
      )
      .returning({ id: connections.id, from: connections.recordsFrom, issuedAt: connections.issuedAt });
    for (const one of read)
      if (one.from === null && now.getTime() - one.issuedAt.getTime() > BACKFILL_PATIENCE_MS)
        await tx.enqueue(backfillLeads, { connectionId: one.id });
  });
}
