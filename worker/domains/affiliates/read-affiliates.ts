import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { affiliateLinks, affiliatePrograms, affiliates } from '#schema/index.ts';
import { redirectPath, type affiliate } from '#shared/contracts/affiliates.ts';
import type { Context, Ports } from '../../kernel/context.ts';
import { readFigures } from './figures.ts';

export type ProgramRow = typeof affiliatePrograms.$inferSelect;
type Shown = z.infer<typeof affiliate>;

export const linkAddress = (ports: Pick<Ports, 'settings'>, code: string): string =>
  ports.settings.API_ORIGIN + redirectPath.replace(':code', code);

/** The organization's program and its creators, oldest first, with their figures; one creator only when `affiliateId` is given. */
export async function readAffiliates(
  ctx: Context,
  affiliateId: string | null = null,
): Promise<{ program: ProgramRow | null; affiliates: Shown[] }> {
  const rows = await ctx.read((q) =>
    q
      .select({ program: affiliatePrograms, affiliate: affiliates, code: affiliateLinks.code })
      .from(affiliatePrograms)
      .leftJoin(
        affiliates,
        and(
          eq(affiliates.programId, affiliatePrograms.id),
          eq(affiliates.organizationId, affiliatePrograms.organizationId),
          ...(affiliateId === null ? [] : [eq(affiliates.id, affiliateId)]),
        ),
      )
      .leftJoin(
        affiliateLinks,
        and(eq(affiliateLinks.affiliateId, affiliates.id), eq(affiliateLinks.organizationId, affiliatePrograms.organizationId)),
      )
      .where(eq(affiliatePrograms.organizationId, ctx.organizationId))
      .orderBy(asc(affiliates.id)),
  );
  const program = rows[0]?.program;
  if (!program) return { program: null, affiliates: [] };
  const figures = await readFigures(ctx, program, affiliateId);
  return {
    program,
    affiliates: rows.flatMap(({ affiliate: row, code }): Shown[] => {
      const own = row && figures.get(row.id);
      if (!own) return [];
      const { clicks, orders, netSalesMinor, commissionMinor } = own;
      return [
        {
          id: row.id,
          name: row.name,
          coupon: row.coupon,
          shopCustomerId: row.shopCustomerId,
          code,
          link: code === null ? null : linkAddress(ctx.ports, code),
          approvedAt: row.approvedAt?.toISOString() ?? null,
          clicks,
          orders,
          netSalesMinor,
          commissionMinor,
        },
      ];
    }),
  };
}
