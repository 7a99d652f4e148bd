import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { webhookAttempts, webhookDeliveries, webhookEvents } from '#schema/index.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { eventType, type listWebhookDeliveries as contract } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { readCursor, writeCursor } from '../../../kernel/page-cursor.ts';

/** Newest first, each with every attempt that was made. */
export async function listWebhookDeliveries(
  ctx: Context,
  { cursor, limit, endpointId, state }: QueryOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  const [after] = cursor === undefined ? [] : readCursor(cursor, /^(\w{3,64})$/);
  const rows = await ctx.read((q) =>
    q
      .select({ delivery: webhookDeliveries, type: webhookEvents.type })
      .from(webhookDeliveries)
      .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
      .where(
        and(
          eq(webhookDeliveries.organizationId, ctx.organizationId),
          after === undefined ? undefined : lt(webhookDeliveries.id, after),
          endpointId === undefined ? undefined : eq(webhookDeliveries.endpointId, endpointId),
          state === undefined ? undefined : eq(webhookDeliveries.state, state),
        ),
      )
      .orderBy(desc(webhookDeliveries.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const ids = page.map(({ delivery }) => delivery.id);
  const attempts =
    ids.length === 0
      ? []
      : await ctx.read((q) =>
          q
            .select()
            .from(webhookAttempts)
            .where(and(eq(webhookAttempts.organizationId, ctx.organizationId), inArray(webhookAttempts.deliveryId, ids)))
            .orderBy(webhookAttempts.n),
        );
  const last = ids.at(-1);
  return {
    deliveries: page.map(({ delivery, type }) => ({
      id: delivery.id,
      endpointId: delivery.endpointId,
      eventId: delivery.eventId,
      type: eventType.parse(type),
      state: delivery.state,
      attempts: attempts
        .filter((one) => one.deliveryId === delivery.id)
        .map(({ at, status, ms, error, byHand }) => ({ at: at.toISOString(), status, ms, error, byHand })),
      nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
      createdAt: delivery.createdAt.toISOString(),
    })),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(last) : null,
  };
}
