import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Context } from './context.ts';

/** The one client whose ad accounts the caller sees; null = all of the organization's. */
export const clientOf = ({ actor }: Pick<Context, 'actor'>): string | null => (actor.kind === 'user' ? actor.clientId : null);

/**
 * Condition on a column with an ad account's id: the caller may see that account. The database's wall says the same once more.
 * @returns undefined for callers who see all of the organization's accounts
 */
export function inOwnAccounts(ctx: Pick<Context, 'actor' | 'organizationId'>, column: SQLWrapper): SQL | undefined {
  const clientId = clientOf(ctx);
  if (clientId === null) return undefined;
  return sql`${column} in (select own.account_id from client_accounts own where own.organization_id = ${ctx.organizationId} and own.client_id = ${clientId})`;
}
