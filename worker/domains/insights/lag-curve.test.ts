import { expect, test } from 'vitest';
import { lagCurve } from './lag-curve.ts';

test('half at once and half on the fifth day: half until then, whole from then on', () => {
  const growth = Array.from({ length: 27 }, (_, age) => ({ age, soFar: age < 5 ? 50n : 100n, later: age < 4 ? 50n : 100n }));
  expect(lagCurve(growth, 28)).toEqual([...Array.from({ length: 5 }, () => 0.5), ...Array.from({ length: 23 }, () => 1)]);
});

test('steps multiply; unknown ages change nothing; refunds do not make more than all', () => {
  expect(
    lagCurve(
      [
        { age: 0, soFar: 1n, later: 2n },
        { age: 2, soFar: 3n, later: 4n },
      ],
      4,
    ),
  ).toEqual([0.375, 0.75, 0.75, 1]);
  expect(lagCurve([], 2)).toEqual([1, 1]);
  expect(lagCurve([{ age: 1, soFar: 10n, later: 8n }], 2)).toEqual([1, 1]);
});
