import { and, eq } from 'drizzle-orm';
import { webhookDeliveries } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

/** What waits for an endpoint that is switched off is marked as not delivered, where a person sees it and may replay it; nothing vanishes. */
export async function failPending(ctx: Context, tx: Pick<Tx, 'sql'>, endpointId: string): Promise<void> {
  await tx.sql
    .update(webhookDeliveries)
    .set({ state: 'failed', nextAttemptAt: null, claimedUntil: null, byHand: false })
    .where(
      and(
        eq(webhookDeliveries.organizationId, ctx.organizationId),
        eq(webhookDeliveries.endpointId, endpointId),
        eq(webhookDeliveries.state, 'pending'),
      ),
    );
}
