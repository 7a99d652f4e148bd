import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { orderBody } from './order-body.ts';
import { placeOrder, makeRefund, cancel } from './events.ts';
import { refundBody } from './refund-body.ts';
import { shopHarness } from './harness.ts';
import { orderTotals } from './order-totals.ts';
import { DEMO_SHOP } from './store.ts';

const INPUT = {
  email: 'Buyer-1@example.com',
  phone: '+4915112345678',
  currency: 'EUR',
  lines: [
    { title: 'Field tote', sku: 'TOTE-01', price: '89.00', quantity: 1 },
    { title: 'Ridge bottle', sku: 'BTL-02', price: '34.00', quantity: 3, discount: '2.00' },
  ],
  discount_codes: ['CREATOR10'],
  shipping: '4.90',
  taxRate: '0.2',
  note_attributes: [{ name: 'inlay_click', value: 'clk_1' }],
};

test('an order adds up by hand', () => {
  const { vendor } = shopHarness();
  const shop = vendor.store.shop(DEMO_SHOP);
  const order = placeOrder(vendor.store, shop, INPUT);
  // 89.00 + 3×34.00 = 191.00; − 2.00 by hand = 189.00; − 10 % = 170.10; + 20 % tax 34.02; + 4.90 shipping
  expect(orderBody(shop, order)).toMatchObject({
    total_line_items_price: '191.00',
    total_discounts: '20.90',
    subtotal_price: '170.10',
    total_tax: '34.02',
    total_price: '209.02',
    current_total_price: '209.02',
    email: 'buyer-1@example.com',
    financial_status: 'paid',
    name: '#1001',
    currency: 'EUR',
    discount_codes: [{ code: 'CREATOR10', amount: '18.90', type: 'percentage' }],
    created_at: '2026-11-20T10:00:00+01:00',
    note_attributes: [{ name: 'inlay_click', value: 'clk_1' }],
  });
});

test('a line refunded piece by piece returns exactly what was paid for it, then no more', () => {
  const { vendor } = shopHarness();
  const shop = vendor.store.shop(DEMO_SHOP);
  const order = placeOrder(vendor.store, shop, INPUT);
  const bottle = order.lines[1]?.id ?? '';
  const refunds = [1, 1, 1].map((quantity) => makeRefund(vendor.store, shop, order, { lines: [{ lineId: bottle, quantity }] }));
  // The bottles cost 102.00 − 2.00 − 10.00 = 90.00 and 18.00 tax.
  expect(refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)).toBe(10_800);
  expect(orderTotals(order).current.subtotalMinor).toBe(8010);
  expect(() => makeRefund(vendor.store, shop, order, { lines: [{ lineId: bottle, quantity: 1 }] })).toThrow(
    'more items than were purchased',
  );
  expect(orderBody(shop, order)).toMatchObject({ financial_status: 'partially_refunded', current_subtotal_price: '80.10' });
});

test('a bare amount leaves the lines alone and shows as a discrepancy', () => {
  const { vendor } = shopHarness();
  const shop = vendor.store.shop(DEMO_SHOP);
  const order = placeOrder(vendor.store, shop, INPUT);
  const refund = makeRefund(vendor.store, shop, order, { amount: '10.00' });
  expect(refundBody(shop, order, refund)).toMatchObject({
    refund_line_items: [],
    order_adjustments: [{ kind: 'refund_discrepancy', amount: '-10.00' }],
    transactions: [{ kind: 'refund', amount: '10.00' }],
  });
  expect(orderBody(shop, order)).toMatchObject({ current_total_price: '209.02', financial_status: 'partially_refunded' });
  expect(() => makeRefund(vendor.store, shop, order, { amount: '199.03' })).toThrow('larger than');
});

test('a cancelled order is refunded to zero, once', () => {
  const { vendor } = shopHarness();
  const shop = vendor.store.shop(DEMO_SHOP);
  const order = placeOrder(vendor.store, shop, INPUT);
  cancel(vendor.store, shop, order, {});
  expect(orderBody(shop, order)).toMatchObject({
    cancel_reason: 'customer',
    current_total_price: '0.00',
    current_subtotal_price: '0.00',
    financial_status: 'refunded',
  });
  expect(orderTotals(order).refundedMinor).toBe(20_902);
  expect(() => cancel(vendor.store, shop, order, {})).toThrow('already cancelled');
});

const EXAMPLES = new URL('../../../shared/specs/shopify/rest-2026-07.examples.json', import.meta.url);

/** Where `mine` lacks a field of `theirs` or has another JSON type; null on either side says nothing about the type. */
function shapeGaps(mine: unknown, theirs: unknown, path: string): string[] {
  if (theirs === null || mine === null) return [];
  if (Array.isArray(theirs))
    return Array.isArray(mine)
      ? theirs.length > 0 && mine.length > 0
        ? shapeGaps(mine[0], theirs[0], `${path}[]`)
        : []
      : [`${path}: not a list`];
  if (typeof theirs !== 'object') return typeof mine === typeof theirs ? [] : [`${path}: ${typeof mine}, not ${typeof theirs}`];
  if (typeof mine !== 'object') return [`${path}: not an object`];
  return Object.entries(theirs).flatMap(([key, value]) =>
    key in mine ? shapeGaps((mine as Record<string, unknown>)[key], value, `${path}.${key}`) : [`${path}.${key}: missing`],
  );
}

test.runIf(existsSync(EXAMPLES))('bodies have every field of the recorded ones, with the same types', () => {
  const { examples } = JSON.parse(readFileSync(EXAMPLES, 'utf8')) as {
    examples: Record<string, Record<string, { response: Record<string, unknown> }>>;
  };
  const theirOrder = Object.values(examples['order'] ?? {})[0]?.response['order'];
  const theirRefund = Object.values(examples['refund'] ?? {})
    .map((one) => (one.response['refunds'] as unknown[] | undefined)?.[0])
    .find(Boolean);
  const { vendor } = shopHarness();
  const shop = vendor.store.shop(DEMO_SHOP);
  const order = placeOrder(vendor.store, shop, { ...INPUT, firstName: 'Lead', lastName: 'Seventeen' });
  const refund = makeRefund(vendor.store, shop, order, { lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }] });
  expect(theirOrder).toBeDefined();
  const ignored = /customer\.default_address|fulfillments|title: missing|client_details\./;
  expect(shapeGaps(orderBody(shop, order), theirOrder, 'order').filter((gap) => !ignored.test(gap))).toEqual([]);
  expect(shapeGaps(refundBody(shop, order, refund), theirRefund, 'refund')).toEqual([]);
});
