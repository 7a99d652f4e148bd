import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';

/** Ends a key: the next call with it is refused. One that is revoked already stays as it is. */
export async function revokeApiKey(ctx: Context, id: string): Promise<Record<string, never>> {
  const mine = and(eq(apiKeys.id, id), eq(apiKeys.organizationId, ctx.organizationId));
  await ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .update(apiKeys)
      .set({ revokedAt: ctx.now() })
      .where(and(mine, isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name });
    if (row) return tx.audit('key.revoke', id, { name: row.name });
    if ((await tx.sql.$count(apiKeys, mine)) === 0) throw notFound('key');
  });
  return {};
}
