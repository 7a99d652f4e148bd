import { and, eq } from 'drizzle-orm';
import { spendLimits } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { setSpendLimit as contract, SpendLimit } from '#shared/contracts/spend-limits.ts';
import type { Context } from '../../../kernel/context.ts';
import { listLimits } from './list-limits.ts';
import { lockLimits } from './read-limits.ts';

/** Says anew what launches of one currency may spend; what is on stays on, and is held against it at the next approval and switch-on. */
export async function setLimit(ctx: Context, currency: string, amounts: BodyOf<typeof contract>): Promise<{ limits: SpendLimit[] }> {
  ctx.require('organization:write');
  const { userId } = ctx.person();
  await ctx.transaction(async (tx) => {
    const before = (await lockLimits(ctx, tx)).find((limit) => limit.currency === currency) ?? null;
    const isNothing = Object.values(amounts).every((amount) => amount === null);
    if (isNothing)
      await tx.sql.delete(spendLimits).where(and(eq(spendLimits.organizationId, ctx.organizationId), eq(spendLimits.currency, currency)));
    else {
      const row = { ...amounts, updatedBy: userId, updatedAt: ctx.now() };
      await tx.sql
        .insert(spendLimits)
        .values({ organizationId: ctx.organizationId, currency, ...row })
        .onConflictDoUpdate({ target: [spendLimits.organizationId, spendLimits.currency], set: row });
    }
    await tx.audit('organization.spend_limit', currency, { before, after: isNothing ? null : amounts });
  });
  return listLimits(ctx);
}
