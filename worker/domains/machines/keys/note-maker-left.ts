import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

/**
 * Keys belong to the organization and go on when who made them leaves it: what runs on them must not stop by surprise.
 * So that nobody forgets them, each is written into the audit log in the transaction of the removal.
 */
export async function noteMakerLeft(ctx: Context, tx: Tx, userId: string): Promise<void> {
  const left = await tx.sql
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, ctx.organizationId), eq(apiKeys.createdBy, userId), isNull(apiKeys.revokedAt)));
  for (const { id, name } of left) await tx.audit('key.maker_left', id, { name, createdBy: userId });
}
