import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyExponent, divHalfEven, formatDecimal, formatMinor, MoneyError, parseDecimal, toJsonNumber } from './money.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof MoneyError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

test('exponents follow ISO 4217, not "times hundred"', () => {
  expect(['JPY', 'EUR', 'MAD', 'KWD', 'TND', 'CLF', 'HUF'].map(currencyExponent)).toEqual([0, 2, 2, 3, 3, 4, 2]);
  expect(codeOf(() => currencyExponent('EURO'))).toBe('UNKNOWN_CURRENCY');
  expect(codeOf(() => currencyExponent('eur'))).toBe('UNKNOWN_CURRENCY');
});

test('every currency the runtime knows by ISO exponent is in the table', () => {
  for (const code of ['USD', 'GBP', 'CHF', 'AED', 'SAR', 'BRL', 'INR', 'CNY', 'PLN', 'TRY', 'ZAR', 'SEK', 'XOF'])
    expect(() => currencyExponent(code)).not.toThrow();
});

test('decimal strings are read exactly', () => {
  expect(parseDecimal('1234.5', 'EUR')).toBe(123450n);
  expect(parseDecimal('-0.05', 'EUR')).toBe(-5n);
  expect(parseDecimal('0.1', 'KWD')).toBe(100n);
  expect(parseDecimal('1000.0', 'JPY')).toBe(1000n);
  expect(parseDecimal('90071992547409931.07', 'EUR')).toBe(9007199254740993107n);
});

test('what is not exactly an amount is refused', () => {
  expect(codeOf(() => parseDecimal('1.005', 'EUR'))).toBe('TOO_MANY_DECIMALS');
  expect(codeOf(() => parseDecimal('1.5', 'JPY'))).toBe('TOO_MANY_DECIMALS');
  for (const text of ['', 'NaN', '1e3', '1,50', '1.', '.5', '12 EUR', 'Infinity', '--1', '٣'])
    expect(
      codeOf(() => parseDecimal(text, 'EUR')),
      text,
    ).toBe('NOT_A_NUMBER');
});

test('decimal text and minor units are inverse in every exponent', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.constantFrom('JPY', 'EUR', 'KWD', 'CLF'), (minor, currency) => {
      expect(parseDecimal(formatDecimal(minor, currency), currency)).toBe(minor);
    }),
  );
});

test("amounts are shown in the reader's locale without losing a digit", () => {
  expect(formatMinor(123450n, 'EUR', 'en')).toBe('€1,234.50');
  expect(formatMinor(123450n, 'EUR', 'fr').replaceAll(/\s/gu, ' ')).toBe('1 234,50 €');
  expect(formatMinor(9007199254740993107n, 'EUR', 'en')).toBe('€90,071,992,547,409,931.07');
  expect(formatMinor(1500n, 'JPY', 'en')).toBe('¥1,500');
  expect(formatMinor(123450n, 'EUR', 'en', 'compact')).toBe('€1.2K');
});

test('half to even, on both sides of zero', () => {
  expect([5n, 15n, 25n, -5n, -15n, 14n, 16n].map((n) => divHalfEven(n, 10n))).toEqual([0n, 2n, 2n, -0n, -2n, 1n, 2n]);
  expect(() => divHalfEven(1n, 0n)).toThrow(RangeError);
});

test('rounded quotient is never further than half a unit away', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 18n }), (n, d) => {
      const twiceError = 2n * (n - divHalfEven(n, d) * d);
      expect(twiceError <= d && twiceError >= -d).toBe(true);
    }),
  );
});

test('JSON keeps every digit', () => {
  expect(toJsonNumber(42n)).toBe(42);
  expect(toJsonNumber(2n ** 53n)).toBe('9007199254740992');
});
