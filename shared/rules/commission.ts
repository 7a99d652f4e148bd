import { allocate } from './allocate.ts';
import { divHalfEven } from './money.ts';
import type { NetLine } from './order-net.ts';

/** Commission per order line, exact and reversible. Source: affiliates guide §9 and §10. Minor units of the shop currency. */

export type CommissionRate =
  /** num/den of the line's net, e.g. 7 % = 7/100. */
  | { kind: 'percent'; num: bigint; den: bigint }
  /** A fixed amount for each piece sold. */
  | { kind: 'flat'; perUnitMinor: bigint };

export interface CommissionLine {
  lineId: string;
  baseMinor: bigint;
  quantity: number;
  commissionMinor: bigint;
}

export interface Commission {
  lines: CommissionLine[];
  totalMinor: bigint;
  /** What the cap took away; it is not earned again when a refund gives room back. */
  clippedMinor: bigint;
}

/**
 * C_i = half-even(base_i · num / den), or flat · quantity; rounded at the line and never again. Above the cap the total is
 * clipped and the clipped total is shared over the lines by largest remainder.
 * @param capRemainingMinor what may still be earned, at least 0; null = no cap
 * @throws RangeError on a negative rate or cap
 */
export function commissionFor(lines: readonly NetLine[], rate: CommissionRate, capRemainingMinor: bigint | null): Commission {
  if (capRemainingMinor !== null && capRemainingMinor < 0n) throw new RangeError('the remaining cap cannot be negative');
  const full = lines.map((line) => ({
    lineId: line.lineId,
    baseMinor: line.netMinor,
    quantity: line.quantity,
    commissionMinor: lineCommission(line, rate),
  }));
  const total = full.reduce((sum, line) => sum + line.commissionMinor, 0n);
  if (capRemainingMinor === null || total <= capRemainingMinor) return { lines: full, totalMinor: total, clippedMinor: 0n };
  const parts = allocate(
    capRemainingMinor,
    full.map((line) => ({ id: line.lineId, weight: line.commissionMinor, at: 0 })),
  );
  return {
    lines: full.map((line, i) => ({ ...line, commissionMinor: parts[i] as bigint })),
    totalMinor: capRemainingMinor,
    clippedMinor: total - capRemainingMinor,
  };
}

function lineCommission(line: NetLine, rate: CommissionRate): bigint {
  if (rate.kind === 'flat') {
    if (rate.perUnitMinor < 0n) throw new RangeError('a flat commission cannot be negative');
    return rate.perUnitMinor * BigInt(line.quantity);
  }
  if (rate.num < 0n) throw new RangeError('a rate cannot be negative');
  return divHalfEven(line.netMinor * rate.num, rate.den);
}

/** A line's cumulative refund as order-net.ts reports it. */
export interface CumulativeRefund {
  refundedMinor: bigint;
  refundedQuantity: number;
}

/**
 * How much of a line's commission to take back now. It telescopes: the steps of any series of refunds that reaches the whole
 * base add up to the commission exactly, and no step is negative. A line with base 0 (flat commission on a free piece) goes by quantity.
 * @param alreadyReversedMinor sum of earlier steps for this line
 */
export function reversalStep(line: CommissionLine, refund: CumulativeRefund, alreadyReversedMinor: bigint): bigint {
  const [part, whole] =
    line.baseMinor > 0n ? [refund.refundedMinor, line.baseMinor] : [BigInt(refund.refundedQuantity), BigInt(line.quantity)];
  if (part < 0n || part > whole) throw new RangeError(`line ${line.lineId}: refunded beyond what was sold`);
  if (whole === 0n) return 0n;
  const target = divHalfEven(line.commissionMinor * part, whole);
  return target > alreadyReversedMinor ? target - alreadyReversedMinor : 0n;
}
