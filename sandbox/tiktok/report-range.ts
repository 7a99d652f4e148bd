import { addDays, type DayRange } from '../core/days.ts';
import { flag, requiredText, type Params } from './params.ts';
import { parameterError, refuse } from './tiktok-error.ts';

/** Days one report may span: cut by day, and as one sum. Unverified [K]. */
const MOST_DAYS = { byDay: 30, sum: 365 };
/** How far the imitation looks back for a lifetime. */
const LIFETIME_DAYS = 365;

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;

function day(params: Params, name: string): string {
  const value = requiredText(params, name);
  if (!IS_DAY.test(value) || Number.isNaN(Date.parse(value))) throw parameterError(`${name}: Not a valid date (YYYY-MM-DD).`);
  return value;
}

/** `start_date` to `end_date` of the account's own calendar, both included, or everything with `query_lifetime` [S]. */
export function readRange(params: Params, today: string, byDay: boolean): DayRange {
  if (flag(params, 'query_lifetime') === true) {
    refuse(byDay, 'query_lifetime: Does not go with a time dimension.');
    return { since: addDays(today, -LIFETIME_DAYS), until: today };
  }
  const since = day(params, 'start_date');
  const until = day(params, 'end_date');
  refuse(since > until, 'start_date: Must not be after end_date.');
  const most = byDay ? MOST_DAYS.byDay : MOST_DAYS.sum;
  refuse(until >= addDays(since, most), `end_date: At most ${most} days.`);
  return { since, until };
}

export const dayTime = (value: string): string => `${value} 00:00:00`;
