import type { orders, refunds } from '#schema/index.ts';
import { orderNet } from '#shared/rules/order-net.ts';
import { datedRefunds, isSale, soldLines, type GivenBack, type SoldLine } from '#shared/rules/sale-facts.ts';

export type OrderRow = typeof orders.$inferSelect;
export type RefundRow = typeof refunds.$inferSelect;
/** What an order was worth after the sale and after each refund, in time order; the last step is what it is worth now. */
export interface NetStep {
  at: Date;
  netMinor: bigint;
}

/** Gross is lines after discounts and tax. An order that is no sale (yet) is worth nothing at every step. */
export function netSteps(
  order: Pick<OrderRow, 'lines' | 'isTest' | 'financialStatus' | 'placedAt'>,
  rows: readonly RefundRow[],
): { grossMinor: bigint; steps: [NetStep, ...NetStep[]] } {
  const sold = order.lines as SoldLine[];
  const lines = soldLines(sold);
  const refunds = datedRefunds(sold, rows as readonly GivenBack[]);
  const counts = isSale(order);
  const worth = (upTo: number): bigint => (counts ? orderNet(lines, refunds.slice(0, upTo)).netMinor : 0n);
  return {
    grossMinor: orderNet(lines, []).soldMinor,
    steps: [{ at: order.placedAt, netMinor: worth(0) }, ...refunds.map((refund, i) => ({ at: refund.at, netMinor: worth(i + 1) }))],
  };
}
