import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { clients } from '#schema/index.ts';
import type { Client } from '#shared/contracts/clients.ts';
import type { Context } from '../../../kernel/context.ts';
import { clientLogo } from '../../identity/index.ts';

/** An agency's clients by name, archived ones last. */
export async function listClients(ctx: Context): Promise<{ clients: Client[] }> {
  return { clients: await readClients(ctx) };
}

/** `only` narrows it. */
export async function readClients(ctx: Context, only?: SQL): Promise<Client[]> {
  const accountIds = sql<
    string[]
  >`(select coalesce(json_agg(a.account_id order by a.account_id), '[]') from client_accounts a where a.client_id = ${clients.id} and a.organization_id = ${clients}.organization_id)`;
  const people = sql<number>`(select count(*)::int from memberships m where m.client_id = ${clients.id} and m.organization_id = ${clients}.organization_id)`;
  const rows = await ctx.read((q) =>
    q
      .select({ client: clients, accountIds, people })
      .from(clients)
      .where(and(eq(clients.organizationId, ctx.organizationId), only))
      .orderBy(sql`${clients.archivedAt} is not null`, asc(clients.name), asc(clients.id)),
  );
  return rows.map(({ client, accountIds: accounts, people: logins }) => ({
    id: client.id,
    name: client.name,
    logo: clientLogo(client),
    colour: client.colour,
    accountIds: accounts,
    people: logins,
    archivedAt: client.archivedAt?.toISOString() ?? null,
  }));
}
