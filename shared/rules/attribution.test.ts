import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ATTRIBUTION_MODELS, attribute, type AttributionInput, type Touch } from './attribution.ts';

const touch = (id: string, at: string, more: Partial<Touch> = {}): Touch => ({
  id,
  at,
  kind: 'paid',
  view: false,
  consent: true,
  internal: false,
  ...more,
});
const order = (touches: Touch[], more: Partial<AttributionInput> = {}): AttributionInput => ({
  netMinor: 10_001n,
  orderAt: '2026-03-28T12:00:00Z',
  touches,
  model: 'last',
  windowDays: 28,
  ...more,
});
const three = [
  touch('a', '2026-03-07T12:00:00Z'),
  touch('b', '2026-03-14T12:00:00Z', { kind: 'unpaid' }),
  touch('c', '2026-03-21T12:00:00Z'),
];
const split = (input: AttributionInput) =>
  Object.fromEntries(attribute(input).credits.map((credit) => [credit.touchId, credit.creditMinor]));

test('each model splits 100.01 as by hand', () => {
  expect(split(order(three, { model: 'last' }))).toEqual({ a: 0n, b: 0n, c: 10_001n });
  expect(split(order(three, { model: 'first' }))).toEqual({ a: 10_001n, b: 0n, c: 0n });
  expect(split(order(three, { model: 'linear' }))).toEqual({ a: 3334n, b: 3334n, c: 3333n });
  // 4000.4, 2000.2, 4000.4: the odd unit to the earlier of the two equal remainders
  expect(split(order(three, { model: 'position' }))).toEqual({ a: 4001n, b: 2000n, c: 4000n });
  // half-life of a week, touches a week apart: 1 : 2 : 4 of 10,001 = 1428.7, 2857.4, 5714.9
  expect(split(order(three, { model: 'time-decay' }))).toEqual({ a: 1429n, b: 2857n, c: 5715n });
});

test('position with one and two touches', () => {
  expect(split(order(three.slice(0, 1), { model: 'position' }))).toEqual({ a: 10_001n });
  expect(split(order(three.slice(0, 2), { model: 'position' }))).toEqual({ a: 5001n, b: 5000n });
});

test('position shares the middle equally, however many there are', () => {
  const many = Array.from({ length: 12 }, (_, i) => touch(`t${i}`.padStart(3, '0'), `2026-03-${String(i + 1).padStart(2, '0')}T12:00:00Z`));
  const credits = attribute(order(many, { model: 'position', netMinor: 100_000n })).credits.map((credit) => credit.creditMinor);
  expect(credits[0]).toBe(40_000n);
  expect(credits.at(-1)).toBe(40_000n);
  expect(credits.slice(1, -1)).toEqual(Array(10).fill(2000n));
});

test('both edges of the window belong to it; one millisecond more does not', () => {
  const edge = touch('edge', '2026-02-28T12:00:00Z');
  const after = touch('late', '2026-03-28T12:00:00.001Z');
  const same = touch('same', '2026-03-28T12:00:00Z');
  expect(attribute(order([edge])).paidMinor).toBe(10_001n);
  expect(attribute(order([touch('old', '2026-02-28T11:59:59.999Z')]))).toMatchObject({
    unmatchedMinor: 10_001n,
    unmatchedReason: 'outside-window',
  });
  expect(attribute(order([after]))).toMatchObject({ unmatchedMinor: 10_001n, unmatchedReason: 'no-touch-known' });
  expect(attribute(order([same])).paidMinor).toBe(10_001n);
  expect(attribute(order([touch('old', '2019-01-01T00:00:00Z')], { windowDays: null })).paidMinor).toBe(10_001n);
});

test('direct earns only when nothing else can, and then counts as unpaid', () => {
  const direct = touch('d', '2026-03-27T12:00:00Z', { kind: 'direct' });
  expect(split(order([...three, direct]))).toEqual({ a: 0n, b: 0n, c: 10_001n });
  expect(attribute(order([direct]))).toMatchObject({ paidMinor: 0n, unpaidMinor: 10_001n, unmatchedMinor: 0n });
});

test('views, missing consent and our own people earn nothing', () => {
  const at = '2026-03-20T12:00:00Z';
  const outcasts = [touch('v', at, { view: true }), touch('n', at, { consent: false }), touch('i', at, { internal: true })];
  expect(attribute(order(outcasts))).toMatchObject({ credits: [], unmatchedReason: 'no-touch-known' });
  expect(attribute(order(outcasts, { includeViews: true })).credits.map((credit) => credit.touchId)).toEqual(['v']);
});

test('unreadable or offsetless instants and repeated ids are refused', () => {
  expect(() => attribute(order([touch('a', 'yesterday')]))).toThrow(RangeError);
  expect(() => attribute(order([touch('a', '2026-03-20T12:00:00')]))).toThrow(RangeError);
  expect(() => attribute(order([touch('a', '2026-03-20T12:00:00Z'), touch('a', '2026-03-21T12:00:00Z')]))).toThrow(RangeError);
});

const start = Date.parse('2026-01-01T00:00:00Z');
const journey = fc.record({
  net: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  refundedTo: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  model: fc.constantFrom(...ATTRIBUTION_MODELS),
  windowDays: fc.constantFrom(1, 7, 28, 90, null),
  touches: fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      at: fc.integer({ min: 0, max: 100 * 86_400_000 }).map((ms) => new Date(start + ms).toISOString()),
      kind: fc.constantFrom('paid' as const, 'unpaid' as const, 'direct' as const),
      view: fc.boolean(),
      consent: fc.boolean(),
      internal: fc.boolean(),
    }),
    { selector: (t) => t.id, maxLength: 8 },
  ),
});

test('paid + unpaid + unmatched = net, in any order, before and after a refund; a full refund leaves nothing', () => {
  fc.assert(
    fc.property(journey, ({ net, refundedTo, model, windowDays, touches }) => {
      const input = { netMinor: net, orderAt: '2026-03-20T00:00:00Z', touches, model, windowDays };
      const before = attribute(input);
      expect(before.paidMinor + before.unpaidMinor + before.unmatchedMinor).toBe(net);
      expect(before.credits.every((credit) => credit.creditMinor >= 0n)).toBe(true);
      expect(attribute({ ...input, touches: touches.toReversed() })).toEqual(before);

      const after = attribute({ ...input, netMinor: refundedTo });
      expect(after.paidMinor + after.unpaidMinor + after.unmatchedMinor).toBe(refundedTo);
      expect(after.credits.map((credit) => credit.touchId)).toEqual(before.credits.map((credit) => credit.touchId));
      expect(attribute({ ...input, netMinor: 0n }).credits.every((credit) => credit.creditMinor === 0n)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
