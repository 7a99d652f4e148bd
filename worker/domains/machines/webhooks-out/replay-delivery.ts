import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { webhookDeliveries, webhookEndpoints } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { deliverRef } from './emit-event.ts';

/**
 * Sends one delivery again now, the same event under the same id. Asking again while it is being sent asks for nothing more: replayed
 * three times in a row it goes out once.
 */
export async function replayWebhookDelivery(ctx: Context, id: string): Promise<Record<string, never>> {
  await ctx.transaction(async (tx) => {
    const mine = and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.organizationId, ctx.organizationId));
    const [delivery] = await tx.sql
      .select({ endpointId: webhookDeliveries.endpointId, disabled: webhookEndpoints.disabled })
      .from(webhookDeliveries)
      .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
      .where(mine);
    if (!delivery) throw notFound('delivery');
    if (delivery.disabled !== null)
      throw new AppError('conflict', 'Its address is switched off, so nothing is sent. Switch it on first.', { reason: 'address_is_off' });
    const now = ctx.now();
    const [asked] = await tx.sql
      .update(webhookDeliveries)
      .set({ state: 'pending', nextAttemptAt: now, byHand: true })
      .where(
        and(mine, eq(webhookDeliveries.byHand, false), or(isNull(webhookDeliveries.claimedUntil), lt(webhookDeliveries.claimedUntil, now))),
      )
      .returning({ id: webhookDeliveries.id });
    if (!asked) return;
    await tx.enqueue(deliverRef, { endpointId: delivery.endpointId });
    await tx.audit('webhook_delivery.replay', id, { endpointId: delivery.endpointId });
  });
  return {};
}
