import { and, eq, lte, ne } from 'drizzle-orm';
import { connections, pages } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';

/**
 * Ends a connection in the caller's transaction: all its tokens are forgotten, the row stays for what hangs on it. False = it had ended
 * before, or was granted anew since.
 * @param grantedUntil only a grant of that instant or older; null = any
 */
export async function endConnection(ctx: Context, tx: Tx, connectionId: string, grantedUntil: Date | null = null): Promise<boolean> {
  const [ended] = await tx.sql
    .update(connections)
    .set({
      status: 'revoked',
      accessToken: null,
      refreshToken: null,
      refreshAt: null,
      expiresAt: null,
      lastError: null,
      updatedAt: ctx.now(),
    })
    .where(
      and(
        eq(connections.id, connectionId),
        eq(connections.organizationId, ctx.organizationId),
        ne(connections.status, 'revoked'),
        grantedUntil === null ? undefined : lte(connections.issuedAt, grantedUntil),
      ),
    )
    .returning({ id: connections.id });
  if (!ended) return false;
  await tx.sql.delete(pages).where(and(eq(pages.connectionId, connectionId), eq(pages.organizationId, ctx.organizationId)));
  return true;
}
