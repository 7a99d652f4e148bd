import { and, asc, eq } from 'drizzle-orm';
import { adAccounts, pages } from '#schema/index.ts';
import type { listPages as contract } from '#shared/contracts/connections.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { clientOf, inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';

/** Pages of the account's connection: the ones its ads may speak for. The connection may be an agency's for many clients, so that a client's login is told none. */
export async function listAccountPages(ctx: Context, accountId: string): Promise<ResponseOf<typeof contract>> {
  const rows = await ctx.read((q) =>
    q
      .select({ id: pages.externalId, name: pages.name })
      .from(adAccounts)
      .leftJoin(pages, and(eq(pages.connectionId, adAccounts.connectionId), eq(pages.organizationId, adAccounts.organizationId)))
      .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId), inOwnAccounts(ctx, adAccounts.id)))
      .orderBy(asc(pages.name), asc(pages.externalId)),
  );
  if (rows.length === 0) throw notFound('ad account');
  return { pages: rows.flatMap(({ id, name }) => (id !== null && name !== null && clientOf(ctx) === null ? [{ id, name }] : [])) };
}
