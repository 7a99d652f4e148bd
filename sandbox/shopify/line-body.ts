import { moneySet } from './money-set.ts';
import { toDecimal } from './money.ts';
import type { Order, OrderLine } from './store.ts';

/** One tax line for an order or one of its lines; none when the order was made without tax. */
export function taxLines(minor: number, order: Order): object[] {
  if (order.taxRate === null) return [];
  return [
    {
      channel_liable: null,
      price: toDecimal(minor, order.currency),
      price_set: moneySet(minor, order.currency),
      rate: Number(order.taxRate),
      title: 'VAT',
    },
  ];
}

/** The line's share of every discount, in the order of `discount_applications`: codes first, then manual discounts. */
export function allocations(order: Order, line: OrderLine): { minor: number; index: number }[] {
  const byCode = line.codeDiscountMinor.map((minor, index) => ({ minor, index }));
  const manual = order.lines.filter((other) => other.manualDiscountMinor > 0).indexOf(line);
  if (manual >= 0) byCode.push({ minor: line.manualDiscountMinor, index: order.discountCodes.length + manual });
  return byCode.filter((share) => share.minor > 0);
}

/** A line as order and refund webhooks show it. */
export function lineBody(order: Order, line: OrderLine): Record<string, unknown> {
  const { currency } = order;
  const left = line.quantity - line.refundedQuantity;
  return {
    id: Number(line.id),
    admin_graphql_api_id: `gid://shopify/LineItem/${line.id}`,
    attributed_staffs: [],
    current_quantity: left,
    fulfillable_quantity: order.cancelledAt === null ? left : 0,
    fulfillment_service: 'manual',
    fulfillment_status: null,
    gift_card: false,
    grams: 400,
    name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
    price: toDecimal(line.unitMinor, currency),
    price_set: moneySet(line.unitMinor, currency),
    product_exists: line.productId !== null,
    product_id: line.productId === null ? null : Number(line.productId),
    properties: [],
    quantity: line.quantity,
    requires_shipping: true,
    sku: line.sku,
    taxable: order.taxRate !== null,
    title: line.title,
    total_discount: toDecimal(line.manualDiscountMinor, currency),
    total_discount_set: moneySet(line.manualDiscountMinor, currency),
    variant_id: line.variantId === null ? null : Number(line.variantId),
    variant_inventory_management: 'shopify',
    variant_title: line.variantTitle,
    vendor: null,
    tax_lines: taxLines(line.taxMinor, order),
    duties: [],
    discount_allocations: allocations(order, line).map(({ minor, index }) => ({
      amount: toDecimal(minor, currency),
      amount_set: moneySet(minor, currency),
      discount_application_index: index,
    })),
  };
}
