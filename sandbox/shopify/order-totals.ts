import { discountedLineMinor } from './create-order.ts';
import type { Order, OrderLine } from './store.ts';

export interface OrderTotals {
  linesMinor: number;
  discountsMinor: number;
  subtotalMinor: number;
  taxMinor: number;
  shippingMinor: number;
  totalMinor: number;
  refundedMinor: number;
  /** Paid and not given back. */
  receivedMinor: number;
  outstandingMinor: number;
  current: { subtotalMinor: number; discountsMinor: number; taxMinor: number; totalMinor: number };
}

/** All sums of an order in minor units. `current` leaves out refunded lines; a bare refund amount changes only `refundedMinor`, as in the store itself. */
export function orderTotals(order: Order): OrderTotals {
  const sum = (of: (line: OrderLine) => number): number => order.lines.reduce((total, line) => total + of(line), 0);
  const refundLines = order.refunds.flatMap((refund) => refund.lines);
  const linesMinor = sum((line) => line.unitMinor * line.quantity);
  const subtotalMinor = sum(discountedLineMinor);
  const taxMinor = sum((line) => line.taxMinor);
  const totalMinor = subtotalMinor + taxMinor + order.shippingMinor;
  const refundedMinor = order.refunds.reduce((total, refund) => total + refund.amountMinor, 0);
  const currentSubtotal = subtotalMinor - refundLines.reduce((total, line) => total + line.subtotalMinor, 0);
  const currentTax = taxMinor - refundLines.reduce((total, line) => total + line.taxMinor, 0);
  const currentShipping = order.cancelledAt === null ? order.shippingMinor : 0;
  const currentGross = sum((line) => line.unitMinor * (line.quantity - line.refundedQuantity));
  return {
    linesMinor,
    discountsMinor: linesMinor - subtotalMinor,
    subtotalMinor,
    taxMinor,
    shippingMinor: order.shippingMinor,
    totalMinor,
    refundedMinor,
    receivedMinor: order.paid ? totalMinor - refundedMinor : 0,
    outstandingMinor: order.paid ? 0 : totalMinor,
    current: {
      subtotalMinor: currentSubtotal,
      discountsMinor: currentGross - currentSubtotal,
      taxMinor: currentTax,
      totalMinor: currentSubtotal + currentTax + currentShipping,
    },
  };
}

export function financialStatus(order: Order): 'pending' | 'paid' | 'partially_refunded' | 'refunded' | 'voided' {
  if (!order.paid) return order.cancelledAt === null ? 'pending' : 'voided';
  const { refundedMinor, totalMinor } = orderTotals(order);
  if (refundedMinor === 0) return 'paid';
  return refundedMinor >= totalMinor ? 'refunded' : 'partially_refunded';
}
