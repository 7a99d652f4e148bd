import { and, eq } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import { AD_PLATFORMS, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';

/** The ad platform that a connection is to. @throws not_found for missing and foreign ids, and for a connection to something else */
export async function connectedAdPlatform(ctx: Context, connectionId: string): Promise<AdPlatformId> {
  const [row] = await ctx.read((q) =>
    q
      .select({ provider: connections.provider })
      .from(connections)
      .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId))),
  );
  const platform = AD_PLATFORMS.find((one) => one === row?.provider);
  if (!platform) throw notFound('connection');
  return platform;
}
