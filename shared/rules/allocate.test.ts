import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, type Share } from './allocate.ts';

const share = (id: string, weight: bigint, at = 0): Share => ({ id, weight, at });
const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);

test('the odd units go to the largest remainders', () => {
  // 100 over 1:1:4 → 16.67, 16.67, 66.67: all remainders 4/6; two units left, ties by time.
  expect(allocate(100n, [share('a', 1n, 3), share('b', 1n, 2), share('c', 4n, 1)])).toEqual([16n, 17n, 67n]);
});

test('ties: earlier first, then smaller id', () => {
  expect(allocate(1n, [share('b', 1n, 5), share('a', 1n, 5), share('c', 1n, 9)])).toEqual([0n, 1n, 0n]);
  expect(allocate(1n, [share('b', 1n, 4), share('a', 1n, 5)])).toEqual([1n, 0n]);
});

test('a weight of zero never gets a unit', () => {
  expect(allocate(7n, [share('a', 0n), share('b', 3n), share('c', 4n)])).toEqual([0n, 3n, 4n]);
});

test('nothing to share over is an error, not a silent loss', () => {
  expect(() => allocate(1n, [])).toThrow(RangeError);
  expect(() => allocate(1n, [share('a', 0n)])).toThrow(RangeError);
  expect(() => allocate(1n, [share('a', -1n), share('b', 2n)])).toThrow(RangeError);
  expect(() => allocate(1n, [share('a', 1n), share('a', 2n)])).toThrow(RangeError);
});

const shares = fc
  .uniqueArray(
    fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), weight: fc.bigInt({ min: 0n, max: 10n ** 6n }), at: fc.nat(5) }),
    {
      selector: (s) => s.id,
      minLength: 1,
      maxLength: 12,
    },
  )
  .filter((list) => list.some((s) => s.weight > 0n));
const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

test('parts add up, stay within one unit of fair, and do not depend on the order given', () => {
  fc.assert(
    fc.property(amount, shares, fc.integer(), (n, list, turn) => {
      const parts = allocate(n, list);
      expect(sum(parts)).toBe(n);
      const total = sum(list.map((s) => s.weight));
      parts.forEach((part, i) => {
        const off = part * total - n * (list[i] as Share).weight;
        expect(off < total && off > -total).toBe(true);
      });
      const k = Math.abs(turn) % list.length;
      const turned = [...list.slice(k), ...list.slice(0, k)];
      const again = allocate(n, turned);
      list.forEach((s, i) => expect(again[turned.indexOf(s)]).toBe(parts[i]));
    }),
    { numRuns: 300 },
  );
});

test('a reversal cancels its booking unit by unit', () => {
  fc.assert(
    fc.property(amount, shares, (n, list) => {
      expect(allocate(-n, list)).toEqual(allocate(n, list).map((part) => -part));
    }),
  );
});
