import { netLines, type NetLine, type Refund } from './order-net.ts';

/**
 * A stored order and its refunds as the money rules read them: one reading for revenue and for commission. Amounts arrive as JSON
 * numbers (integer minor units of the order's currency).
 */
export interface SoldLine {
  id: string;
  unitPriceMinor: number;
  quantity: number;
  discountMinor: number;
  taxIncludedMinor: number;
  giftCard: boolean;
}
export interface GivenBack {
  sourceRefundId: string;
  occurredAt: Date;
  /** `netMinor` null = the store gives only a quantity. */
  lines: readonly { lineId: string; quantity: number; netMinor: number | null }[];
  /** Given back without naming lines, without tax and shipping. */
  adjustmentMinor: number;
}
export type DatedRefund = Refund & { at: Date };

/** The base of revenue and commission: lines after all discounts and tax, gift cards left out. @throws RangeError when a discount or tax exceeds its line */
export const soldLines = (lines: readonly SoldLine[]): NetLine[] =>
  netLines({
    orderDiscountMinor: 0n,
    lines: lines.map((line) => ({
      id: line.id,
      unitPriceMinor: BigInt(line.unitPriceMinor),
      quantity: line.quantity,
      discountMinor: BigInt(line.discountMinor),
      orderDiscountMinor: 0n,
      taxIncludedMinor: BigInt(line.taxIncludedMinor),
      giftCard: line.giftCard,
    })),
  });

/** Refunds oldest first (tie: smaller id), whatever the order in which we learnt of them. A line whose price contains tax counts by quantity. */
export function datedRefunds(lines: readonly SoldLine[], refunds: readonly GivenBack[]): DatedRefund[] {
  const withTax = new Set(lines.filter((line) => line.taxIncludedMinor > 0).map((line) => line.id));
  return refunds
    .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.sourceRefundId < b.sourceRefundId ? -1 : 1))
    .map((refund) => ({
      id: refund.sourceRefundId,
      at: refund.occurredAt,
      unlinedMinor: BigInt(refund.adjustmentMinor),
      lines: refund.lines.map((line) => ({
        lineId: line.lineId,
        quantity: line.quantity,
        netMinor: line.netMinor === null || withTax.has(line.lineId) ? null : BigInt(line.netMinor),
      })),
    }));
}

/** Money has arrived, all of it or a part, whatever was given back since. */
const PAID = new Set(['paid', 'partially_paid', 'partially_refunded', 'refunded']);

/** Not yet paid, cancelled before it was, or a test: no sale. */
export const isSale = (order: { isTest: boolean; financialStatus: string }): boolean => !order.isTest && PAID.has(order.financialStatus);
