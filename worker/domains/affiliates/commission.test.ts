import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetLine } from '#shared/rules/order-net.ts';
import type { DatedRefund } from '#shared/rules/sale-facts.ts';
import { movements } from './commission.ts';

const SEVEN = { kind: 'percent', num: 7n, den: 100n } as const;
const at = new Date('2026-11-01T00:00:00Z');
const refund = (id: string, lines: DatedRefund['lines'], unlinedMinor = 0n): DatedRefund => ({ id, at, lines, unlinedMinor });

test('three refunds of a third each take back the commission exactly: 376 = 125 + 126 + 125', () => {
  const line: NetLine = { lineId: 'a', netMinor: 5373n, quantity: 3 };
  const third = (id: string) => refund(id, [{ lineId: 'a', quantity: 1, netMinor: 1791n }]);
  expect(movements([line], [third('1'), third('2'), third('3')], SEVEN)).toEqual([
    { lineId: 'a', cause: 'sale', baseMinor: 5373n, amountMinor: 376n },
    { lineId: 'a', cause: '1', baseMinor: -1791n, amountMinor: -125n },
    { lineId: 'a', cause: '2', baseMinor: -1791n, amountMinor: -126n },
    { lineId: 'a', cause: '3', baseMinor: -1791n, amountMinor: -125n },
  ]);
});

test('halves go to the even neighbour at each line, and sums are not rounded again', () => {
  const lines = [
    { lineId: 'a', netMinor: 50n, quantity: 1 },
    { lineId: 'b', netMinor: 150n, quantity: 1 },
  ];
  // 7 % of 50 is 3.5 and of 150 is 10.5: to 4 and 10, while 7 % of 200 is 14.
  expect(movements(lines, [], SEVEN).map((one) => one.amountMinor)).toEqual([4n, 10n]);
});

test('money given back without naming a line is spread over what remains', () => {
  const lines = [
    { lineId: 'a', netMinor: 1000n, quantity: 1 },
    { lineId: 'b', netMinor: 3000n, quantity: 1 },
  ];
  expect(movements(lines, [refund('r', [], 400n)], SEVEN).slice(2)).toEqual([
    { lineId: 'a', cause: 'r', baseMinor: -100n, amountMinor: -7n },
    { lineId: 'b', cause: 'r', baseMinor: -300n, amountMinor: -21n },
  ]);
});

test('any series of refunds that returns everything ends at nothing, no step gives anything, no step takes more than was earned', () => {
  const seed = 20261120;
  fc.assert(
    fc.property(
      fc.array(fc.record({ net: fc.integer({ min: 0, max: 99_999 }), quantity: fc.integer({ min: 1, max: 9 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.array(
        fc.record({
          line: fc.nat(3),
          quantity: fc.integer({ min: 0, max: 4 }),
          minor: fc.option(fc.integer({ min: 0, max: 50_000 })),
          unlined: fc.integer({ min: 0, max: 3_000 }),
        }),
        { maxLength: 6 },
      ),
      fc.integer({ min: 0, max: 9_999 }),
      (given, steps, num) => {
        const lines = given.map((one, i) => ({ lineId: `l${i}`, netMinor: BigInt(one.net), quantity: one.quantity }));
        const refunds = steps.map((step, i) =>
          refund(
            `r${i}`,
            [
              {
                lineId: `l${step.line % lines.length}`,
                quantity: step.quantity,
                netMinor: step.minor === null ? null : BigInt(step.minor),
              },
            ],
            BigInt(step.unlined),
          ),
        );
        const rest = refund(
          'rest',
          lines.map((line) => ({ lineId: line.lineId, quantity: line.quantity, netMinor: line.netMinor })),
        );
        const moved = movements(lines, [...refunds, rest], { kind: 'percent', num: BigInt(num), den: 10_000n });
        for (const line of lines) {
          const own = moved.filter((one) => one.lineId === line.lineId);
          let left = 0n;
          for (const one of own) {
            if (one.cause !== 'sale') expect(one.amountMinor <= 0n).toBe(true);
            left += one.amountMinor;
            expect(left >= 0n).toBe(true);
          }
          expect(left).toBe(0n);
          expect(own.reduce((sum, one) => sum + one.baseMinor, 0n)).toBe(0n);
        }
      },
    ),
    { seed, numRuns: 500 },
  );
});
