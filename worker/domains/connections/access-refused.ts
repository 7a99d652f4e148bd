import { and, eq, gt, inArray, isNotNull, lt } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { PlatformError } from '../../platforms/platform-error.ts';
import { markConnectionExpired } from './mark-expired.ts';
import { CLAIM_MS, renewConnection } from './renew-connection.ts';

/** A token this young that is refused is no matter of age. */
const YOUNG_MS = 60_000;

/**
 * A platform refused our token. Where it lives for an hour that may be nothing but its age, so it is renewed first; only when that does
 * not help is a person asked. Returns whether coming again is worth it.
 */
export async function accessRefused(ctx: Context, connectionId: string, error: PlatformError): Promise<boolean> {
  const now = ctx.now().getTime();
  await ctx.read((q) =>
    q
      .update(connections)
      .set({ refreshAt: ctx.now() })
      .where(
        and(
          eq(connections.id, connectionId),
          eq(connections.organizationId, ctx.organizationId),
          inArray(connections.status, ['active', 'expiring']),
          isNotNull(connections.refreshToken),
          lt(connections.issuedAt, new Date(now - YOUNG_MS)),
          // Not the claim of another who is renewing it right now.
          gt(connections.refreshAt, new Date(now + CLAIM_MS)),
        ),
      ),
  );
  if (await renewConnection(ctx, connectionId)) return true;
  await markConnectionExpired(ctx, connectionId, error);
  return false;
}
