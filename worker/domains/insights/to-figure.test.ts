import { expect, test } from 'vitest';
import { sumCredits } from '#shared/rules/roas-interval.ts';
import { toFigure, type FigureInput } from './to-figure.ts';

/** 40 customers with a mean of 390.00 and Σc²/Σc of about 480.00: the pool of the guide's examples. */
const POOL = sumCredits(Array.from({ length: 40 }, (_, n) => BigInt(39_000 + (n % 2 === 0 ? 18_735 : -18_735))));
const input = (over: Partial<FigureInput>): FigureInput => ({
  spendMinor: 210_000n,
  impressions: 1,
  clicks: 1,
  leads: 0,
  orders: 0,
  credits: sumCredits([]),
  pools: [POOL],
  maturityPermille: null,
  targetRoasMilli: null,
  floorRoasMilli: null,
  ...over,
});
/** 11 customers, 4,410.00 together. */
const ELEVEN = sumCredits([...Array.from({ length: 10 }, () => 40_100n), 40_000n]);

test("the guide's examples: 2.10×, likely 1.3–3.1×; and no order on 500 is likely below 1.1×", () => {
  const eleven = toFigure(input({ credits: ELEVEN }));
  expect(eleven).toMatchObject({ revenueMinor: 441_000, customers: 11, tooFew: false, roas: { point: 2100 } });
  expect([eleven.roas?.low80, eleven.roas?.high80].map((end) => ((end as number) / 1000).toFixed(1))).toEqual(['1.3', '3.1']);
  expect(Math.round(eleven.effectiveOrders)).toBe(9);
  const none = toFigure(input({ spendMinor: 50_000n }));
  expect(none.roas).toMatchObject({ point: 0, low80: 0 });
  expect(((none.roas?.high80 as number) / 1000).toFixed(1)).toBe('1.1');
  expect(none.tooFew).toBe(true);
});

test("a colour needs the whole interval on one side of the user's own marks", () => {
  const verdict = (targetRoasMilli: number | null, floorRoasMilli: number | null, credits = ELEVEN) =>
    toFigure(input({ credits, targetRoasMilli, floorRoasMilli })).verdict;
  expect([verdict(1200, 500), verdict(3500, 500), verdict(5000, 4000), verdict(2100, 1000), verdict(null, null)]).toEqual([
    'good',
    'fair',
    'poor',
    'none',
    'none',
  ]);
  expect(verdict(100, 50, sumCredits([10_000n]))).toBe('none'); // too few, whatever the interval says
});

test('without 30 customers to learn from the point stands alone, and without spend there is no ratio', () => {
  const alone = toFigure(input({ credits: ELEVEN, pools: [sumCredits(Array.from({ length: 29 }, () => 40_000n))], targetRoasMilli: 100 }));
  expect(alone).toMatchObject({
    roas: { point: 2100, low80: null, high80: null, low95: null, high95: null },
    tooFew: true,
    verdict: 'none',
  });
  expect(toFigure(input({ credits: ELEVEN, spendMinor: 0n }))).toMatchObject({
    roas: null,
    revenueMinor: 441_000,
    verdict: 'none',
    costPerLeadMinor: null,
  });
});

test('halves go to the even side, refunds count, and the cost of a lead is spend over leads', () => {
  expect(toFigure(input({ spendMinor: 16_000n, credits: sumCredits([200n]) })).roas?.point).toBe(12); // 12.5
  expect(toFigure(input({ spendMinor: 16_000n, credits: sumCredits([216n]) })).roas?.point).toBe(14); // 13.5
  expect(toFigure(input({ spendMinor: 10_000n, credits: sumCredits([5_000n, -7_000n]) }))).toMatchObject({
    revenueMinor: -2_000,
    customers: 1,
    roas: { point: -200 },
  });
  expect(toFigure(input({ spendMinor: 1_000n, leads: 3 })).costPerLeadMinor).toBe(333);
});
