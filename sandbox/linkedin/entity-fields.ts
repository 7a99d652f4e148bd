import type { Checks } from './checks.ts';
import type { Json } from './li-call.ts';
import { badRequest, unpermittedField } from './li-error.ts';

/** Units of a currency that are written without decimals. */
const ZERO_DECIMAL = new Set(['JPY', 'KRW', 'CLP', 'VND']);
const LONGEST_NAME = 255;

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const given = (value: unknown): boolean => value !== undefined && value !== null;

/** The platform refuses a field it does not know, with its path. */
export function refuseUnknown(body: Json, allowed: ReadonlySet<string>, under = ''): void {
  for (const name of Object.keys(body)) if (!allowed.has(name)) throw unpermittedField(`${under}${name}`);
}

export function requireBody(body: Json | null): Json {
  if (body === null) throw badRequest('Request body is required');
  return body;
}

/** [D] Names are at most 255 characters long. */
export function checkName(checks: Checks, body: Json, isRequired: boolean, path = 'name'): void {
  const name = body['name'];
  if (!given(name)) {
    if (isRequired) checks.missing(path);
  } else if (typeof name !== 'string') checks.invalid(path, name);
  else if (name.trim() === '') checks.add('INVALID_VALUE_BLANK_FIELD', path, 'Field cannot be blank');
  else if (name.length > LONGEST_NAME) {
    checks.add('FIELD_LENGTH_TOO_LONG', path, `Length ${name.length} of field ${path} exceeds the maximum of ${LONGEST_NAME}`);
  }
}

export function checkEnum(checks: Checks, body: Json, path: string, allowed: readonly string[], isRequired: boolean): void {
  const value = body[path];
  if (!given(value)) {
    if (isRequired) checks.missing(path);
  } else if (typeof value !== 'string' || !allowed.includes(value)) checks.invalid(path, value);
}

export function checkFlag(checks: Checks, body: Json, path: string, isRequired: boolean): void {
  const value = body[path];
  if (!given(value)) {
    if (isRequired) checks.missing(path);
  } else if (typeof value !== 'boolean') checks.invalid(path, value);
}

/** `{amount: "50.00", currencyCode: "USD"}` with text, never a number [D]; null when it is absent or wrong. */
export function checkMoney(checks: Checks, body: Json, path: string, currency: string): number | null {
  const money = body[path];
  if (!given(money)) return null;
  const { amount, currencyCode } = isRecord(money) ? money : {};
  const pattern = ZERO_DECIMAL.has(currency) ? /^\d{1,12}$/ : /^\d{1,12}(\.\d{1,2})?$/;
  if (typeof amount !== 'string' || !pattern.test(amount)) {
    checks.invalid(`${path}/amount`, amount ?? null);
    return null;
  }
  if (currencyCode !== currency) {
    checks.add('CURRENCY_MISMATCH', `${path}/currencyCode`, `Currency ${String(currencyCode)} of ${path} is not the account's ${currency}`);
    return null;
  }
  return Number(amount);
}

const DAY_MS = 86_400_000;

/** Start and end in epoch milliseconds; a start more than a day ago is too early [K]. */
export function checkSchedule(checks: Checks, body: Json, now: number, isNew: boolean): void {
  const schedule = body['runSchedule'];
  if (!given(schedule)) {
    if (isNew) checks.missing('runSchedule');
    return;
  }
  if (!isRecord(schedule)) {
    checks.invalid('runSchedule', schedule);
    return;
  }
  refuseUnknown(schedule, new Set(['start', 'end']), 'runSchedule/');
  const { start, end } = schedule;
  if (!given(start)) checks.missing('runSchedule/start');
  else if (!Number.isInteger(start)) checks.invalid('runSchedule/start', start);
  else if (isNew && (start as number) < now - DAY_MS) {
    checks.add('DATE_TOO_EARLY', 'runSchedule/start', `Value ${String(start)} of runSchedule/start is too early`);
  }
  if (!given(end)) return;
  if (!Number.isInteger(end)) checks.invalid('runSchedule/end', end);
  else if (typeof start === 'number' && (end as number) <= start) {
    checks.add('START_DATE_AFTER_END_DATE', 'runSchedule/end', 'The start date is after the end date');
  }
}

/** The account in the body is the account in the path. */
export function checkAccount(checks: Checks, body: Json, accountUrn: string): void {
  const account = body['account'];
  if (!given(account)) checks.missing('account');
  else if (account !== accountUrn)
    checks.add('MISMATCH_FIELDS', 'account', `${String(account)} in account does not match ${accountUrn} in the path`);
}
