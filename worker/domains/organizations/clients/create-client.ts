import { eq } from 'drizzle-orm';
import { clients } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Client, createClient as contract } from '#shared/contracts/clients.ts';
import type { Context } from '../../../kernel/context.ts';
import { lockMembers } from '../members/change-members.ts';
import { assignAccounts } from './assign-accounts.ts';
import { readClients } from './list-clients.ts';

export async function createClient(ctx: Context, { name, colour, accountIds }: BodyOf<typeof contract>): Promise<Client> {
  const id = ctx.newId('cli');
  await ctx.transaction(async (tx) => {
    await lockMembers(ctx, tx);
    await tx.sql.insert(clients).values({ id, organizationId: ctx.organizationId, name, colour, createdAt: ctx.now() });
    await assignAccounts(ctx, tx, id, accountIds);
    await tx.audit('client.create', id, { name, accounts: accountIds });
  });
  const [made] = await readClients(ctx, eq(clients.id, id));
  if (!made) throw new Error(`client ${id} vanished`);
  return made;
}
