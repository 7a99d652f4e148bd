import { and, eq, max, type SQL } from 'drizzle-orm';
import { adAccounts, connections, credits, dataVersions, organizations } from '#schema/index.ts';
import type { definition, Window } from '#shared/contracts/metrics.ts';
import type { z } from 'zod';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { clientOf, inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { currentStatus } from '../connections/index.ts';
import type { Basis } from './figure-scope.ts';
import { firstWholeDay, gapsOf, ordersKnown, type Freshness } from './known-windows.ts';

export interface FigureAccount {
  account: typeof adAccounts.$inferSelect;
  isConnected: boolean;
  organization: Pick<typeof organizations.$inferSelect, 'targetRoasMilli' | 'floorRoasMilli' | 'attributionWindowDays'>;
  dataVersion: number;
  revenueAt: Date | null;
  hasShop: boolean;
  /** First whole day, in the account's timezone, from which orders and leads are known; null = they are still being read. */
  revenueFrom: string | null;
  leadsFrom: string | null;
}

/** An account with everything its figures are judged by; null for missing and foreign ones, and those of another client, alike. The version is read before any figure, so it never promises more than it carries. */
export async function loadFigureAccount(ctx: Context, which: SQL | undefined): Promise<FigureAccount | null> {
  const clientId = clientOf(ctx);
  const [[row], orders] = await Promise.all([
    ctx.read((q) =>
      q
        .select({
          account: adAccounts,
          leadsFrom: connections.recordsFrom,
          status: connections.status,
          expiresAt: connections.expiresAt,
          organization: {
            targetRoasMilli: organizations.targetRoasMilli,
            floorRoasMilli: organizations.floorRoasMilli,
            attributionWindowDays: organizations.attributionWindowDays,
          },
          version: dataVersions.version,
          revenueAt: dataVersions.revenueAt,
        })
        .from(adAccounts)
        .innerJoin(connections, eq(connections.id, adAccounts.connectionId))
        .innerJoin(organizations, eq(organizations.id, adAccounts.organizationId))
        .leftJoin(dataVersions, eq(dataVersions.organizationId, adAccounts.organizationId))
        .where(and(eq(adAccounts.organizationId, ctx.organizationId), inOwnAccounts(ctx, adAccounts.id), which)),
    ),
    ordersKnown(ctx),
  ]);
  if (!row) return null;
  // An organization in which nothing changed yet has no version row: that is version 0.
  const { version, revenueAt } =
    clientId === null ? { version: row.version ?? 0, revenueAt: row.revenueAt } : await ownChanges(ctx, row.account);
  return {
    account: row.account,
    isConnected: currentStatus(row, ctx.now()) !== 'revoked',
    organization: row.organization,
    dataVersion: version,
    revenueAt,
    hasShop: orders.hasShop,
    revenueFrom: firstWholeDay(orders.from, row.account.timezone),
    leadsFrom: firstWholeDay(row.leadsFrom, row.account.timezone),
  };
}

/**
 * What a client is told in place of the organization's version and its newest revenue, which would count the orders of other clients: both
 * from the account's own rows, the version in seconds.
 */
async function ownChanges(ctx: Context, account: typeof adAccounts.$inferSelect): Promise<{ version: number; revenueAt: Date | null }> {
  const [newest] = await ctx.read((q) =>
    q
      .select({ revenueAt: max(credits.postedAt) })
      .from(credits)
      .where(and(eq(credits.organizationId, ctx.organizationId), eq(credits.accountId, account.id))),
  );
  const revenueAt = newest?.revenueAt ?? null;
  const changes = [revenueAt, account.insightsSyncedAt].map((at) => at?.getTime() ?? 0); // neither yet: nothing has changed
  return { version: Math.floor(Math.max(...changes) / 1000), revenueAt };
}

export interface Days {
  since: string;
  until: string;
}

/**
 * A window as days of the account's timezone. Lifetime begins with the first day on which spend and orders are both known.
 * @throws invalid_input when it ends before it begins
 */
export function windowDays(window: Window, { account, revenueFrom }: FigureAccount, now: Date): Days {
  const today = dayOf(now.getTime(), account.timezone);
  if ('days' in window) return { since: addDays(today, 1 - window.days), until: today };
  if ('lifetime' in window) {
    const since = account.insightsFrom ?? today;
    return { since: revenueFrom !== null && revenueFrom > since ? (revenueFrom < today ? revenueFrom : today) : since, until: today };
  }
  if (window.since > window.until)
    throw new AppError('invalid_input', 'The window ends before it begins.', {
      fields: [{ path: 'window', message: 'Give a first day that is not after the last.' }],
    });
  return { since: window.since, until: window.until };
}

/** Names the formula and every choice that can change its result: the same figure carries the same id wherever it stands. */
export function describe(
  { account, organization, dataVersion }: FigureAccount,
  { since, until }: Days,
  basis: Basis,
): z.infer<typeof definition> {
  const attributionWindowDays = organization.attributionWindowDays;
  return {
    id: `roas-1/net/last/${attributionWindowDays}d/${basis}/${since}..${until}/${account.currency}@${account.timezone}`,
    currency: account.currency,
    timezone: account.timezone,
    since,
    until,
    model: 'last',
    basis,
    attributionWindowDays,
    dataVersion,
  };
}

export const freshnessOf = (owner: FigureAccount, { since }: Days): Freshness => ({
  spendAt: owner.account.insightsSyncedAt?.toISOString() ?? null,
  revenueAt: owner.revenueAt?.toISOString() ?? null,
  spendFrom: owner.account.insightsFrom,
  revenueFrom: owner.revenueFrom,
  leadsFrom: owner.leadsFrom,
  ...gapsOf(owner, since),
});
