import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { rotateWebhookSecret as contract } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { newSecret, secretPlace } from './endpoint-secret.ts';
import { presentEndpoint } from './present-endpoint.ts';

const OVERLAP_MS = 24 * 3_600_000;

/** A new secret; for a day both sign, so that the receiver changes over when it likes. A second rotation within the day ends the oldest. */
export async function rotateWebhookSecret(ctx: Context, id: string): Promise<ResponseOf<typeof contract>> {
  const { keyRing } = ctx.ports;
  const mine = and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.organizationId, ctx.organizationId));
  const [before] = await ctx.read((q) => q.select({ secret: webhookEndpoints.secret }).from(webhookEndpoints).where(mine));
  if (!before) throw notFound('webhook endpoint');
  const secret = newSecret();
  const [sealed, previous] = await Promise.all([
    keyRing.seal(secretPlace(ctx.organizationId, 'secret', id), secret),
    keyRing
      .unseal(secretPlace(ctx.organizationId, 'secret', id), before.secret)
      .then((old) => keyRing.seal(secretPlace(ctx.organizationId, 'previous_secret', id), old)),
  ]);
  return ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .update(webhookEndpoints)
      .set({ secret: sealed, previousSecret: previous, previousUntil: new Date(ctx.now().getTime() + OVERLAP_MS) })
      .where(and(mine, eq(webhookEndpoints.secret, before.secret)))
      .returning();
    if (!row)
      throw new AppError('conflict', 'Somebody rotated this secret at the same moment. Theirs counts; look at it and try again.', {
        reason: 'secret_just_changed',
      });
    await tx.audit('webhook_endpoint.rotate_secret', id, { host: new URL(row.url).host });
    return { secret, endpoint: presentEndpoint(row, ctx.now()) };
  });
}
