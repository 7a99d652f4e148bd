/** One part of an amount to share out. `at` (milliseconds) and `id` decide ties only. */
export interface Share {
  id: string;
  /** Relative weight, an integer of at least 0. */
  weight: bigint;
  /** Milliseconds since 1970; the earlier one wins a tie. Use 0 where time has no meaning. */
  at: number;
}

/**
 * Shares an integer amount over weights so that the parts add up to it exactly (largest remainder):
 * base_i = floor(N·w_i / Σw), then one unit to each of the largest remainders; tie: earlier time, then smaller id.
 * A negative amount is the mirror image of its positive, so a reversal cancels its booking unit by unit.
 * Source: revenue guide §6.
 * @returns parts in the order of `shares`
 * @throws RangeError on no shares, a negative weight, a zero total or a repeated id
 */
export function allocate(amount: bigint, shares: readonly Share[]): bigint[] {
  const total = shares.reduce((sum, share) => sum + checkedWeight(share), 0n);
  if (total === 0n) throw new RangeError('nothing to allocate over: the weights add up to zero');
  if (new Set(shares.map((share) => share.id)).size !== shares.length) throw new RangeError('share ids must be unique');

  const size = amount < 0n ? -amount : amount;
  const parts = shares.map((share) => (size * share.weight) / total);
  const rest = Number(size - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = shares
    .map((share, index) => ({ index, share, remainder: (size * share.weight) % total }))
    .sort((a, b) => compareBig(b.remainder, a.remainder) || a.share.at - b.share.at || compareText(a.share.id, b.share.id));
  for (const { index } of byRemainder.slice(0, rest)) parts[index] = (parts[index] as bigint) + 1n;
  return amount < 0n ? parts.map((part) => -part) : parts;
}

function checkedWeight(share: Share): bigint {
  if (share.weight < 0n) throw new RangeError(`the weight of ${share.id} is negative`);
  return share.weight;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
