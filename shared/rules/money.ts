/** Everything about amounts: integers in minor units plus an ISO 4217 currency. No floating point touches an amount. */

export type MoneyErrorCode = 'UNKNOWN_CURRENCY' | 'NOT_A_NUMBER' | 'TOO_MANY_DECIMALS';

export class MoneyError extends Error {
  readonly code: MoneyErrorCode;
  constructor(code: MoneyErrorCode, message: string) {
    super(message);
    this.name = 'MoneyError';
    this.code = code;
  }
}

/** Decimal places by ISO 4217; the codes of each line share one exponent. */
const CODES_BY_EXPONENT: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP ' +
      'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK ' +
      'LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD ' +
      'RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD YER ' +
      'ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  CODES_BY_EXPONENT.flatMap(([exponent, codes]) => codes.split(' ').map((code): [string, number] => [code, exponent])),
);

export function isCurrency(code: string): boolean {
  return EXPONENTS.has(code);
}

/** Decimal places of a currency (JPY 0, EUR 2, KWD 3, CLF 4). @throws MoneyError UNKNOWN_CURRENCY */
export function currencyExponent(currency: string): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new MoneyError('UNKNOWN_CURRENCY', `"${currency}" is not an ISO 4217 currency code`);
  return exponent;
}

/**
 * A vendor's decimal string ("1234.50", "-0.5", "12") to minor units, exactly. Zeros beyond the currency's exponent are
 * accepted because they change nothing and vendors send them ("1000.0" JPY); any other digit there is an error.
 * No grouping marks, no exponent notation, no currency signs.
 * @throws MoneyError UNKNOWN_CURRENCY, NOT_A_NUMBER, TOO_MANY_DECIMALS
 */
export function parseDecimal(text: string, currency: string): bigint {
  const exponent = currencyExponent(currency);
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) throw new MoneyError('NOT_A_NUMBER', `"${text}" is not a decimal number`);
  const [, sign, whole, fraction = ''] = match;
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new MoneyError('TOO_MANY_DECIMALS', `"${text}" has more than ${exponent} decimals, which ${currency} does not have`);
  }
  const minor = BigInt(`${whole}${kept}`);
  return sign === '-' ? -minor : minor;
}

/** Minor units to a plain decimal string ("1234.50"), the inverse of parseDecimal. @throws MoneyError UNKNOWN_CURRENCY */
export function formatDecimal(minor: bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * An amount for a person, through Intl and never through a float.
 * @param style full shows every minor unit ("€1,234.50"); compact is for rows ("€1.2K")
 */
export function formatMinor(minor: bigint, currency: string, locale: string, style: 'full' | 'compact' = 'full'): string {
  return formatterFor(currency, locale, style).format(formatDecimal(minor, currency) as Intl.StringNumericLiteral);
}

/** n/d rounded once, half to even. @throws RangeError unless d > 0 */
export function divHalfEven(n: bigint, d: bigint): bigint {
  if (d <= 0n) throw new RangeError('the divisor must be positive');
  const size = n < 0n ? -n : n;
  const floor = size / d;
  const twice = (size % d) * 2n;
  const up = twice > d || (twice === d && floor % 2n === 1n);
  const rounded = up ? floor + 1n : floor;
  return n < 0n ? -rounded : rounded;
}

/** How an integer travels in JSON: a number while every digit survives (below 2^53), else a decimal string. */
export function toJsonNumber(value: bigint): number | string {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value.toString();
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Building a NumberFormat costs far more than using it, and tables format thousands of cells. */
function formatterFor(currency: string, locale: string, style: 'full' | 'compact'): Intl.NumberFormat {
  const key = `${locale} ${currency} ${style}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const digits = currencyExponent(currency);
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      ...(style === 'compact'
        ? { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 }
        : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    });
    formatters.set(key, formatter);
  }
  return formatter;
}
