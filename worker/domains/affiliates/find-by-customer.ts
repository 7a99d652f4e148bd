import { and, eq, isNotNull } from 'drizzle-orm';
import { affiliatePrograms, affiliates } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';

/** The approved creator that a shop's customer is linked to; null = none in this organization. */
export async function findByCustomer(ctx: Context, shop: string, customerId: string): Promise<string | null> {
  const [row] = await ctx.read((q) =>
    q
      .select({ id: affiliates.id })
      .from(affiliates)
      .innerJoin(
        affiliatePrograms,
        and(
          eq(affiliatePrograms.id, affiliates.programId),
          eq(affiliatePrograms.shop, shop),
          eq(affiliatePrograms.organizationId, affiliates.organizationId),
        ),
      )
      .where(
        and(eq(affiliates.organizationId, ctx.organizationId), eq(affiliates.shopCustomerId, customerId), isNotNull(affiliates.approvedAt)),
      ),
  );
  return row?.id ?? null;
}
