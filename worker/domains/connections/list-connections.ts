import { asc, eq } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { listConnections as contract } from '#shared/contracts/connections.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { Context } from '../../kernel/context.ts';
import { presentConnection } from './present-connection.ts';

/** Connected platforms, oldest first; disconnected ones stay in the list, because their history does. */
export async function listConnections(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(connections)
      .where(eq(connections.organizationId, ctx.organizationId))
      .orderBy(asc(connections.createdAt), asc(connections.id)),
  );
  return { connections: rows.map((row) => presentConnection(row, ctx.now())) };
}
