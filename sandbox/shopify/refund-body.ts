import { lineBody } from './line-body.ts';
import { localTime } from './local-time.ts';
import { moneySet } from './money-set.ts';
import { toDecimal } from './money.ts';
import type { Order, OrderLine, Refund, Shop } from './store.ts';

/** Body of refunds/create, and of one entry in an order's `refunds`. Line subtotals are JSON numbers, as the store sends them. */
export function refundBody(shop: Shop, order: Order, refund: Refund): Record<string, unknown> {
  const { currency } = order;
  const at = localTime(refund.createdAt, shop.timezone);
  const lineOf = (id: string): OrderLine => {
    const line = order.lines.find((candidate) => candidate.id === id);
    if (!line) throw new Error(`Refund ${refund.id} names line ${id}, which the order does not have`);
    return line;
  };
  return {
    id: Number(refund.id),
    order_id: Number(order.id),
    created_at: at,
    note: refund.note,
    user_id: null,
    processed_at: at,
    duties: [],
    total_duties_set: moneySet(0, currency),
    return: null,
    restock: refund.restock,
    additional_fees: [],
    total_additional_fees_set: moneySet(0, currency),
    refund_shipping_lines: [],
    admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
    order_adjustments:
      refund.discrepancyMinor === 0
        ? []
        : [
            {
              id: Number(`${refund.id}1`),
              order_id: Number(order.id),
              refund_id: Number(refund.id),
              kind: 'refund_discrepancy',
              reason: 'Refund discrepancy',
              amount: toDecimal(-refund.discrepancyMinor, currency),
              amount_set: moneySet(-refund.discrepancyMinor, currency),
              tax_amount: toDecimal(0, currency),
              tax_amount_set: moneySet(0, currency),
            },
          ],
    refund_line_items: refund.lines.map((line) => ({
      id: Number(line.id),
      quantity: line.quantity,
      line_item_id: Number(line.lineId),
      location_id: null,
      restock_type: refund.restock ? 'return' : 'no_restock',
      subtotal: Number(toDecimal(line.subtotalMinor, currency)),
      total_tax: Number(toDecimal(line.taxMinor, currency)),
      subtotal_set: moneySet(line.subtotalMinor, currency),
      total_tax_set: moneySet(line.taxMinor, currency),
      line_item: lineBody(order, lineOf(line.lineId)),
    })),
    transactions: [
      {
        id: Number(refund.transactionId),
        order_id: Number(order.id),
        kind: 'refund',
        gateway: 'bogus',
        status: 'success',
        message: null,
        created_at: at,
        test: order.test,
        authorization: null,
        location_id: null,
        user_id: null,
        parent_id: Number(order.saleTransactionId),
        processed_at: at,
        device_id: null,
        error_code: null,
        source_name: 'web',
        receipt: {},
        amount: toDecimal(refund.amountMinor, currency),
        currency,
        payment_id: `#${order.number}.2`,
        total_unsettled_set: { presentment_money: { amount: '0.0', currency }, shop_money: { amount: '0.0', currency } },
        manual_payment_gateway: false,
        amount_rounding: null,
        admin_graphql_api_id: `gid://shopify/OrderTransaction/${refund.transactionId}`,
      },
    ],
  };
}
