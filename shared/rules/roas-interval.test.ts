import { expect, test } from 'vitest';
import {
  breakEvenRoas,
  chanceAbove,
  choosePool,
  effectiveOrders,
  judgeRoas,
  poolOf,
  rateInterval,
  type ReferencePool,
  roasFigure,
  roasInterval,
  sumCredits,
} from './roas-interval.ts';

/** Small seeded generator (mulberry32), so that a run repeats. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const normal = (draw: () => number) => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
function poisson(draw: () => number, mean: number): number {
  let k = -1;
  for (let left = 0; left < mean; left -= Math.log(1 - draw())) k += 1;
  return Math.max(k, 0);
}

// The guide's pool, in cents: mean 390, m 480.
const pool: ReferencePool = { customers: 40, meanMinor: 39_000, sizeMinor: 48_000 };
const elevenCustomers = sumCredits([60_000n, 55_000n, 52_000n, 48_000n, 44_000n, 41_000n, 38_000n, 33_000n, 28_000n, 22_000n, 20_000n]);

test('worked example: 11 customers, 4,410 on 2,100 spend → 2.10×, likely 1.3–3.1×, n_eff 9', () => {
  expect(elevenCustomers.sumMinor).toBe(441_000n);
  const figure = roasFigure(elevenCustomers, 210_000n, pool);
  expect(figure.roas).toBeCloseTo(2.1, 12);
  expect(figure.likely?.lower.toFixed(1)).toBe('1.3');
  expect(figure.likely?.upper.toFixed(1)).toBe('3.1');
  expect(figure.nEff?.toFixed(0)).toBe('9');
  expect(figure.tooFew).toBe(false);
});

test('worked example: no order on 500 spend → 0×, likely below 1.1×', () => {
  const figure = roasFigure(sumCredits([]), 50_000n, pool);
  expect(figure.roas).toBe(0);
  expect(figure.likely?.lower).toBe(0);
  expect(figure.likely?.upper.toFixed(1)).toBe('1.1');
  expect(figure).toMatchObject({ nEff: 0, tooFew: true });
});

test('without spend there is no ROAS; without a pool there is no interval and too few to say', () => {
  expect(roasFigure(elevenCustomers, 0n, pool)).toMatchObject({ roas: null, likely: null, wide: null });
  expect(roasFigure(elevenCustomers, 210_000n, null)).toMatchObject({ likely: null, nEff: null, tooFew: true });
});

test('the wide interval contains the likely one', () => {
  const { likely, wide } = roasFigure(elevenCustomers, 210_000n, pool);
  expect((wide?.lower as number) < (likely?.lower as number) && (wide?.upper as number) > (likely?.upper as number)).toBe(true);
});

test('dear orders of the row itself widen its interval beyond the pool', () => {
  const even = sumCredits(Array(10).fill(44_100n));
  const uneven = sumCredits([396_900n, ...Array(9).fill(4_900n)]);
  expect(even.sumMinor).toBe(uneven.sumMinor);
  expect(effectiveOrders(uneven, pool)).toBeLessThan(2);
  expect(roasInterval(uneven, 210_000n, pool, 0.8).upper).toBeGreaterThan(roasInterval(even, 210_000n, pool, 0.8).upper);
});

test('a negative credit is taken out first and shifts point and both ends by its amount', () => {
  const plain = roasFigure(sumCredits([50_000n, 40_000n]), 100_000n, pool);
  const shifted = roasFigure(sumCredits([50_000n, -30_000n, 40_000n]), 100_000n, pool);
  expect(shifted.roas).toBeCloseTo((plain.roas as number) - 0.3, 12);
  expect(shifted.likely?.lower).toBeCloseTo((plain.likely?.lower as number) - 0.3, 12);
  expect(shifted.likely?.upper).toBeCloseTo((plain.likely?.upper as number) - 0.3, 12);
  expect(shifted.nEff).toBe(plain.nEff);
});

test('the nearest pool of 30 customers is used; 29 are not a pool', () => {
  const small = sumCredits(Array(29).fill(1000n));
  const large = sumCredits([...Array(29).fill(1000n), 3000n]);
  expect(poolOf(small)).toBeNull();
  expect(choosePool([small, large])).toEqual({ customers: 30, meanMinor: 32_000 / 30, sizeMinor: 38_000_000 / 32_000 });
  expect(choosePool([small])).toBeNull();
});

const SEED = 20_261_120;
test(`coverage on generated ads with a matching pool (seed ${SEED}): 80 % within 78–97, 95 % at least 92`, () => {
  const draw = random(SEED);
  for (const [expected, sigma] of [
    [0.5, 0.5],
    [2, 1],
    [5, 1],
    [12, 0.5],
    [60, 1],
  ] as const) {
    const order = () => BigInt(Math.max(1, Math.round(10_000 * Math.exp(sigma * normal(draw)))));
    const trueMean = 10_000 * Math.exp(sigma ** 2 / 2);
    const learnt = poolOf(sumCredits(Array.from({ length: 4000 }, order))) as ReferencePool;
    const truth = (expected * trueMean) / 100_000;
    const runs = 1000;
    let in80 = 0;
    let in95 = 0;
    for (let run = 0; run < runs; run += 1) {
      const { likely, wide } = roasFigure(sumCredits(Array.from({ length: poisson(draw, expected) }, order)), 100_000n, learnt);
      if (likely !== null && truth >= likely.lower && truth <= likely.upper) in80 += 1;
      if (wide !== null && truth >= wide.lower && truth <= wide.upper) in95 += 1;
    }
    expect(in80 / runs, `80 % at ${expected} orders, spread ${sigma}`).toBeGreaterThanOrEqual(0.77);
    expect(in80 / runs, `80 % at ${expected} orders, spread ${sigma}`).toBeLessThanOrEqual(0.97);
    expect(in95 / runs, `95 % at ${expected} orders, spread ${sigma}`).toBeGreaterThanOrEqual(0.92);
  }
});

test(`P(A > B) agrees with drawing from both gammas (seed ${SEED + 1}) within one point`, () => {
  const draw = random(SEED + 1);
  const a = { credits: elevenCustomers, spendMinor: 210_000n, pool };
  const b = { credits: sumCredits([39_000n, 52_000n, 31_000n, 47_000n]), spendMinor: 110_000n, pool };
  const shapeScale = ({ credits }: typeof a) => {
    const y = Number(credits.sumMinor) + pool.meanMinor / 2;
    const v = Math.max(Number(credits.sumSquares), pool.sizeMinor * Number(credits.sumMinor)) + (pool.meanMinor * pool.sizeMinor) / 2;
    return { k: (y * y) / v, theta: v / y };
  };
  // Marsaglia and Tsang's rejection method: independent of the code under test.
  const gamma = (k: number): number => {
    const d = k - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal(draw);
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - draw()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const [ga, gb] = [shapeScale(a), shapeScale(b)];
  const runs = 200_000;
  let wins = 0;
  for (let run = 0; run < runs; run += 1) if ((gamma(ga.k) * ga.theta) / 210_000 > (gamma(gb.k) * gb.theta) / 110_000) wins += 1;
  expect(Math.abs(chanceAbove(a, b) - wins / runs)).toBeLessThan(0.01);
  expect(chanceAbove(a, b) + chanceAbove(b, a)).toBeCloseTo(1, 12);
  expect(chanceAbove(a, a)).toBeCloseTo(0.5, 12);
});

test('a colour needs the whole likely interval on one side', () => {
  const figure = (lower: number, upper: number, tooFew = false) => ({
    roas: (lower + upper) / 2,
    likely: { lower, upper },
    wide: null,
    nEff: 12,
    tooFew,
  });
  expect(judgeRoas(figure(2.1, 3), 2, 1)).toEqual({ colour: 'green', reason: 'above-target', noReturn: false });
  expect(judgeRoas(figure(1.2, 1.9), 2, 1)).toEqual({ colour: 'amber', reason: 'below-target', noReturn: false });
  expect(judgeRoas(figure(0.7, 1.9), 2, 1)).toEqual({ colour: 'amber', reason: 'below-target', noReturn: false });
  expect(judgeRoas(figure(0.2, 0.9), 2, 1)).toEqual({ colour: 'red', reason: 'below-floor', noReturn: true });
  expect(judgeRoas(figure(1.5, 2.5), 2, 1)).toMatchObject({ colour: 'grey', reason: 'uncertain' });
  expect(judgeRoas(figure(2.1, 3), null, null)).toMatchObject({ colour: 'grey', reason: 'no-target' });
});

test('too few orders are never coloured, and still may be called spend with no return', () => {
  const none = roasFigure(sumCredits([]), 200_000n, pool);
  expect(judgeRoas(none, 2, 1)).toEqual({ colour: 'grey', reason: 'too-few', noReturn: true });
  expect(judgeRoas(roasFigure(sumCredits([]), 50_000n, pool), 2, 1)).toMatchObject({ colour: 'grey', noReturn: false });
  expect(judgeRoas(roasFigure(elevenCustomers, 0n, pool), 2, 1)).toMatchObject({ colour: 'grey', reason: 'no-spend' });
});

test('rates have the Jeffreys interval, closed at certain ends', () => {
  // Published for 5 of 10 at 95 %: 0.2235 to 0.7765.
  const half = rateInterval(5, 10, 0.95);
  expect(half.lower).toBeCloseTo(0.2235, 3);
  expect(half.upper).toBeCloseTo(0.7765, 3);
  expect(rateInterval(0, 10, 0.95).lower).toBe(0);
  expect(rateInterval(10, 10, 0.95).upper).toBe(1);
});

test('break-even', () => {
  expect(breakEvenRoas(0.4)).toBe(2.5);
  expect(() => breakEvenRoas(0)).toThrow(RangeError);
});
