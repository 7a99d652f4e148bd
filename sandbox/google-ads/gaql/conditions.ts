import { enumValues } from '../proto-schema.ts';
import { addDays } from '../local-time.ts';
import { isDate, type QueryField } from './fields.ts';
import type { Condition, Operator } from './parse.ts';
import { queryError } from './query-error.ts';

export type Test = (value: unknown) => boolean;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBERS = new Set(['int64', 'int32', 'double', 'float']);
const ORDERED: readonly Operator[] = ['>', '>=', '<', '<=', 'BETWEEN'];
const TEXT_ONLY: readonly Operator[] = ['LIKE', 'NOT LIKE', 'REGEXP_MATCH', 'NOT REGEXP_MATCH'];

/** Ranges that DURING names, in the account's days [D]. */
export function namedRange(word: string, today: string): [string, string] | null {
  const yesterday = addDays(today, -1);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const sunday = addDays(today, -weekday);
  const monday = addDays(today, -((weekday + 6) % 7));
  const month = `${today.slice(0, 7)}-01`;
  const lastMonthEnd = addDays(month, -1);
  switch (word) {
    case 'TODAY':
      return [today, today];
    case 'YESTERDAY':
      return [yesterday, yesterday];
    case 'LAST_7_DAYS':
    case 'LAST_14_DAYS':
    case 'LAST_30_DAYS':
      return [addDays(today, -Number(word.split('_')[1])), yesterday];
    case 'LAST_BUSINESS_WEEK':
      return [addDays(monday, -7), addDays(monday, -3)];
    case 'LAST_WEEK_SUN_SAT':
      return [addDays(sunday, -7), addDays(sunday, -1)];
    case 'LAST_WEEK_MON_SUN':
      return [addDays(monday, -7), addDays(monday, -1)];
    case 'THIS_WEEK_SUN_TODAY':
      return [sunday, today];
    case 'THIS_WEEK_MON_TODAY':
      return [monday, today];
    case 'THIS_MONTH':
      return [month, today];
    case 'LAST_MONTH':
      return [`${lastMonthEnd.slice(0, 7)}-01`, lastMonthEnd];
    default:
      return null;
  }
}

function checkValues(field: QueryField, { operator, values }: Condition): void {
  const mismatch = (): never => {
    throw queryError('OPERATOR_FIELD_MISMATCH', `the operator ${operator} cannot be used with '${field.name}'.`, operator);
  };
  const allowed = field.type === null ? undefined : enumValues(field.type);
  if (operator.startsWith('CONTAINS') !== field.isRepeated && !operator.startsWith('IS ')) mismatch();
  if (operator.startsWith('IS ')) return;
  if (allowed !== undefined) {
    if (ORDERED.includes(operator) || TEXT_ONLY.includes(operator)) mismatch();
    for (const value of values)
      if (!allowed.includes(value.toUpperCase()) && value.toUpperCase() !== 'UNKNOWN' && value.toUpperCase() !== 'UNSPECIFIED')
        throw queryError('BAD_ENUM_CONSTANT', `invalid enum value cannot be included in WHERE clause: '${value}'.`, value);
    return;
  }
  if (NUMBERS.has(field.type ?? '')) {
    if (TEXT_ONLY.includes(operator)) mismatch();
    for (const value of values) if (!Number.isFinite(Number(value))) throw queryError('BAD_NUMBER', `'${value}' is not a number.`, value);
  }
  if (field.type === 'bool')
    for (const value of values)
      if (!/^(true|false)$/i.test(value)) throw queryError('BAD_VALUE', `'${value}' is not true or false.`, value);
  if (isDate(field) && operator !== 'DURING')
    for (const value of values)
      if (!DAY.test(value)) throw queryError('INVALID_DATE_FORMAT', `'${value}' is not a date of the form YYYY-MM-DD.`, value);
}

/** `%` any letters, `_` one letter, `[x]` this very letter; letters' case does not count [K]. */
function likePattern(value: string): RegExp {
  const source = value.replace(/\[(.)\]|%|_|[.*+?^${}()|\\[\]]/g, (found, only: string | undefined) => {
    if (only !== undefined) return only.replace(/[.*+?^${}()|\\[\]]/g, '\\$&');
    return found === '%' ? '[\\s\\S]*' : found === '_' ? '[\\s\\S]' : `\\${found}`;
  });
  return new RegExp(`^${source}$`, 'i');
}

function readPattern(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw queryError('INVALID_STRING_VALUE', `'${source}' is not a regular expression.`, source);
  }
}

function compare(field: QueryField, value: unknown, wanted: string): number {
  if (NUMBERS.has(field.type ?? '')) return Number(value) - Number(wanted);
  // A date alone stands before every time of its day.
  const [left, right] = [String(value), wanted];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A condition as a test of one value, judged by the field's type first. */
export function testOf(field: QueryField, condition: Condition, today: string): Test {
  checkValues(field, condition);
  const { operator, values } = condition;
  const isEnum = field.type !== null && enumValues(field.type) !== undefined;
  const wanted = isEnum || field.type === 'bool' ? values.map((value) => (isEnum ? value.toUpperCase() : value.toLowerCase())) : values;
  const [first = '', second = ''] = wanted;
  const is = (value: unknown, one: string): boolean => value !== undefined && value !== null && compare(field, value, one) === 0;
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  switch (operator) {
    case '=':
      return (value) => is(value, first);
    case '!=':
      return (value) => !is(value, first);
    case '>':
      return (value) => value !== undefined && compare(field, value, first) > 0;
    case '>=':
      return (value) => value !== undefined && compare(field, value, first) >= 0;
    case '<':
      return (value) => value !== undefined && compare(field, value, first) < 0;
    case '<=':
      return (value) => value !== undefined && compare(field, value, first) <= 0;
    case 'BETWEEN':
      return (value) => value !== undefined && compare(field, value, first) >= 0 && compare(field, value, second) <= 0;
    case 'IN':
      return (value) => wanted.some((one) => is(value, one));
    case 'NOT IN':
      return (value) => !wanted.some((one) => is(value, one));
    case 'LIKE':
    case 'NOT LIKE': {
      const pattern = likePattern(first);
      return (value) => pattern.test(String(value ?? '')) === (operator === 'LIKE');
    }
    case 'REGEXP_MATCH':
    case 'NOT REGEXP_MATCH': {
      const pattern = readPattern(first);
      return (value) => pattern.test(String(value ?? '')) === (operator === 'REGEXP_MATCH');
    }
    case 'CONTAINS ANY':
      return (value) => wanted.some((one) => list(value).includes(one));
    case 'CONTAINS ALL':
      return (value) => wanted.every((one) => list(value).includes(one));
    case 'CONTAINS NONE':
      return (value) => !wanted.some((one) => list(value).includes(one));
    case 'IS NULL':
      return (value) => value === undefined;
    case 'IS NOT NULL':
      return (value) => value !== undefined;
    case 'DURING': {
      const range = namedRange(first.toUpperCase(), today);
      if (range === null) throw queryError('INVALID_VALUE_WITH_DURING_OPERATOR', `'${first}' is not a date range.`, first);
      return (value) => value !== undefined && String(value).slice(0, 10) >= range[0] && String(value).slice(0, 10) <= range[1];
    }
  }
}
