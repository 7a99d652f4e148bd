import { and, eq } from 'drizzle-orm';
import { affiliateLinks, affiliatePrograms, affiliates } from '#schema/index.ts';
import type { AffiliateStats } from '#shared/contracts/embeds.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { readFigures } from './figures.ts';
import { linkAddress } from './read-affiliates.ts';

/** What a creator sees on the shop's page: the app's figures, of nobody but themselves. */
export async function affiliateStats(ctx: Context, affiliateId: string): Promise<AffiliateStats> {
  const [row] = await ctx.read((q) =>
    q
      .select({ affiliate: affiliates, program: affiliatePrograms, code: affiliateLinks.code })
      .from(affiliates)
      .innerJoin(
        affiliatePrograms,
        and(eq(affiliatePrograms.id, affiliates.programId), eq(affiliatePrograms.organizationId, affiliates.organizationId)),
      )
      .leftJoin(
        affiliateLinks,
        and(eq(affiliateLinks.affiliateId, affiliates.id), eq(affiliateLinks.organizationId, affiliates.organizationId)),
      )
      .where(and(eq(affiliates.id, affiliateId), eq(affiliates.organizationId, ctx.organizationId))),
  );
  if (!row) throw notFound('creator');
  const figures = (await readFigures(ctx, row.program, affiliateId)).get(affiliateId);
  if (!figures) throw notFound('creator');
  return {
    affiliate: {
      name: row.affiliate.name,
      coupon: row.affiliate.coupon,
      link: row.code === null ? null : linkAddress(ctx.ports, row.code),
    },
    ...figures,
    currency: row.program.currency,
    asOf: ctx.now().toISOString(),
  };
}
