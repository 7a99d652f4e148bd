import { commissionFor, reversalStep, type CommissionRate } from '#shared/rules/commission.ts';
import { orderNet, type NetLine } from '#shared/rules/order-net.ts';
import type { DatedRefund } from '#shared/rules/sale-facts.ts';

/** One movement of one line: the sale's commission, or what a refund takes back (then negative). Minor units. */
export interface Movement {
  lineId: string;
  cause: string;
  baseMinor: bigint;
  amountMinor: bigint;
}

/**
 * Everything a sale and its refunds should have posted, in time order. The commission is worked out per line, once; refunds take it
 * back in steps that add up to it exactly when everything was returned.
 */
export function movements(lines: readonly NetLine[], refunds: readonly DatedRefund[], rate: CommissionRate): Movement[] {
  const earned = commissionFor(lines, rate, null).lines;
  const result: Movement[] = earned.map((line) => ({
    lineId: line.lineId,
    cause: 'sale',
    baseMinor: line.baseMinor,
    amountMinor: line.commissionMinor,
  }));
  const reversed = new Map(earned.map((line) => [line.lineId, 0n]));
  let before = orderNet(lines, []);
  for (const [i, refund] of refunds.entries()) {
    const after = orderNet(lines, refunds.slice(0, i + 1));
    for (const line of earned) {
      const [was, is] = [before, after].map((net) => net.lines.find((one) => one.lineId === line.lineId));
      const already = reversed.get(line.lineId);
      if (!was || !is || already === undefined) throw new Error(`Line ${line.lineId} is not in its own order.`);
      const step = reversalStep(line, is, already);
      reversed.set(line.lineId, already + step);
      result.push({ lineId: line.lineId, cause: refund.id, baseMinor: was.refundedMinor - is.refundedMinor, amountMinor: -step });
    }
    before = after;
  }
  return result.filter((one) => one.baseMinor !== 0n || one.amountMinor !== 0n);
}
