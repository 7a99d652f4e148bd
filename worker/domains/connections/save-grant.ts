import { and, eq } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { TokenGrant } from '../../platforms/connect.ts';
import type { ConnectProvider } from '../../platforms/connect-registry.ts';
import { openProvider } from './providers.ts';
import { tokenPlace } from './places.ts';
import { refreshTime } from './token-life.ts';

/** Stores a fresh grant. The same person, shop or portal keeps its connection row, so accounts and history stay attached. */
export async function saveGrant(ctx: Context, provider: ConnectProvider, grant: TokenGrant): Promise<string> {
  const { whenConnected } = openProvider(ctx.ports.settings, provider);
  const box = await ctx.box();
  return ctx.transaction(async (tx) => {
    const now = ctx.now();
    const { organizationId } = ctx;
    await tx.sql
      .insert(connections)
      .values({
        id: ctx.newId('con'),
        organizationId,
        provider,
        externalId: grant.externalUserId,
        displayName: grant.displayName,
        status: 'active',
        scopes: grant.scopes,
        issuedAt: now,
      })
      .onConflictDoNothing();
    const [row] = await tx.sql
      .select({ id: connections.id })
      .from(connections)
      .where(
        and(
          eq(connections.organizationId, organizationId),
          eq(connections.provider, provider),
          eq(connections.externalId, grant.externalUserId),
        ),
      )
      .for('update');
    if (!row) throw new Error('The connection vanished while it was saved.');
    await tx.sql
      .update(connections)
      .set({
        displayName: grant.displayName,
        status: 'active',
        scopes: grant.scopes,
        issuedAt: now,
        expiresAt: grant.expiresAt,
        refreshAt: refreshTime(now, grant.expiresAt),
        lastError: null,
        updatedAt: now,
        accessToken: await box.seal(tokenPlace(organizationId, 'access_token', row.id), grant.accessToken),
        refreshToken:
          grant.refreshToken === null ? null : await box.seal(tokenPlace(organizationId, 'refresh_token', row.id), grant.refreshToken),
      })
      .where(and(eq(connections.id, row.id), eq(connections.organizationId, organizationId)));
    await tx.audit('connection.connected', row.id, { provider, scopes: grant.scopes });
    for (const job of whenConnected) await tx.enqueue(job, { connectionId: row.id });
    return row.id;
  });
}
