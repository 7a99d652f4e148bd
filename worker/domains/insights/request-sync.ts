import { and, eq } from 'drizzle-orm';
import { adAccounts } from '#schema/index.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { syncAdAccount } from './jobs/sync-ad-account.ts';

/** Asks for a fresh read now instead of at the next quarter of an hour. */
export async function requestSync(ctx: Context, accountId: string): Promise<Record<string, never>> {
  return ctx.transaction(async (tx) => {
    const [account] = await tx.sql
      .select({ id: adAccounts.id })
      .from(adAccounts)
      .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId), inOwnAccounts(ctx, adAccounts.id)));
    if (!account) throw notFound('ad account');
    await tx.enqueue(syncAdAccount, { accountId });
    return {};
  });
}
