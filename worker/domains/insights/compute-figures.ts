import type { SQL } from 'drizzle-orm';
import type { Figure } from '#shared/contracts/metrics.ts';
import type { CreditSums } from '#shared/rules/roas-interval.ts';
import type { Context } from '../../kernel/context.ts';
import type { FigureAccount, Days } from './figure-account.ts';
import type { FigureScope, Level, Basis } from './figure-scope.ts';
import { creditSums, leadCounts, spendSums } from './figure-sums.ts';
import { gapsOf, withoutGaps } from './known-windows.ts';
import type { Learnt } from './learn-from-orders.ts';
import { maturities } from './maturity.ts';
import { toFigure } from './to-figure.ts';

export interface FigureQuery extends Days {
  owner: FigureAccount;
  basis: Basis;
  only: SQL | null;
  /** Begun once for all figures of an answer. */
  learnt: Promise<Learnt>;
}
/** Figure of one id; `campaign` is whose orders teach the spread first, null = the account's only. Null when its credits are in another currency than its spend. */
export type ReadFigure = (id: string, campaign: string | null) => Figure | null;

const NONE: CreditSums = { customers: 0, sumMinor: 0n, sumSquares: 0n, negativeMinor: 0n };

/**
 * The one formula behind every figure of ads: overlay rows, strip, dashboard, cards. Answers a reader for any id of the query, from one
 * statement per fact table for all of them together.
 */
export function computeFigures(ctx: Context, query: FigureQuery, level: Level): Promise<ReadFigure> {
  return readSums(ctx, query, level);
}

/** The figure over all facts of the query as one: never the sum of its rows' intervals. Null when currencies differ. */
export async function computeTotal(ctx: Context, query: FigureQuery): Promise<Figure | null> {
  const read = await readSums(ctx, query, null);
  return read('', null);
}

async function readSums(ctx: Context, { owner, since, until, basis, only, learnt }: FigureQuery, by: Level | null): Promise<ReadFigure> {
  const { account, organization } = owner;
  const scope: FigureScope = {
    accountId: account.id,
    timezone: account.timezone,
    currency: account.currency,
    since,
    until,
    basis,
    by,
    only,
  };
  const now = ctx.now();
  const [spend, leads, earned, { pools }, matured] = await Promise.all([
    spendSums(ctx, scope),
    leadCounts(ctx, scope),
    creditSums(ctx, scope),
    learnt,
    learnt.then((found) => maturities(ctx, scope, found, now)),
  ]);
  const gaps = gapsOf(owner, since);
  return (id, campaign) => {
    const own = earned.get(id);
    if (own?.foreign && gaps.revenueGap === null) return null;
    // An id that is known and has no rows spent and earned nothing: the platform leaves out what is zero.
    const spent = spend.get(id) ?? { spendMinor: 0n, impressions: 0, clicks: 0 };
    const near = campaign === null ? [] : [pools.get(campaign) ?? NONE];
    const figure = toFigure({
      ...spent,
      leads: leads.get(id) ?? 0,
      orders: own?.orders ?? 0,
      credits: own?.credits ?? NONE,
      pools: [...near, pools.get('') ?? NONE],
      maturityPermille: matured.get(id) ?? null,
      targetRoasMilli: organization.targetRoasMilli,
      floorRoasMilli: organization.floorRoasMilli,
    });
    return withoutGaps(figure, gaps);
  };
}
