import { expect, test } from 'vitest';
import type { Freight } from '../../../platforms/ads/ad-platform.ts';
import type { ObjectRow } from './build-request.ts';
import { createFreightPace, type FreightPace } from './freight.ts';

const ANY: Freight = { most: 50, together: 'any' };
const rows = (n: number, parent: (i: number) => string = () => 'p'): ObjectRow[] =>
  Array.from({ length: n }, (_, i) => ({ id: `i${i}`, kind: 'ad', parentItemId: parent(i) }) as ObjectRow);
const sizes = (pace: FreightPace, items: ObjectRow[], freight = ANY): number[] => pace.load(items, freight, 4).map((call) => call.length);

test('the first shared calls are not full and few, later ones as large as was seen to work', () => {
  const pace = createFreightPace();
  expect(sizes(pace, rows(200))).toEqual([20, 20, 20, 20]);
  pace.learn(1, 150);
  pace.learn(20, 160);
  expect(sizes(pace, rows(200))).toEqual([40, 40, 40, 40]);
  pace.learn(40, 160);
  expect(sizes(pace, rows(110))).toEqual([50, 50, 10]);
});

test('a platform that works through a shared call one by one is asked side by side', () => {
  const pace = createFreightPace();
  pace.learn(1, 150);
  pace.learn(8, 1_180);
  expect(sizes(pace, rows(6))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('no call is loaded with more than it can carry in its time', () => {
  const pace = createFreightPace();
  pace.learn(1, 3_000);
  pace.learn(30, 30_000);
  expect(sizes(pace, rows(20))[0]).toBe(8);
});

test('what may not travel together does not', () => {
  const pace = createFreightPace();
  const alternating = rows(6, (i) => `p${i % 2}`);
  const together = (freight: Freight['together']) =>
    pace.load(alternating, { most: 50, together: freight }, 4).map((call) => call.map((row) => row.parentItemId).join(''));
  expect(together('one-parent')).toEqual(['p0p0p0', 'p1p1p1']);
  expect(together('parents-apart')).toEqual(['p0p1', 'p0p1', 'p0p1']);
  expect(sizes(pace, alternating, { most: 1, together: 'any' })).toEqual([1, 1, 1, 1, 1, 1]);
  // Every row travels exactly once, whatever the rule.
  for (const freight of ['any', 'one-parent', 'parents-apart'] as const) {
    const loaded = pace
      .load(
        rows(20, (i) => `p${i % 3}`),
        { most: 8, together: freight },
        100,
      )
      .flat();
    expect(new Set(loaded.map((row) => row.id)).size).toBe(20);
    expect(loaded).toHaveLength(20);
  }
});

test('what may not share goes alone, and so does what was refused together until somebody knows which of it is wrong', () => {
  const pace = createFreightPace();
  pace.learn(50, 1);
  const some: Freight = { ...ANY, mayShare: (spec) => spec !== 'single' };
  const items = rows(6).map((item, i) => ({ ...item, spec: i === 2 ? 'single' : 'any' }));
  const ids = (): string[][] => pace.load(items, some, 4).map((call) => call.map((item) => item.id));
  expect(ids()).toEqual([['i0', 'i1', 'i3', 'i4', 'i5'], ['i2']]);
  pace.sendAlone(items.slice(0, 2));
  expect(ids()).toEqual([['i0'], ['i1'], ['i2'], ['i3', 'i4', 'i5']]);
});
