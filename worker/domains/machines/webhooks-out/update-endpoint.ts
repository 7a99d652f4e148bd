import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { updateWebhookEndpoint as contract, WebhookEndpoint } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { checkUrl } from './check-url.ts';
import { failPending } from './fail-pending.ts';
import { presentEndpoint } from './present-endpoint.ts';

/** Changes what is given. Switching on forgets how long it had been failing. */
export async function updateWebhookEndpoint(ctx: Context, id: string, input: BodyOf<typeof contract>): Promise<WebhookEndpoint> {
  const { url, description, events, enabled } = input;
  const changes = {
    ...(url === undefined ? {} : { url: checkUrl(ctx.ports, url) }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events: [...new Set(events)] }),
    ...(enabled === undefined ? {} : enabled ? { disabled: null, failingSince: null, restUntil: null } : { disabled: 'off' as const }),
  };
  const named = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (named.length === 0)
    throw new AppError('invalid_input', 'Send at least one thing to change.', {
      fields: [{ path: '', message: 'Nothing in it is known.' }],
    });
  return ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .update(webhookEndpoints)
      .set(changes)
      .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.organizationId, ctx.organizationId)))
      .returning();
    if (!row) throw notFound('webhook endpoint');
    if (enabled === false) await failPending(ctx, tx, id);
    await tx.audit('webhook_endpoint.update', id, {
      fields: named,
      host: new URL(row.url).host,
      ...(enabled === undefined ? {} : { enabled }),
    });
    return presentEndpoint(row, ctx.now());
  });
}
