import { eq } from 'drizzle-orm';
import { webhookEndpoints } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { createWebhookEndpoint as contract } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { checkUrl } from './check-url.ts';
import { newSecret, secretPlace } from './endpoint-secret.ts';
import { presentEndpoint } from './present-endpoint.ts';

const MOST_ENDPOINTS = 20;

/** A place to be told at. Its signing secret is told once and kept sealed. */
export async function createWebhookEndpoint(ctx: Context, input: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const url = checkUrl(ctx.ports, input.url);
  const id = ctx.newId('whe');
  const secret = newSecret();
  const sealed = await ctx.ports.keyRing.seal(secretPlace(ctx.organizationId, 'secret', id), secret);
  return ctx.transaction(async (tx) => {
    if ((await tx.sql.$count(webhookEndpoints, eq(webhookEndpoints.organizationId, ctx.organizationId))) >= MOST_ENDPOINTS)
      throw new AppError('conflict', `There are ${MOST_ENDPOINTS} addresses already. Remove one that is not used any more.`, {
        reason: 'most_addresses',
      });
    const [row] = await tx.sql
      .insert(webhookEndpoints)
      .values({
        id,
        organizationId: ctx.organizationId,
        url,
        description: input.description,
        events: [...new Set(input.events)],
        secret: sealed,
        createdAt: ctx.now(),
      })
      .returning();
    if (!row) throw new Error('The endpoint was not saved.');
    await tx.audit('webhook_endpoint.create', id, { host: new URL(url).host, events: row.events });
    return { secret, endpoint: presentEndpoint(row, ctx.now()) };
  });
}
