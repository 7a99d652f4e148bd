import { and, eq, sql } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { endConnection } from './end-connection.ts';
import { openProvider } from './providers.ts';
import { tokenPlace } from './places.ts';

/** Gives the access back to the platform and forgets the tokens. Accounts, figures and leads stay. */
export async function disconnect(ctx: Context, connectionId: string): Promise<Record<string, never>> {
  const [row] = await ctx.read((q) =>
    q
      .select()
      .from(connections)
      .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId))),
  );
  if (!row) throw notFound('connection');
  if (row.status === 'revoked') return {};
  const revokedThere = row.accessToken !== null && (await revokeAtPlatform(ctx, row, row.accessToken));
  await ctx.transaction(async (tx) => {
    if (await endConnection(ctx, tx, connectionId))
      await tx.audit('connection.disconnected', connectionId, { provider: row.provider, revokedThere });
  });
  return {};
}

/** Best effort: a platform that does not answer must not keep anybody connected. A grant that other organizations use too is left alone. */
async function revokeAtPlatform(ctx: Context, row: typeof connections.$inferSelect, sealed: string): Promise<boolean> {
  const users = await ctx.read((q) =>
    q.execute<{ organization_id: string }>(sql`select organization_id from route_connection(${row.provider}, ${row.externalId})`),
  );
  if (users.rows.some((user) => user.organization_id !== ctx.organizationId)) return false;
  const { oauth, app } = openProvider(ctx.ports.settings, row.provider);
  try {
    await oauth.revoke(
      ctx.ports.outside,
      app,
      await (await ctx.box()).unseal(tokenPlace(ctx.organizationId, 'access_token', row.id), sealed),
      row.externalId,
    );
    return true;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    ctx.log.error('connection.revoke_failed', error, { provider: row.provider, failure: error.failure });
    return false;
  }
}
