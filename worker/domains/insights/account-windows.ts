import { and, asc, eq, ne } from 'drizzle-orm';
import { adAccounts, connections } from '#schema/index.ts';
import type { Figure } from '#shared/contracts/metrics.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { computeTotals } from './compute-totals.ts';
import { loadFigureAccount, type Days } from './figure-account.ts';
import { learnFromOrders } from './learn-from-orders.ts';

export interface AccountWindow {
  currency: string;
  /** Null = orders came in another currency than the spend's. */
  figure: Figure | null;
  /** Whether spend is known for every day of the window. */
  spendIsWhole: boolean;
}

/** The dashboard's total of each connected ad account the caller sees, over the same calendar days of each account's own timezone. */
export async function accountWindows(ctx: Context, days: Days): Promise<AccountWindow[]> {
  const accounts = await ctx.read((q) =>
    q
      .select({ id: adAccounts.id })
      .from(adAccounts)
      .innerJoin(connections, eq(connections.id, adAccounts.connectionId))
      .where(and(eq(adAccounts.organizationId, ctx.organizationId), inOwnAccounts(ctx, adAccounts.id), ne(connections.status, 'revoked')))
      .orderBy(asc(adAccounts.id)),
  );
  const windows: AccountWindow[] = [];
  for (const { id } of accounts) {
    const owner = await loadFigureAccount(ctx, eq(adAccounts.id, id));
    if (!owner) continue; // gone since
    const totals = await computeTotals(ctx, { owner, ...days, basis: 'cash', only: null, learnt: learnFromOrders(ctx, owner, 'cash') });
    const { insightsFrom, insightsTo, currency } = owner.account;
    windows.push({
      currency,
      figure: totals?.figure ?? null,
      spendIsWhole: insightsFrom !== null && insightsTo !== null && insightsFrom <= days.since && insightsTo >= days.until,
    });
  }
  return windows;
}
