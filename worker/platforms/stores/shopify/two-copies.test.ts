import { expect, test } from 'vitest';
import { makeRefund, placeOrder } from '../../../../sandbox/shopify/events.ts';
import { shopHarness } from '../../../../sandbox/shopify/harness.ts';
import { orderBody } from '../../../../sandbox/shopify/order-body.ts';
import { DEMO_SHOP } from '../../../../sandbox/shopify/store.ts';
import { shopify } from './index.ts';
import { toOrder, type RestOrder } from './to-order.ts';

// A webhook and the list tell the same order; which copy comes first is chance, so both must read the same.

async function bothCopies(inputs: Parameters<typeof placeOrder>[2][], refunds: Parameters<typeof makeRefund>[3][] = []) {
  const { vendor, install, call, parts } = shopHarness();
  const shop = vendor.store.shop(DEMO_SHOP);
  const orders = inputs.map((input) => placeOrder(vendor.store, shop, input));
  for (const refund of refunds) {
    const [order] = orders;
    if (order)
      makeRefund(vendor.store, shop, order, {
        ...refund,
        ...(refund.lines ? { lines: refund.lines.map((line) => ({ ...line, lineId: order.lines[Number(line.lineId)]?.id ?? '' })) } : {}),
      });
  }
  const { access_token: accessToken } = await install();
  const outside = async (url: string, init?: RequestInit) => call(new URL(url).pathname, init);
  const listed = [];
  for await (const page of shopify.ordersSince({ outside, accessToken, shop: DEMO_SHOP, timeoutMs: 5_000 }, new Date(0)))
    listed.push(...page);
  parts.cancelLater();
  return { listed, told: orders.map((order) => toOrder(orderBody(shop, order) as unknown as RestOrder)) };
}
const LINES = [
  { title: 'Lamp', price: '33.33', quantity: 3 },
  { title: 'Mug', price: '9.99', quantity: 2, discount: '0.50' },
];

test.each([
  ['plain', []],
  [
    'lines sent back piece by piece',
    [
      { lines: [{ lineId: '0', quantity: 1 }] },
      {
        lines: [
          { lineId: '0', quantity: 2 },
          { lineId: '1', quantity: 1 },
        ],
      },
    ],
  ],
  ['money without lines', [{ amount: '7.00' }]],
  ['more than the lines are worth', [{ lines: [{ lineId: '1', quantity: 1 }], amount: '20.00' }]],
  ['less than the lines are worth', [{ lines: [{ lineId: '0', quantity: 3 }], amount: '50.00' }]],
] as const)('%s', async (_name, refunds) => {
  const { listed, told } = await bothCopies(
    [
      {
        email: 'Buyer@example.com',
        phone: '+33612345678',
        lines: LINES,
        taxRate: '0.2',
        shipping: '4.90',
        discount_codes: [{ code: 'TEN', amount: '3.33' }],
        note_attributes: [{ name: 'fbclid', value: 'IwAR0abc' }],
      },
    ],
    refunds as never,
  );
  expect(listed).toEqual(told);
  expect(listed[0]?.refunds).toHaveLength(refunds.length);
});

test('an order with more lines than a page of the list carries is read whole', async () => {
  const { listed, told } = await bothCopies([
    { lines: Array.from({ length: 57 }, (_, n) => ({ title: `Line ${n}`, price: `${n + 1}.07` })) },
    { lines: LINES },
  ]);
  expect(listed[0]?.lines).toHaveLength(57);
  expect(listed.map((order) => order.lines)).toEqual(told.map((order) => order.lines));
});

test('more orders than a page holds come whole, once, oldest change first', async () => {
  const { listed } = await bothCopies(
    Array.from({ length: 61 }, (_, n) => ({
      createdAt: new Date(Date.parse('2026-11-19T09:00:00Z') - n * 1000).toISOString(),
      lines: [{ title: 'Mug', price: '1.00' }],
    })),
  );
  expect(new Set(listed.map((order) => order.sourceOrderId)).size).toBe(61);
  expect(listed.map((order) => order.updatedAt.getTime())).toEqual(
    listed.map((order) => order.updatedAt.getTime()).toSorted((a, b) => a - b),
  );
});
