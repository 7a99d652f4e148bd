import { and, eq } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { RunAgainLater } from '../../kernel/define-job.ts';
import { AppError } from '../../kernel/errors.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import type { StoreSession } from '../../platforms/stores/store-platform.ts';
import { connectionToken, markConnectionExpired, READ_TIMEOUT_MS } from '../connections/index.ts';

/**
 * Work with a shop's own interface. A shop that is no longer connected has no work left: connecting it again asks for everything anew.
 * A shop that is busy is asked again later.
 */
export async function withShop(ctx: Context, connectionId: string, work: (session: StoreSession) => Promise<void>): Promise<void> {
  const [row] = await ctx.read((q) =>
    q
      .select({ shop: connections.externalId })
      .from(connections)
      .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId))),
  );
  if (!row) return ctx.log.warn('shop.unknown', { connectionId });
  try {
    await work({
      outside: ctx.ports.outside,
      accessToken: await connectionToken(ctx, connectionId),
      shop: row.shop,
      timeoutMs: READ_TIMEOUT_MS,
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_connected') return ctx.log.warn('shop.not_connected', { connectionId });
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') return markConnectionExpired(ctx, connectionId, error);
    if (error.failure === 'throttled') throw new RunAgainLater(Math.min(600, error.detail.retryAfterSeconds ?? 30));
    throw error;
  }
}
