import { formatDecimal, isCurrency, parseDecimal } from '#shared/rules/money.ts';

/** What a person typed as an amount: minor units, null for nothing, undefined for what is no amount of this currency. */
export function minorFromText(text: string, currency: string): number | null | undefined {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return null;
  if (!isCurrency(currency) || !/^\d+(\.\d+)?$/.test(plain)) return undefined;
  try {
    const minor = Number(parseDecimal(plain, currency));
    return Number.isSafeInteger(minor) ? minor : undefined;
  } catch {
    return undefined; // more decimals than the currency has
  }
}

export const textFromMinor = (minor: number | null, currency: string): string =>
  minor === null ? '' : formatDecimal(BigInt(minor), currency);
