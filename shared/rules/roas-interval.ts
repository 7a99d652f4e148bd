import { betaI, betaIInverse, gammaPInverse } from './special-functions.ts';

/**
 * How sure a ROAS is: gamma interval for a sum of few, unequal amounts, with half a pseudo-order and the order spread of a
 * reference pool (family of Fay and Feuer, Statistics in Medicine 1997, 16:791–801). Source: revenue guide §7.1 and §7.2.
 * Amounts come in as integers of minor units; results are ratios and therefore floating point, shown and never booked.
 */

export const ROW_LEVEL = 0.8;
export const DETAIL_LEVEL = 0.95;
/** Below this many effective orders a figure is "too few to say". */
export const TOO_FEW_BELOW = 5;
export const POOL_MIN_CUSTOMERS = 30;
export const POOL_DAYS = 180;

/**
 * Sums of the credits of one row, one credit per CUSTOMER (add up a customer's orders first: repeat buyers are one event).
 * Plain sums, so a rollup or a SQL aggregate can carry them.
 */
export interface CreditSums {
  /** Customers with a positive credit. */
  customers: number;
  /** Σ of positive credits, minor units. */
  sumMinor: bigint;
  /** Σ of squares of positive credits, minor units squared. */
  sumSquares: bigint;
  /** Σ of negative credits (cash basis: refund of an older order), minor units, ≤ 0. */
  negativeMinor: bigint;
}

/** The spread of one order, learnt from a larger group. */
export interface ReferencePool {
  customers: number;
  /** Mean credit per customer, minor units. */
  meanMinor: number;
  /** Σc² / Σc, minor units. */
  sizeMinor: number;
}

export interface Interval {
  lower: number;
  upper: number;
}

export interface RoasFigure {
  /** Credited net over spend; null when spend is 0. */
  roas: number | null;
  /** 80 %: "likely". Null without spend or without a pool. */
  likely: Interval | null;
  /** 95 %, for the detail view. */
  wide: Interval | null;
  /** Effective orders; null without a pool. */
  nEff: number | null;
  tooFew: boolean;
}

export function sumCredits(creditsPerCustomer: readonly bigint[]): CreditSums {
  const sums: CreditSums = { customers: 0, sumMinor: 0n, sumSquares: 0n, negativeMinor: 0n };
  for (const credit of creditsPerCustomer) {
    if (credit < 0n) sums.negativeMinor += credit;
    if (credit <= 0n) continue;
    sums.customers += 1;
    sums.sumMinor += credit;
    sums.sumSquares += credit * credit;
  }
  return sums;
}

/** A pool of these credits, or null when they are too few customers to learn a spread from. */
export function poolOf(sums: CreditSums): ReferencePool | null {
  if (sums.customers < POOL_MIN_CUSTOMERS || sums.sumMinor <= 0n) return null;
  const sum = Number(sums.sumMinor);
  return { customers: sums.customers, meanMinor: sum / sums.customers, sizeMinor: Number(sums.sumSquares) / sum };
}

/** The closest group that is large enough: pass sums from near to far (concept or campaign, then account). */
export function choosePool(nearToFar: readonly CreditSums[]): ReferencePool | null {
  for (const sums of nearToFar) {
    const pool = poolOf(sums);
    if (pool !== null) return pool;
  }
  return null;
}

/**
 * ROAS with its 80 % and 95 % intervals. Chance only: not unmatched revenue, not the choice of model, not cause and effect.
 * @param spendMinor platform spend for the same ids and days, same currency, minor units
 */
export function roasFigure(credits: CreditSums, spendMinor: bigint, pool: ReferencePool | null): RoasFigure {
  const roas = spendMinor > 0n ? Number(credits.sumMinor + credits.negativeMinor) / Number(spendMinor) : null;
  if (pool === null) return { roas, likely: null, wide: null, nEff: null, tooFew: true };
  const nEff = effectiveOrders(credits, pool);
  const interval = (level: number) => (spendMinor > 0n ? roasInterval(credits, spendMinor, pool, level) : null);
  return { roas, likely: interval(ROW_LEVEL), wide: interval(DETAIL_LEVEL), nEff, tooFew: nEff < TOO_FEW_BELOW };
}

/** n_eff = (Σc)² / max(Σc², m·Σc); 0 without an order. */
export function effectiveOrders(credits: CreditSums, pool: ReferencePool): number {
  const sum = Number(credits.sumMinor);
  return sum === 0 ? 0 : (sum * sum) / spread(credits, pool);
}

