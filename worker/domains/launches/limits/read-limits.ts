import { eq } from 'drizzle-orm';
import { spendLimits } from '#schema/index.ts';
import type { SpendLimit } from '#shared/rules/spend-limits.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

const COLUMNS = {
  currency: spendLimits.currency,
  secondPersonAboveMinor: spendLimits.secondPersonAboveMinor,
  accountDailyMinor: spendLimits.accountDailyMinor,
  organizationDailyMinor: spendLimits.organizationDailyMinor,
};

/** What the organization allows, in every currency it said something about. */
export function readLimits(ctx: Context): Promise<SpendLimit[]> {
  return ctx.read((q) => q.select(COLUMNS).from(spendLimits).where(eq(spendLimits.organizationId, ctx.organizationId)));
}

/** The same behind a lock: whoever decides by a limit stands in line with whoever else does, and with whoever changes it. */
export function lockLimits(ctx: Context, tx: Tx): Promise<SpendLimit[]> {
  return tx.sql
    .select(COLUMNS)
    .from(spendLimits)
    .where(eq(spendLimits.organizationId, ctx.organizationId))
    .orderBy(spendLimits.currency)
    .for('update');
}
