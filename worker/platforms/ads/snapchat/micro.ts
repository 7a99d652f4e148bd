import { currencyExponent, divHalfEven } from '#shared/rules/money.ts';

/** The platform counts money in millionths of the currency's unit. */
const MICRO_EXPONENT = 6;

const microInMinor = (currency: string): bigint => 10n ** BigInt(MICRO_EXPONENT - currencyExponent(currency));

export const toMicro = (minor: number, currency: string): number => Number(BigInt(minor) * microInMinor(currency));

/** Rounded once, half to even: what was spent may have fractions of a cent. */
export const fromMicro = (micro: number, currency: string): number =>
  Number(divHalfEven(BigInt(Math.round(micro)), microInMinor(currency)));
