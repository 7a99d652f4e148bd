import { desc, eq } from 'drizzle-orm';
import { apiKeys } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listApiKeys as contract } from '#shared/contracts/machines.ts';
import type { Context } from '../../../kernel/context.ts';
import { presentKey } from './present-key.ts';

/** Every key there was, newest first: who looks for what a revoked one did needs its name. */
export async function listApiKeys(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const rows = await ctx.read((q) =>
    q.select().from(apiKeys).where(eq(apiKeys.organizationId, ctx.organizationId)).orderBy(desc(apiKeys.id)).limit(500),
  );
  return { keys: rows.map((row) => presentKey(row, ctx.now())) };
}
