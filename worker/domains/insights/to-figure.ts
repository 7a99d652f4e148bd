import type { Figure } from '#shared/contracts/metrics.ts';
import { divHalfEven } from '#shared/rules/money.ts';
import { choosePool, judgeRoas, roasFigure, type CreditSums, type VerdictColour } from '#shared/rules/roas-interval.ts';

export interface FigureInput {
  spendMinor: bigint;
  impressions: number;
  clicks: number;
  leads: number;
  orders: number;
  credits: CreditSums;
  /** Groups to learn one order's spread from, near to far. */
  pools: readonly CreditSums[];
  maturityPermille: number | null;
  targetRoasMilli: number | null;
  floorRoasMilli: number | null;
}

const VERDICT: Record<VerdictColour, Figure['verdict']> = { green: 'good', amber: 'fair', red: 'poor', grey: 'none' };

/** Sums to the figure on the wire. The point is exact integer arithmetic; only the interval is floating. */
export function toFigure(input: FigureInput): Figure {
  const { spendMinor, credits, leads } = input;
  const revenueMinor = credits.sumMinor + credits.negativeMinor;
  const known = roasFigure(credits, spendMinor, choosePool(input.pools));
  const verdict = judgeRoas(known, ratio(input.targetRoasMilli), ratio(input.floorRoasMilli));
  return {
    spendMinor: Number(spendMinor),
    revenueMinor: Number(revenueMinor),
    orders: input.orders,
    customers: credits.customers,
    leads,
    impressions: input.impressions,
    clicks: input.clicks,
    roas:
      spendMinor > 0n
        ? {
            point: Number(divHalfEven(revenueMinor * 1000n, spendMinor)),
            low80: milli(known.likely?.lower),
            high80: milli(known.likely?.upper),
            low95: milli(known.wide?.lower),
            high95: milli(known.wide?.upper),
          }
        : null,
    effectiveOrders: Math.round((known.nEff ?? ownSpread(credits)) * 100) / 100,
    tooFew: known.tooFew,
    verdict: VERDICT[verdict.colour],
    maturityPermille: input.maturityPermille,
    costPerLeadMinor: leads > 0 ? Number(divHalfEven(spendMinor, BigInt(leads))) : null,
  };
}

const ratio = (value: number | null): number | null => (value === null ? null : value / 1000);
const milli = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value * 1000));

/** Without a pool the row's own amounts are all there is: (Σc)² / Σc². It stays "too few to say". */
function ownSpread({ sumMinor, sumSquares }: CreditSums): number {
  return sumSquares === 0n ? 0 : Number(sumMinor) ** 2 / Number(sumSquares);
}
