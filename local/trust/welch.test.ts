import { expect, test } from 'vitest';
import { welch } from './welch.ts';

/** Spread evenly around a middle. */
const around = (middle: number) => Array.from({ length: 500 }, (_, i) => middle + (((i * 211) % 500) - 250) / 50);

test('equal samples do not differ, a shifted one does, and a few hiccups of the machine change nothing', () => {
  expect(welch(around(50), around(50)).p).toBeCloseTo(1, 5);
  const shifted = welch(around(51), around(50));
  expect([shifted.difference > 0.8, shifted.p < 0.001]).toEqual([true, true]);
  // Mean 0.6 apart with a variance of 8.35 each in 500: t = 3.28.
  const slightly = around(50).map((time) => time + 0.6);
  expect(welch(slightly, around(50)).p).toBeGreaterThan(0.0001);
  expect(welch(slightly, around(50)).p).toBeLessThan(0.005);
  expect(welch([...around(50), 9_000, 12_000, 15_000], around(50)).p).toBeGreaterThan(0.3);
});
