import { eq } from 'drizzle-orm';
import { webhookEndpoints } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listWebhookEndpoints as contract } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { presentEndpoint } from './present-endpoint.ts';

/** All of them, oldest first: there are never many. */
export async function listWebhookEndpoints(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const rows = await ctx.read((q) =>
    q.select().from(webhookEndpoints).where(eq(webhookEndpoints.organizationId, ctx.organizationId)).orderBy(webhookEndpoints.id),
  );
  return { endpoints: rows.map((row) => presentEndpoint(row, ctx.now())) };
}
