import { discountedLineMinor } from './create-order.ts';
import { toMinor } from './money.ts';
import { orderTotals } from './order-totals.ts';
import type { Order, OrderLine, Refund, ShopifyStore } from './store.ts';

/** Either lines (line-exact, what the store computes) or a bare amount (a discrepancy without lines). */
export interface RefundInput {
  lines?: { lineId: string; quantity: number }[];
  amount?: string | number;
  note?: string;
  restock?: boolean;
}

export class RefundRefused extends Error {}

export function refundOrder(store: ShopifyStore, order: Order, input: RefundInput, at: number): Refund {
  const { core } = store;
  const lines = (input.lines ?? []).map(({ lineId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.id === String(lineId));
    if (!line) throw new RefundRefused(`Line item ${lineId} does not belong to the order`);
    if (quantity < 1 || quantity > line.quantity - line.refundedQuantity)
      throw new RefundRefused('Quantity cannot refund more items than were purchased');
    return { line, quantity };
  });
  if (lines.length === 0 && input.amount === undefined) throw new RefundRefused('A refund needs lines or an amount');
  const refundLines = lines.map(({ line, quantity }) => ({
    id: core.nextId('10'),
    lineId: line.id,
    quantity,
    subtotalMinor: portion(discountedLineMinor(line), line, quantity),
    taxMinor: portion(line.taxMinor, line, quantity),
  }));
  const worth = refundLines.reduce((sum, line) => sum + line.subtotalMinor + line.taxMinor, 0);
  const amountMinor = input.amount === undefined ? worth : toMinor(input.amount, order.currency);
  if (amountMinor > orderTotals(order).receivedMinor)
    throw new RefundRefused('Refund amount is larger than the amount that can still be refunded');
  for (const { line, quantity } of lines) line.refundedQuantity += quantity;
  const refund: Refund = {
    id: core.nextId('11'),
    createdAt: at,
    note: input.note ?? null,
    lines: refundLines,
    amountMinor,
    discrepancyMinor: amountMinor - worth,
    transactionId: core.nextId('6'),
    restock: input.restock ?? true,
  };
  order.refunds.push(refund);
  order.updatedAt = at;
  core.touch();
  return refund;
}

/** Rounding is cumulative, so that refunding a line piece by piece returns exactly what was paid for it. */
function portion(totalMinor: number, line: OrderLine, quantity: number): number {
  const upTo = (count: number): number => Math.floor((totalMinor * count) / line.quantity);
  return upTo(line.refundedQuantity + quantity) - upTo(line.refundedQuantity);
}
