import { expect, test } from 'vitest';
import { axisTicks, linePoints, pathOf } from './chart-scale.ts';

test('an axis ends at or above the largest value, in round steps', () => {
  expect(axisTicks(87)).toEqual([0, 50, 100]);
  expect(axisTicks(400)).toEqual([0, 100, 200, 300, 400]);
  expect(axisTicks(3)).toEqual([0, 1, 2, 3]);
  expect(axisTicks(0)).toEqual([0, 1]);
});

test('zero lies on the base line and the largest value on top', () => {
  expect(linePoints([0, 5, 10], 10, 200, 100)).toEqual([
    [0, 100],
    [100, 50],
    [200, 0],
  ]);
  expect(
    pathOf([
      [0, 100],
      [100, 50],
    ]),
  ).toBe('M0.0 100.0L100.0 50.0');
});

test('one day alone is a point, not a division by zero', () => {
  expect(linePoints([4], 4, 200, 100)).toEqual([[0, 0]]);
});
