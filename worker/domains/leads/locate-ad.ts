import { and, eq } from 'drizzle-orm';
import { adAccounts, adEntities } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { connectionSession } from '../connections/index.ts';
import { saveEntities } from '../insights/index.ts';

export interface AdPlace {
  accountId: string;
  adSetExternalId: string | null;
  campaignExternalId: string;
}

/** Account, ad set and campaign of an ad. One that no sync has seen yet is read from the platform; null = cannot be said now, a later sync fills it in. */
export async function locateAd(ctx: Context, connectionId: string, adExternalId: string): Promise<AdPlace | null> {
  const [known] = await ctx.read((q) =>
    q
      .select({
        accountId: adEntities.accountId,
        adSetExternalId: adEntities.adSetExternalId,
        campaignExternalId: adEntities.campaignExternalId,
      })
      .from(adEntities)
      .where(and(eq(adEntities.organizationId, ctx.organizationId), eq(adEntities.externalId, adExternalId), eq(adEntities.kind, 'ad')))
      .limit(1),
  );
  if (known) return known;
  try {
    const { accountExternalId, entities } = await adPlatform('meta').accounts.ad(await connectionSession(ctx, connectionId), adExternalId);
    const [account] = await ctx.read((q) =>
      q
        .select({ id: adAccounts.id })
        .from(adAccounts)
        .where(
          and(
            eq(adAccounts.organizationId, ctx.organizationId),
            eq(adAccounts.platform, 'meta'),
            eq(adAccounts.externalId, accountExternalId),
          ),
        ),
    );
    const ad = entities.find((entity) => entity.kind === 'ad');
    if (!account || !ad) return null;
    await saveEntities(ctx, account.id, entities);
    return { accountId: account.id, adSetExternalId: ad.adSetExternalId, campaignExternalId: ad.campaignExternalId };
  } catch (error) {
    // The lead matters more than where it came from: it is stored, and the next sync of the account places it.
    if (!(error instanceof PlatformError) && !(error instanceof AppError && error.code === 'not_connected')) throw error;
    ctx.log.error('lead.ad_not_located', error);
    return null;
  }
}
