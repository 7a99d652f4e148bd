import { and, eq, sql } from 'drizzle-orm';
import { adAccounts, adEntities } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { lookUpMetrics as contract, MetricsAnswer } from '#shared/contracts/metrics.ts';
import { addDays, startOfDay } from '#shared/rules/day-of.ts';
import type { Context } from '../../kernel/context.ts';
import { computeFigures, type FigureQuery } from './compute-figures.ts';
import { computeTotals } from './compute-totals.ts';
import { describe, freshnessOf, loadFigureAccount, windowDays, type Days, type FigureAccount } from './figure-account.ts';
import { idsIn, type Level } from './figure-scope.ts';
import type { Freshness } from './known-windows.ts';
import { learnFromOrders } from './learn-from-orders.ts';

type Body = BodyOf<typeof contract>;
type Blank = Extract<MetricsAnswer, { blank: string }>['blank'];

/** Spend is read every 15 minutes; at six times its normal age a figure is removed. */
const STALE_AFTER_MS = 6 * 15 * 60_000;

const NOTHING_KNOWN: Freshness = {
  spendAt: null,
  revenueAt: null,
  spendFrom: null,
  revenueFrom: null,
  leadsFrom: null,
  revenueGap: null,
  leadsGap: null,
};

/** Figures for the rows on screen: each id gets its figure or the reason for a blank. Blank rather than wrong. */
export async function lookUpMetrics(ctx: Context, body: Body): Promise<ResponseOf<typeof contract>> {
  const ids = [...new Set(body.ids)];
  const owner = await loadFigureAccount(
    ctx,
    and(eq(adAccounts.platform, body.platform), eq(adAccounts.externalId, body.accountExternalId)),
  );
  const blank = (reason: Blank): MetricsAnswer[] => ids.map((id) => ({ id, blank: reason }));
  if (!owner)
    return {
      account: null,
      definition: null,
      answers: blank('not_connected'),
      freshness: NOTHING_KNOWN,
      totals: null,
    };

  const { id, name, currency, timezone } = owner.account;
  const days = windowDays(body.window, owner, ctx.now());
  const common = {
    account: { id, name, currency, timezone },
    definition: describe(owner, days, body.basis),
    freshness: freshnessOf(owner, days),
  };
  const reason = blankForAll(owner, days, ctx.now());
  if (reason) return { ...common, answers: blank(reason), totals: null };

  if (ids.length === 0 && !body.withTotals) return { ...common, answers: [], totals: null };
  const query = { owner, ...days, basis: body.basis, learnt: learnFromOrders(ctx, owner, body.basis) };
  const [answers, totals] = await Promise.all([
    answerRows(ctx, query, body.level, ids),
    body.withTotals ? computeTotals(ctx, { ...query, only: null }) : null,
  ]);
  return { ...common, answers, totals };
}

/** Why no row of this account can be told now; null = they can. */
export function blankForAll({ account, isConnected }: FigureAccount, { since, until }: Days, now: Date): Blank | null {
  if (!isConnected) return 'not_connected';
  const { insightsSyncedAt: syncedAt, insightsFrom: from } = account;
  if (syncedAt === null || from === null) return 'no_insights';
  if (since < from) return 'before_spend';
  const isSettled = syncedAt.toISOString() >= startOfDay(addDays(until, 1), account.timezone);
  return !isSettled && now.getTime() - syncedAt.getTime() > STALE_AFTER_MS ? 'stale' : null;
}

async function answerRows(ctx: Context, query: Omit<FigureQuery, 'only'>, level: Level, ids: string[]): Promise<MetricsAnswer[]> {
  if (ids.length === 0) return [];
  const [known, read] = await Promise.all([
    knownRows(ctx, query.owner.account.id, level, ids),
    computeFigures(ctx, { ...query, only: idsIn(level, ids) }, level),
  ]);
  return ids.map((id): MetricsAnswer => {
    const campaign = known.get(id);
    if (campaign === undefined) return { id, blank: 'unknown_id' };
    const figure = read(id, campaign);
    return figure ? { id, figure } : { id, blank: 'currency_differs' };
  });
}

/** Ids of this account at this level, with their campaign. Missing, foreign and other-level ids are all simply not there. */
async function knownRows(ctx: Context, accountId: string, level: Level, ids: string[]): Promise<Map<string, string>> {
  const rows = await ctx.read((q) =>
    q
      .select({ id: adEntities.externalId, campaign: adEntities.campaignExternalId })
      .from(adEntities)
      .where(
        and(
          eq(adEntities.organizationId, ctx.organizationId),
          eq(adEntities.accountId, accountId),
          eq(adEntities.kind, level),
          sql`${adEntities.externalId} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
        ),
      ),
  );
  return new Map(rows.map((row) => [row.id, row.campaign]));
}
