import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commissionFor, type CommissionLine, reversalStep } from './commission.ts';

const seven = { kind: 'percent', num: 7n, den: 100n } as const;

test('worked example: base 5373 at 7 % = 376; three refunds of 1791 take back 125, 126, 125', () => {
  const { lines, totalMinor } = commissionFor([{ lineId: 'a', netMinor: 5373n, quantity: 3 }], seven, null);
  expect(totalMinor).toBe(376n);
  const line = lines[0] as CommissionLine;
  let done = 0n;
  const steps = [1n, 2n, 3n].map((k) => {
    const step = reversalStep(line, { refundedMinor: 1791n * k, refundedQuantity: Number(k) }, done);
    done += step;
    return step;
  });
  expect(steps).toEqual([125n, 126n, 125n]);
  expect(done).toBe(376n);
});

test('half to even at the line, and sums are not rounded again', () => {
  const half = { kind: 'percent', num: 1n, den: 2n } as const;
  const lines = [1n, 3n, 5n].map((netMinor, i) => ({ lineId: `l${i}`, netMinor, quantity: 1 }));
  expect(commissionFor(lines, half, null).lines.map((line) => line.commissionMinor)).toEqual([0n, 2n, 2n]);
});

test('flat goes by piece, and by quantity when the piece was free', () => {
  const { lines } = commissionFor([{ lineId: 'a', netMinor: 0n, quantity: 3 }], { kind: 'flat', perUnitMinor: 250n }, null);
  const line = lines[0] as CommissionLine;
  expect(line.commissionMinor).toBe(750n);
  expect(reversalStep(line, { refundedMinor: 0n, refundedQuantity: 1 }, 0n)).toBe(250n);
  expect(reversalStep(line, { refundedMinor: 0n, refundedQuantity: 3 }, 250n)).toBe(500n);
});

test('the cap clips to the minor unit and says what it took', () => {
  const lines = [
    { lineId: 'a', netMinor: 10_000n, quantity: 1 },
    { lineId: 'b', netMinor: 5_000n, quantity: 1 },
  ];
  const clipped = commissionFor(lines, seven, 1000n);
  expect(clipped).toMatchObject({ totalMinor: 1000n, clippedMinor: 50n });
  expect(clipped.lines.map((line) => line.commissionMinor)).toEqual([667n, 333n]);
  expect(commissionFor(lines, seven, 0n).lines.map((line) => line.commissionMinor)).toEqual([0n, 0n]);
  expect(() => commissionFor(lines, seven, -1n)).toThrow(RangeError);
});

test('any series of partial refunds to the whole base takes back the commission exactly, no step negative', () => {
  const cuts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: 100_0000n }), cuts, (base, num, points) => {
      const { lines } = commissionFor([{ lineId: 'a', netMinor: base, quantity: 1 }], { kind: 'percent', num, den: 100_0000n }, null);
      const line = lines[0] as CommissionLine;
      const totals = [...points.map((point) => point % base), base].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      let done = 0n;
      for (const refundedMinor of totals) {
        const step = reversalStep(line, { refundedMinor, refundedQuantity: 0 }, done);
        expect(step >= 0n).toBe(true);
        done += step;
      }
      expect(done).toBe(line.commissionMinor);
    }),
    { numRuns: 1000 },
  );
});

test('a refund beyond the base is a fault of the caller', () => {
  expect(() =>
    reversalStep({ lineId: 'a', baseMinor: 10n, quantity: 1, commissionMinor: 1n }, { refundedMinor: 11n, refundedQuantity: 1 }, 0n),
  ).toThrow(RangeError);
});