/**
 * Interval at one level. No order at all: the lower end is 0.
 * @param level 0.8 or 0.95; between 0 and 1
 * @throws RangeError when spend is not positive or the level is not inside (0, 1)
 */
export function roasInterval(credits: CreditSums, spendMinor: bigint, pool: ReferencePool, level: number): Interval {
  if (spendMinor <= 0n) throw new RangeError('no interval without spend');
  if (!(level > 0 && level < 1)) throw new RangeError('the level must lie between 0 and 1');
  const { shape, scale } = gammaOf(credits, pool);
  const spend = Number(spendMinor);
  const shift = Number(credits.negativeMinor) / spend;
  const at = (p: number) => (gammaPInverse(p, shape) * scale) / spend;
  const lower = credits.sumMinor === 0n ? 0 : at((1 - level) / 2);
  return { lower: lower + shift, upper: at((1 + level) / 2) + shift };
}

export interface RoasInput {
  credits: CreditSums;
  spendMinor: bigint;
  pool: ReferencePool;
}

/** Chance that the true ROAS of a is above that of b. Exact for the two gammas; negative credits are not part of it. */
export function chanceAbove(a: RoasInput, b: RoasInput): number {
  if (a.spendMinor <= 0n || b.spendMinor <= 0n) throw new RangeError('no comparison without spend');
  const gammaA = gammaOf(a.credits, a.pool);
  const gammaB = gammaOf(b.credits, b.pool);
  const perSpendA = gammaA.scale / Number(a.spendMinor);
  const perSpendB = gammaB.scale / Number(b.spendMinor);
  return 1 - betaI(perSpendB / (perSpendA + perSpendB), gammaA.shape, gammaB.shape);
}

/** Jeffreys interval for a rate such as lead → won. @param successes of `trials`, both whole */
export function rateInterval(successes: number, trials: number, level: number): Interval {
  const at = (p: number) => betaIInverse(p, successes + 0.5, trials - successes + 0.5);
  return { lower: successes === 0 ? 0 : at((1 - level) / 2), upper: successes === trials ? 1 : at((1 + level) / 2) };
}

export type VerdictColour = 'green' | 'amber' | 'red' | 'grey';
export type VerdictReason = 'above-target' | 'below-target' | 'below-floor' | 'uncertain' | 'too-few' | 'no-spend' | 'no-target';

export interface Verdict {
  colour: VerdictColour;
  /** The word that always stands beside the colour. */
  reason: VerdictReason;
  /** The whole likely interval is under the floor. True also for too few orders: the only judgement allowed there. */
  noReturn: boolean;
}

/**
 * Colour against the user's own target and floor (both ROAS, null = not set). A colour needs the whole 80 % interval on one
 * side: green = at or above the target, red = below the floor, amber = below the target but not wholly below the floor.
 */
export function judgeRoas(figure: RoasFigure, target: number | null, floor: number | null): Verdict {
  const { likely } = figure;
  const noReturn = likely !== null && floor !== null && likely.upper < floor;
  const say = (colour: VerdictColour, reason: VerdictReason): Verdict => ({ colour, reason, noReturn });
  if (figure.roas === null) return say('grey', 'no-spend');
  if (figure.tooFew || likely === null) return say('grey', 'too-few');
  if (target === null && floor === null) return say('grey', 'no-target');
  if (noReturn) return say('red', 'below-floor');
  if (target !== null && likely.lower >= target) return say('green', 'above-target');
  if (target !== null && likely.upper < target) return say('amber', 'below-target');
  return say('grey', 'uncertain');
}

/** Break-even ROAS of a margin (0.4 → 2.5). @throws RangeError unless 0 < margin ≤ 1 */
export function breakEvenRoas(margin: number): number {
  if (!(margin > 0 && margin <= 1)) throw new RangeError('a margin lies above 0 and at most 1');
  return 1 / margin;
}

function spread(credits: CreditSums, pool: ReferencePool): number {
  return Math.max(Number(credits.sumSquares), pool.sizeMinor * Number(credits.sumMinor));
}

function gammaOf(credits: CreditSums, pool: ReferencePool): { shape: number; scale: number } {
  const mean = Number(credits.sumMinor) + pool.meanMinor / 2;
  const variance = spread(credits, pool) + (pool.meanMinor * pool.sizeMinor) / 2;
  return { shape: (mean * mean) / variance, scale: variance / mean };
}
