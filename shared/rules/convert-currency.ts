import { currencyExponent, divHalfEven } from './money.ts';

/** How many units of the target currency one unit of the source currency is worth, as an exact fraction of two positive integers. */
export interface Rate {
  num: bigint;
  den: bigint;
}

/** A vendor's decimal rate ("1.0837") as a fraction. @throws RangeError unless it is a positive decimal */
export function parseRate(text: string): Rate {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  const [, whole = '', fraction = ''] = match ?? [];
  const rate = { num: BigInt(`${whole}${fraction}`), den: 10n ** BigInt(fraction.length) };
  if (match === null || rate.num === 0n) throw new RangeError(`"${text}" is not a positive rate`);
  return rate;
}

/**
 * Converts minor units between currencies: multiply first, round once, half to even. A refund passes its order's rate; spend
 * passes the rate of its own day. A missing rate is the caller's blank cell: there is no default of 1.
 */
export function convertMinor(minor: bigint, from: string, to: string, rate: Rate): bigint {
  const up = 10n ** BigInt(currencyExponent(to));
  const down = 10n ** BigInt(currencyExponent(from));
  return divHalfEven(minor * rate.num * up, rate.den * down);
}
