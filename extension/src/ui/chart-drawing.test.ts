import { expect, test } from 'vitest';
import { plotOf } from './chart-drawing.tsx';

test('time runs with the reading direction, and a place gives back its own day in both', () => {
  const [ltr, rtl] = [plotOf(640, 28, false), plotOf(640, 28, true)];
  for (const day of [0, 13, 27]) {
    expect(rtl.x(day * rtl.gap)).toBeCloseTo(640 - ltr.x(day * ltr.gap));
    expect([ltr.dayAt(ltr.edgeOf(day)), rtl.dayAt(rtl.edgeOf(day))]).toEqual([day, day]);
  }
  expect([ltr.dayAt(-50), ltr.dayAt(5000)]).toEqual([0, 27]);
});

test('a single day stands at the start', () => {
  expect([plotOf(640, 1, false).gap, plotOf(640, 1, false).dayAt(300)]).toEqual([0, 0]);
});
