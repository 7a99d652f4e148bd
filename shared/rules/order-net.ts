import { allocate } from './allocate.ts';
import { divHalfEven } from './money.ts';

/**
 * Net of an order: line prices − discounts − refunds, without tax, shipping, tips, duties and gift cards. Source: revenue guide
 * §2 and §5, affiliates guide §9 and §10. All amounts in minor units of the order's shop currency.
 */
export interface OrderLine {
  id: string;
  unitPriceMinor: bigint;
  /** Whole number, at least 0. */
  quantity: number;
  /** The line's own discount, for the whole quantity. */
  discountMinor: bigint;
  /** This line's part of order-wide discounts as the shop allocated it; null = the shop did not say. */
  orderDiscountMinor: bigint | null;
  /** Tax inside the price, for the whole quantity; 0 when prices exclude tax. */
  taxIncludedMinor: bigint;
  giftCard: boolean;
}

export interface OrderAmounts {
  lines: readonly OrderLine[];
  /** Order-wide discount to spread over lines that carry no allocation of their own. */
  orderDiscountMinor: bigint;
}

/** A line after discounts and tax: the base of revenue and of commission. Gift cards are not among them. */
export interface NetLine {
  lineId: string;
  netMinor: bigint;
  quantity: number;
}

export interface RefundLine {
  lineId: string;
  /** Refunded for this line without tax and shipping; null = the source gives only a quantity. */
  netMinor: bigint | null;
  quantity: number;
}

export interface Refund {
  id: string;
  lines: readonly RefundLine[];
  /** Money given back without naming lines, without tax and shipping; 0 when there is none. */
  unlinedMinor: bigint;
}

export interface RefundedLine extends NetLine {
  /** Cumulative, between 0 and netMinor. */
  refundedMinor: bigint;
  /** Cumulative, between 0 and quantity. */
  refundedQuantity: number;
}

export interface OrderNet {
  lines: RefundedLine[];
  /** Before refunds. */
  soldMinor: bigint;
  refundedMinor: bigint;
  /** soldMinor − refundedMinor, never below 0. */
  netMinor: bigint;
  /** Refunded beyond the net (shipping, goodwill): not revenue, shown apart. */
  excessMinor: bigint;
}

/** Lines after discounts, the order-wide discount spread by line net (largest remainder, tie by line id) where the shop did not. @throws RangeError when a discount or tax exceeds its line, or the order discount exceeds the lines */
export function netLines(order: OrderAmounts): NetLine[] {
  const lines = order.lines.filter((line) => !line.giftCard);
  const own = lines.map((line) => line.unitPriceMinor * BigInt(line.quantity) - line.discountMinor);
  const open = lines.flatMap((line, i) => (line.orderDiscountMinor === null ? [{ id: line.id, weight: own[i] as bigint, at: 0 }] : []));
  const spread = new Map<string, bigint>();
  if (order.orderDiscountMinor !== 0n) {
    const parts = allocate(order.orderDiscountMinor, open);
    open.forEach((share, i) => spread.set(share.id, parts[i] as bigint));
  }
  return lines.map((line, i) => {
    const orderDiscount = line.orderDiscountMinor ?? spread.get(line.id) ?? 0n;
    const netMinor = (own[i] as bigint) - orderDiscount - line.taxIncludedMinor;
    if (netMinor < 0n) throw new RangeError(`line ${line.id} is worth less than nothing after its discounts and tax`);
    return { lineId: line.id, netMinor, quantity: line.quantity };
  });
}

/**
 * Net after all refunds known so far. Cumulative and independent of the order in which refunds arrive: amounts that name a line
 * are taken from it first, money without lines is then spread over what remains (largest remainder). Quantities without an
 * amount count proportionally, rounded once on the cumulative quantity.
 */
export function orderNet(lines: readonly NetLine[], refunds: readonly Refund[]): OrderNet {
  let excessMinor = 0n;
  const named = lines.map((line): RefundedLine => {
    const parts = refunds.flatMap((refund) => refund.lines.filter((part) => part.lineId === line.lineId));
    const exact = parts.reduce((sum, part) => sum + (part.netMinor ?? 0n), 0n);
    const counted = parts.reduce((sum, part) => sum + (part.netMinor === null ? part.quantity : 0), 0);
    const proportional =
      line.quantity === 0 ? 0n : divHalfEven(line.netMinor * BigInt(Math.min(counted, line.quantity)), BigInt(line.quantity));
    const wanted = exact + proportional;
    const refundedMinor = wanted > line.netMinor ? line.netMinor : wanted;
    excessMinor += wanted - refundedMinor;
    const refundedQuantity = Math.min(
      line.quantity,
      parts.reduce((sum, part) => sum + part.quantity, 0),
    );
    return { ...line, refundedMinor, refundedQuantity };
  });

  const unlined = refunds.reduce((sum, refund) => sum + refund.unlinedMinor, 0n);
  const remaining = named.map((line) => ({ id: line.lineId, weight: line.netMinor - line.refundedMinor, at: 0 }));
  const room = remaining.reduce((sum, share) => sum + share.weight, 0n);
  const spent = unlined > room ? room : unlined;
  excessMinor += unlined - spent;
  const parts = spent === 0n ? remaining.map(() => 0n) : allocate(spent, remaining);
  const after = named.map((line, i) => ({ ...line, refundedMinor: line.refundedMinor + (parts[i] as bigint) }));

  const soldMinor = after.reduce((sum, line) => sum + line.netMinor, 0n);
  const refundedMinor = after.reduce((sum, line) => sum + line.refundedMinor, 0n);
  return { lines: after, soldMinor, refundedMinor, netMinor: soldMinor - refundedMinor, excessMinor };
}
