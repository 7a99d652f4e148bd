/** Currencies whose minor unit is not 1/100. Source: ISO 4217. */
const DIGITS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, BHD: 3, KWD: 3, OMR: 3, JOD: 3, TND: 3 };

export const digitsOf = (currency: string): number => DIGITS[currency] ?? 2;

/** Decimal string or number → integer minor units, exact; throws on more decimals than the currency has. */
export function toMinor(amount: string | number, currency: string): number {
  const digits = digitsOf(currency);
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount).trim());
  if (!parts) throw new Error(`Not an amount: ${amount}`);
  const [, sign, whole, fraction = ''] = parts;
  if (fraction.replace(/0+$/, '').length > digits) throw new Error(`${amount} has more decimals than ${currency}`);
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return sign === '-' ? -minor : minor;
}

/** Integer minor units → the decimal string the store writes ("12.50", for yen "1250"). */
export function toDecimal(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${body}` : body;
}

/** Shares of `total` in proportion to `weights`, whole minor units, largest remainder first, so that the sum is exact. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, index) => (index === 0 ? total : 0));
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  let rest = total - shares.reduce((a, b) => a + b, 0);
  const order = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) })).sort((a, b) => b.remainder - a.remainder);
  for (const { index } of order) {
    if (rest-- <= 0) break;
    shares[index] = (shares[index] as number) + 1;
  }
  return shares;
}
