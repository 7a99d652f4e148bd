import { asc, eq } from 'drizzle-orm';
import { spendLimits, users } from '#schema/index.ts';
import type { SpendLimit } from '#shared/contracts/spend-limits.ts';
import type { Context } from '../../../kernel/context.ts';

export async function listLimits(ctx: Context): Promise<{ limits: SpendLimit[] }> {
  ctx.require('launches:write');
  const rows = await ctx.read((q) =>
    q
      .select({ limit: spendLimits, name: users.name })
      .from(spendLimits)
      .leftJoin(users, eq(users.id, spendLimits.updatedBy))
      .where(eq(spendLimits.organizationId, ctx.organizationId))
      .orderBy(asc(spendLimits.currency)),
  );
  return {
    limits: rows.map(
      ({ limit: { currency, secondPersonAboveMinor, accountDailyMinor, organizationDailyMinor, updatedBy, updatedAt }, name }) => ({
        currency,
        secondPersonAboveMinor,
        accountDailyMinor,
        organizationDailyMinor,
        updatedBy: name ?? updatedBy,
        updatedAt: updatedAt.toISOString(),
      }),
    ),
  };
}
