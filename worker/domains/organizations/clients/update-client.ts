import { and, eq, inArray, isNull } from 'drizzle-orm';
import { clients, invitations, memberships, sessions } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Client, updateClient as contract } from '#shared/contracts/clients.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { lockMembers } from '../members/change-members.ts';
import { assignAccounts } from './assign-accounts.ts';
import { readClients } from './list-clients.ts';

/** Changes what is given, leaves the rest. To archive ends the client's logins; to bring it back lets them sign in again. */
export async function updateClient(ctx: Context, id: string, input: BodyOf<typeof contract>): Promise<Client> {
  const { name, colour, accountIds, archived } = input;
  if (Object.values(input).every((value) => value === undefined))
    throw new AppError('invalid_input', 'Send at least one thing to change.', {
      fields: [{ path: '', message: 'Nothing in it can be changed.' }],
    });
  const mine = and(eq(clients.id, id), eq(clients.organizationId, ctx.organizationId));
  await ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    const [before] = await tx.sql.select({ archivedAt: clients.archivedAt }).from(clients).where(mine);
    if (!before) throw notFound('client');
    const archivedAt =
      archived === undefined || archived === (before.archivedAt !== null) ? before.archivedAt : archived ? ctx.now() : null;
    await tx.sql
      .update(clients)
      .set({ archivedAt, ...(name === undefined ? {} : { name }), ...(colour === undefined ? {} : { colour }) })
      .where(mine);
    if (accountIds !== undefined) await assignAccounts(ctx, tx, id, accountIds);
    if (archived === true) await endLogins(ctx, tx, id);
    await tx.audit('client.update', id, input);
  });
  const [changed] = await readClients(ctx, eq(clients.id, id));
  if (!changed) throw notFound('client');
  return changed;
}

async function endLogins(ctx: Context, tx: Tx, clientId: string): Promise<void> {
  const people = tx.sql
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.clientId, clientId)));
  await tx.sql
    .update(sessions)
    .set({ revokedAt: ctx.now(), revokedReason: 'client_archived' })
    .where(and(inArray(sessions.userId, people), eq(sessions.organizationId, ctx.organizationId), isNull(sessions.revokedAt)));
  await tx.sql
    .update(invitations)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        eq(invitations.organizationId, ctx.organizationId),
        eq(invitations.clientId, clientId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    );
}
