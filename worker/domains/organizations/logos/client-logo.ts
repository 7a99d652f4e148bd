import { and, eq } from 'drizzle-orm';
import { clients } from '#schema/index.ts';
import type { Client } from '#shared/contracts/clients.ts';
import { clientOf } from '../../../kernel/account-scope.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { readClients } from '../clients/list-clients.ts';
import { serveLogo } from './serve-logo.ts';
import { forgetLogo, storeLogo } from './store-logo.ts';

/** The body's picture becomes the client's logo. */
export async function putClientLogo(ctx: Context, id: string, request: Request): Promise<Client> {
  // Before anything is stored: a missing client costs no bytes.
  const [client] = await readClients(ctx, eq(clients.id, id));
  if (!client) throw notFound('client');
  return point(ctx, id, await storeLogo(ctx, request));
}
export async function removeClientLogo(ctx: Context, id: string): Promise<Client> {
  return point(ctx, id, null);
}

async function point(ctx: Context, id: string, logoKey: string | null): Promise<Client> {
  const mine = and(eq(clients.id, id), eq(clients.organizationId, ctx.organizationId));
  const before = await ctx.transaction(async (tx) => {
    const [old] = await tx.sql.select({ logoKey: clients.logoKey }).from(clients).where(mine).for('update');
    if (!old) throw notFound('client');
    await tx.sql.update(clients).set({ logoKey }).where(mine);
    await tx.audit(logoKey === null ? 'client.logo_remove' : 'client.logo', id);
    return old.logoKey;
  });
  forgetLogo(ctx, before);
  const [client] = await readClients(ctx, eq(clients.id, id));
  if (!client) throw notFound('client');
  return client;
}

/** Whoever may see the clients sees every logo; a client's login its own. */
export async function getClientLogo(ctx: Context, id: string): Promise<Response> {
  const own = clientOf(ctx);
  if (own === null) ctx.require('clients:read');
  else if (own !== id) throw notFound('logo');
  const [row] = await ctx.read((q) =>
    q
      .select({ logoKey: clients.logoKey })
      .from(clients)
      .where(and(eq(clients.id, id), eq(clients.organizationId, ctx.organizationId))),
  );
  return serveLogo(ctx, row?.logoKey ?? null);
}
