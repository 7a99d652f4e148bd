import { and, eq, inArray, notInArray } from 'drizzle-orm';
import { adAccounts, clientAccounts, clients } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';

/**
 * Gives a client exactly these ad accounts, behind the organization's lock. An account belongs to one client at most.
 * @throws invalid_input for an account that is not here (foreign and missing ones alike), conflict for another client's
 */
export async function assignAccounts(ctx: Context, tx: Tx, clientId: string, wanted: readonly string[]): Promise<void> {
  const ids = [...new Set(wanted)];
  const mine = and(eq(clientAccounts.organizationId, ctx.organizationId), eq(clientAccounts.clientId, clientId));
  await tx.sql.delete(clientAccounts).where(ids.length === 0 ? mine : and(mine, notInArray(clientAccounts.accountId, ids)));
  if (ids.length === 0) return;
  const known = await tx.sql
    .select({ id: adAccounts.id, name: adAccounts.name, clientId: clientAccounts.clientId, client: clients.name })
    .from(adAccounts)
    .leftJoin(
      clientAccounts,
      and(eq(clientAccounts.accountId, adAccounts.id), eq(clientAccounts.organizationId, adAccounts.organizationId)),
    )
    .leftJoin(clients, eq(clients.id, clientAccounts.clientId))
    .where(and(eq(adAccounts.organizationId, ctx.organizationId), inArray(adAccounts.id, ids)));
  if (known.length < ids.length) {
    const here = new Set(known.map((account) => account.id));
    throw new AppError('invalid_input', 'Check accountIds and send it again; nothing was changed.', {
      fields: ids.flatMap((id) =>
        here.has(id) ? [] : [{ path: `accountIds.${wanted.indexOf(id)}`, message: 'There is no such ad account, or you cannot see it.' }],
      ),
    });
  }
  const taken = known.filter((account) => account.clientId !== null && account.clientId !== clientId);
  if (taken.length > 0)
    throw new AppError('conflict', 'An ad account belongs to one client. Take it from the other client first; nothing was changed.', {
      reason: 'account_of_another_client',
      fields: taken.map((account) => ({
        path: `accountIds.${wanted.indexOf(account.id)}`,
        message: `${account.name} belongs to ${account.client}.`,
      })),
    });
  await tx.sql
    .insert(clientAccounts)
    .values(ids.map((accountId) => ({ organizationId: ctx.organizationId, accountId, clientId })))
    .onConflictDoNothing();
}
