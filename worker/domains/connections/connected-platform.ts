import { and, eq } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import { AD_PLATFORMS, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';

/** The ad platform a connection is to. @throws not_found when there is no such connection, or it is to something else */
export async function connectedPlatform(ctx: Context, connectionId: string): Promise<AdPlatformId> {
  const [row] = await ctx.read((q) =>
    q
      .select({ provider: connections.provider })
      .from(connections)
      .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId))),
  );
  const platform = AD_PLATFORMS.find((id) => id === row?.provider);
  if (platform === undefined) throw notFound('connection');
  return platform;
}
