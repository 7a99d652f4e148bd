import { and, eq, ne } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { PlatformError } from '../../platforms/platform-error.ts';
import { emitEvent } from '../machines/index.ts';

/** Records that the platform no longer takes our token. Once per connection: the first to notice writes it, later ones change nothing. */
export async function markConnectionExpired(ctx: Context, connectionId: string, error: PlatformError): Promise<void> {
  await ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .update(connections)
      .set({
        status: 'expired',
        refreshAt: null,
        updatedAt: ctx.now(),
        lastError: {
          code: [error.detail.code, error.detail.subcode].filter(Boolean).join('/') || error.failure,
          message: 'The platform no longer accepts our access. Reconnect; nothing is lost.',
          at: ctx.now().toISOString(),
        },
      })
      .where(
        and(
          eq(connections.id, connectionId),
          eq(connections.organizationId, ctx.organizationId),
          ne(connections.status, 'expired'),
          ne(connections.status, 'revoked'),
        ),
      )
      .returning({ provider: connections.provider });
    if (!row) return;
    await tx.audit('connection.expired', connectionId, { provider: row.provider, failure: error.failure });
    await emitEvent(ctx, tx, 'connection.expired', { connectionId, provider: row.provider });
  });
}
