import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';

/** Removes an endpoint; its deliveries and their log go with it. */
export async function deleteWebhookEndpoint(ctx: Context, id: string): Promise<Record<string, never>> {
  await ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .delete(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.organizationId, ctx.organizationId)))
      .returning({ url: webhookEndpoints.url });
    if (!row) throw notFound('webhook endpoint');
    await tx.audit('webhook_endpoint.delete', id, { host: new URL(row.url).host });
  });
  return {};
}
