import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertMinor, parseRate } from './convert-currency.ts';
import { netLines, type OrderLine, orderNet, type Refund } from './order-net.ts';
import { isSale } from './sale-facts.ts';

const line = (id: string, price: bigint, quantity = 1, more: Partial<OrderLine> = {}): OrderLine => ({
  id,
  unitPriceMinor: price,
  quantity,
  discountMinor: 0n,
  orderDiscountMinor: null,
  taxIncludedMinor: 0n,
  giftCard: false,
  ...more,
});
const refund = (id: string, lines: Refund['lines'], unlinedMinor = 0n): Refund => ({ id, lines, unlinedMinor });

test('prices minus own discount, order discount and included tax; gift cards are not revenue', () => {
  const order = {
    lines: [
      line('a', 5000n, 2, { discountMinor: 1000n, taxIncludedMinor: 1500n }),
      line('b', 3000n),
      line('card', 2500n, 1, { giftCard: true }),
    ],
    orderDiscountMinor: 1000n,
  };
  // 1,000 over 9,000 and 3,000 = 750 and 250
  expect(netLines(order)).toEqual([
    { lineId: 'a', netMinor: 6750n, quantity: 2 },
    { lineId: 'b', netMinor: 2750n, quantity: 1 },
  ]);
});

test("the shop's own allocation wins over ours", () => {
  const order = {
    lines: [line('a', 1000n, 1, { orderDiscountMinor: 900n }), line('b', 1000n, 1, { orderDiscountMinor: 100n })],
    orderDiscountMinor: 0n,
  };
  expect(netLines(order).map((l) => l.netMinor)).toEqual([100n, 900n]);
});

test('equal remainders of an order discount go by line id', () => {
  expect(netLines({ lines: [line('b', 100n), line('a', 100n)], orderDiscountMinor: 1n }).map((l) => l.netMinor)).toEqual([100n, 99n]);
});

test('a discount beyond the goods is an error', () => {
  expect(() => netLines({ lines: [line('a', 100n)], orderDiscountMinor: 101n })).toThrow(RangeError);
});

const two = netLines({ lines: [line('a', 1000n, 3), line('b', 500n)], orderDiscountMinor: 0n });

test('refunds by amount, by quantity and without lines', () => {
  expect(orderNet(two, [refund('r', [{ lineId: 'a', netMinor: 700n, quantity: 1 }])])).toMatchObject({
    netMinor: 2800n,
    refundedMinor: 700n,
    excessMinor: 0n,
  });
  expect(orderNet(two, [refund('r', [{ lineId: 'a', netMinor: null, quantity: 2 }])]).lines[0]).toMatchObject({
    refundedMinor: 2000n,
    refundedQuantity: 2,
  });
  // 700 over 3,000 and 500
  expect(orderNet(two, [refund('r', [], 700n)]).lines.map((l) => l.refundedMinor)).toEqual([600n, 100n]);
});

test('more money back than the goods cost never makes revenue negative', () => {
  expect(orderNet(two, [refund('r', [], 4000n)])).toMatchObject({ netMinor: 0n, refundedMinor: 3500n, excessMinor: 500n });
});

test('an odd net comes back exactly when the pieces are returned one by one', () => {
  const odd = [{ lineId: 'a', netMinor: 1000n, quantity: 3 }];
  const one = (id: string) => refund(id, [{ lineId: 'a', netMinor: null, quantity: 1 }]);
  const seen = [[one('1')], [one('1'), one('2')], [one('1'), one('2'), one('3')]].map((refunds) => orderNet(odd, refunds).refundedMinor);
  expect(seen).toEqual([333n, 667n, 1000n]);
});

test('net = sold − refunded, inside its bounds, whatever the order of arrival', () => {
  const refunds = fc.array(
    fc.record({
      id: fc.uuid(),
      lines: fc.array(
        fc.record({ lineId: fc.constantFrom('a', 'b'), netMinor: fc.option(fc.bigInt({ min: 0n, max: 2000n })), quantity: fc.nat(2) }),
        { maxLength: 2 },
      ),
      unlinedMinor: fc.bigInt({ min: 0n, max: 800n }),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(refunds, (list) => {
      const result = orderNet(two, list);
      expect(orderNet(two, list.toReversed())).toEqual(result);
      expect(result.netMinor).toBe(3500n - result.refundedMinor);
      for (const l of result.lines) expect(l.refundedMinor >= 0n && l.refundedMinor <= l.netMinor).toBe(true);
    }),
  );
});

test('only paid, real orders count', () => {
  for (const financialStatus of ['paid', 'partially_paid', 'partially_refunded', 'refunded'])
    expect([isSale({ isTest: false, financialStatus }), isSale({ isTest: true, financialStatus })]).toEqual([true, false]);
  for (const financialStatus of ['pending', 'authorized', 'voided', 'expired'])
    expect(isSale({ isTest: false, financialStatus })).toBe(false);
});

test('conversion knows both exponents and rounds once', () => {
  expect(convertMinor(10_000n, 'EUR', 'JPY', parseRate('161.25'))).toBe(16_125n);
  expect(convertMinor(1_000n, 'JPY', 'KWD', parseRate('0.002045'))).toBe(2_045n);
  expect(convertMinor(5n, 'EUR', 'USD', parseRate('1.1'))).toBe(6n); // 5.5 → even
  expect(() => parseRate('0')).toThrow(RangeError);
  expect(() => parseRate('1,1')).toThrow(RangeError);
});
