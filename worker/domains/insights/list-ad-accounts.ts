import { and, asc, eq } from 'drizzle-orm';
import { adAccounts, connections } from '#schema/index.ts';
import type { listAdAccounts as contract } from '#shared/contracts/connections.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { currentStatus } from '../connections/index.ts';

/** Ad accounts of all connections by name, also of those that were disconnected: their history stays. A client's login sees its own. */
export async function listAdAccounts(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const rows = await ctx.read((q) =>
    q
      .select({ account: adAccounts, status: connections.status, expiresAt: connections.expiresAt })
      .from(adAccounts)
      .innerJoin(connections, eq(connections.id, adAccounts.connectionId))
      .where(and(eq(adAccounts.organizationId, ctx.organizationId), inOwnAccounts(ctx, adAccounts.id)))
      .orderBy(asc(adAccounts.name), asc(adAccounts.id)),
  );
  return {
    adAccounts: rows.map(({ account, status, expiresAt }) => ({
      id: account.id,
      platform: account.platform,
      externalId: account.externalId,
      name: account.name,
      currency: account.currency,
      timezone: account.timezone,
      status: account.status,
      insightsSyncedAt: account.insightsSyncedAt?.toISOString() ?? null,
      insightsError: account.insightsError,
      connectionStatus: currentStatus({ status, expiresAt }, ctx.now()),
    })),
  };
}
