import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { webhookDeliveries, webhookEndpoints, webhookEvents } from '#schema/index.ts';
import type { EventData, EventType } from '#shared/contracts/machines.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import type { JobRef } from '../../../kernel/define-job.ts';

export const deliverRef: JobRef<{ endpointId: string }> = {
  name: 'deliver-webhooks',
  queue: 'delivery',
  input: z.object({ endpointId: z.string() }),
};

/**
 * Tells every endpoint that wants to know, in the caller's transaction: what is rolled back is told to nobody, what is committed is told
 * until it is delivered or has visibly failed.
 */
export async function emitEvent<T extends EventType>(ctx: Context, tx: Tx, type: T, data: EventData<T>): Promise<void> {
  const endpoints = await tx.sql
    .select({ id: webhookEndpoints.id, events: webhookEndpoints.events })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.organizationId, ctx.organizationId), isNull(webhookEndpoints.disabled)));
  const wanting = endpoints.filter(({ events }) => events.length === 0 || events.includes(type));
  if (wanting.length > 0)
    await tell(
      ctx,
      tx,
      wanting.map(({ id }) => id),
      type,
      data,
    );
}

/** One event for these endpoints, whatever they asked for; returns the ids of its deliveries in their order. `byHand` = a person waits for it. */
export async function tell<T extends EventType>(
  ctx: Context,
  tx: Tx,
  endpointIds: string[],
  type: T,
  data: EventData<T>,
  byHand = false,
): Promise<string[]> {
  const { organizationId } = ctx;
  const eventId = ctx.newId('evt');
  const now = ctx.now();
  await tx.sql.insert(webhookEvents).values({ id: eventId, organizationId, type, data, at: now });
  const deliveries = endpointIds.map((endpointId) => ({
    id: ctx.newId('whd'),
    organizationId,
    endpointId,
    eventId,
    state: 'pending' as const,
    nextAttemptAt: now,
    byHand,
    createdAt: now,
  }));
  await tx.sql.insert(webhookDeliveries).values(deliveries);
  for (const endpointId of endpointIds) await tx.enqueue(deliverRef, { endpointId });
  return deliveries.map(({ id }) => id);
}
