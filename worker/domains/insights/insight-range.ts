import { addDays, dayOf } from '#shared/rules/day-of.ts';

/** Spend is restated by platforms for days: three days are read again daily, 28 once a week. */
const FIRST_DAYS = 28;
const RECENT_DAYS = 3;
/** Days of spend that are kept: 90 ending yesterday are a preset of the host page, and the account's day may be ahead of the page's. */
const REACH_DAYS = 96;

export interface Range {
  since: string;
  until: string;
}

/** Days to read now, in the account's timezone. `syncedAt` null = never read. */
export function insightRange(syncedAt: Date | null, now: Date, timezone: string): Range {
  const until = dayOf(now.getTime(), timezone);
  const last = syncedAt && dayOf(syncedAt.getTime(), timezone);
  const month = addDays(until, 1 - FIRST_DAYS);
  if (last === null || weekOf(last) !== weekOf(until))
    return { since: last !== null && last < month ? addDays(last, 1 - RECENT_DAYS) : month, until };
  return { since: addDays(last, 1 - RECENT_DAYS), until };
}

/** The older days still missing for the longest window; null = none. */
export function olderRange(from: string, now: Date, timezone: string): Range | null {
  const since = addDays(dayOf(now.getTime(), timezone), 1 - REACH_DAYS);
  return from <= since ? null : { since, until: addDays(from, -1) };
}

/** Number of the week (Monday to Sunday) a day lies in. */
const weekOf = (day: string): number => Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3) / 7);
