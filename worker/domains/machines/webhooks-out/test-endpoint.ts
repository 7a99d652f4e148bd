import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { testWebhookEndpoint as contract } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { tell } from './emit-event.ts';

/** A test.ping for one endpoint, whichever types it asked for. */
export async function testWebhookEndpoint(ctx: Context, id: string): Promise<ResponseOf<typeof contract>> {
  return ctx.transaction(async (tx) => {
    const [endpoint] = await tx.sql
      .select({ disabled: webhookEndpoints.disabled })
      .from(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.organizationId, ctx.organizationId)));
    if (!endpoint) throw notFound('webhook endpoint');
    if (endpoint.disabled !== null)
      throw new AppError('conflict', 'This address is switched off, so nothing is sent. Switch it on first.', { reason: 'address_is_off' });
    const [deliveryId] = await tell(ctx, tx, [id], 'test.ping', { endpointId: id }, true);
    if (deliveryId === undefined) throw new Error('Nobody was told.');
    return { deliveryId };
  });
}
