import { platformRules, type AdPlatformId } from '../ad-platforms/index.ts';
import { CALLS_TO_ACTION, type CallToAction } from '../ad-platforms/platform-rules.ts';
import { isCountry } from '../countries.ts';
import { RATIOS, type Ratio } from '../launch-plan.ts';
import { currencyExponent, isCurrency, parseDecimal } from '../money.ts';
import type { SheetColumn } from './columns.ts';
import type { RowReport } from './row-problem.ts';

/** Cell texts to values. Each reader reports what is wrong and answers null; an empty cell is null without a finding. */

/** A map, because a cell may say anything: an object would answer to "constructor". */
const SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
  ['€', ['EUR']],
  ['£', ['GBP', 'EGP', 'LBP']],
  ['¥', ['JPY', 'CNY']],
  ['₹', ['INR']],
  ['₺', ['TRY']],
  ['₩', ['KRW']],
  ['$', ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'CLP', 'COP', 'ARS', 'TWD']],
]);

/** "20", "20.50", "20,50", "1 500", "20 EUR", "€20" → minor units of the account's currency. */
export function readBudget(text: string, currency: string, report: RowReport): number | null {
  if (text === '') return null;
  const compact = text.replaceAll(/[\s\u00a0\u202f]+/gu, '');
  const [, before = '', digits = '', after = ''] = /^([^\d.,+-]*)([\d.,+-]+)([^\d]*)$/u.exec(compact) ?? [];
  const named = `${before}${after}`;
  if (digits !== '' && named !== '' && !means(named, currency)) {
    report.error(
      'daily_budget',
      'WRONG_CURRENCY',
      `"${text}" is not in ${currency}, the currency of this ad account.`,
      `Write the amount in ${currency}, as a plain number.`,
      { value: text, currency },
    );
    return null;
  }
  const plain = digits.replace(/,(\d{1,2})$/, '.$1');
  if (digits === '' || !/^\d+(\.\d+)?$/.test(plain)) {
    report.error(
      'daily_budget',
      'BAD_NUMBER',
      `"${text}" is not an amount.`,
      'Write digits with a decimal point, such as 1500.00, without thousands marks.',
      { value: text },
    );
    return null;
  }
  if (significantDecimals(plain) > currencyExponent(currency)) {
    report.error(
      'daily_budget',
      'BAD_NUMBER',
      `"${text}" has more decimals than ${currency} has.`,
      `Use at most ${currencyExponent(currency)} decimals.`,
      { value: text, currency },
    );
    return null;
  }
  const minor = Number(parseDecimal(plain, currency));
  if (!Number.isSafeInteger(minor) || minor <= 0) {
    report.error('daily_budget', 'BAD_BUDGET', `"${text}" is not a possible amount.`, 'Write an amount above zero.', { value: text });
    return null;
  }
  return minor;
}

function means(named: string, currency: string): boolean {
  const code = named.toUpperCase();
  return isCurrency(code) ? code === currency : (SIGNS.get(named)?.includes(currency) ?? false);
}

function significantDecimals(plain: string): number {
  return (plain.split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** "FR, BE" → ["FR", "BE"]. */
export function readCountries(text: string, report: RowReport): string[] | null {
  if (text === '') return null;
  const codes = [
    ...new Set(
      text
        .toUpperCase()
        .split(/[,;|/+\s]+/)
        .filter((code) => code !== ''),
    ),
  ];
  const bad = codes.filter((code) => !isCountry(code));
  for (const code of bad)
    report.error(
      'country',
      'BAD_COUNTRY',
      `"${code}" is not a country code.`,
      'Use two letters, such as FR, MA or US, separated by commas.',
      { value: code },
    );
  return bad.length > 0 ? null : codes;
}

/** Whole years 13 to 65; "65+" is 65. */
export function readAge(text: string, column: 'age_min' | 'age_max', report: RowReport): number | null {
  if (text === '') return null;
  const age = /^\d+(\.0+)?$|^65\+$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (age >= 13 && age <= 65) return age;
  report.error(
    column,
    Number.isNaN(age) ? 'BAD_NUMBER' : 'BAD_AGE',
    `"${text}" is not an age from 13 to 65.`,
    'Write a whole number from 13 to 65.',
    { value: text },
  );
  return null;
}

/** "1:1; 9x16" → ["1x1", "9x16"]. */
export function readRatios(text: string, report: RowReport): Ratio[] | null {
  if (text === '') return null;
  const asked = text
    .toLowerCase()
    .replaceAll(/[:×/]/g, 'x')
    .split(/[,;|+\s]+/)
    .filter((part) => part !== '');
  const bad = asked.filter((part) => !(RATIOS as readonly string[]).includes(part));
  for (const part of bad) report.error('ratio', 'BAD_RATIO', `"${part}" is not a ratio.`, `Use ${RATIOS.join(', ')}.`, { value: part });
  return bad.length > 0 ? null : ([...new Set(asked)] as Ratio[]);
}

/** Other spellings of our words for buttons. */
const CTA_ALIASES: ReadonlyMap<string, CallToAction> = new Map([['BOOK_TRAVEL', 'BOOK_NOW']]);

/** "Learn more" → LEARN_MORE, where the platform has such a button. */
export function readCallToAction(text: string, platform: AdPlatformId, report: RowReport): CallToAction | null {
  if (text === '') return null;
  const typed = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_');
  const word = CTA_ALIASES.get(typed) ?? typed;
  const known = CALLS_TO_ACTION.filter((one) => platformRules(platform).callsToAction[one] !== undefined);
  const found = known.find((one) => one === word);
  if (found) return found;
  report.error(
    'cta',
    'BAD_CTA',
    `"${text}" is not a button.`,
    `Use one of: ${known.map((cta) => cta.toLowerCase().replaceAll('_', ' ')).join(', ')}.`,
    { value: text },
  );
  return null;
}

/** Braces left in a cell that is used as it stands would be published as they are. */
export function refuseTokens(text: string, column: SheetColumn, report: RowReport): void {
  for (const token of text.match(/\{+[^{}]*\}+/g) ?? []) {
    report.error(
      column,
      'UNKNOWN_TOKEN',
      `${token} in ${column} would not be filled in.`,
      'Write the words themselves; tokens work in name templates and link parameters.',
      { token },
    );
  }
}
