import { orderTotals } from './order-totals.ts';
import { refundOrder } from './refund-order.ts';
import { toDecimal } from './money.ts';
import type { Order, Refund, ShopifyStore } from './store.ts';

/** Cancels once. A paid order is refunded in full (lines, tax and shipping) unless `refund` is false. */
export function cancelOrder(store: ShopifyStore, order: Order, input: { reason?: string; refund?: boolean }, at: number): Refund | null {
  if (order.cancelledAt !== null) throw new Error('Cannot cancel an order that is already cancelled');
  const open = order.lines
    .filter((line) => line.quantity > line.refundedQuantity)
    .map((line) => ({ lineId: line.id, quantity: line.quantity - line.refundedQuantity }));
  const left = orderTotals(order).receivedMinor;
  const refund =
    order.paid && input.refund !== false && left > 0
      ? refundOrder(store, order, { lines: open, amount: toDecimal(left, order.currency) }, at)
      : null;
  order.cancelledAt = at;
  order.cancelReason = input.reason ?? 'customer';
  order.updatedAt = at;
  store.core.touch();
  return refund;
}
