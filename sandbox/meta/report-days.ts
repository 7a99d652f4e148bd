import { addDays, daysOf, type DayRange } from '../core/days.ts';
import { GraphError, invalidParameter } from './graph-error.ts';
import { DATE_PRESETS } from './enums.ts';
import { list, object, oneOf, text, type Json, type Params } from './params.ts';

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;
const REACH_BACK_DAYS = 37 * 31;

function readRange(value: Json): DayRange {
  const { since, until } = value;
  if (typeof since !== 'string' || typeof until !== 'string' || !IS_DAY.test(since) || !IS_DAY.test(until)) {
    throw new GraphError({ message: "(#100) time_range needs 'since' and 'until' as YYYY-MM-DD", code: 100 });
  }
  if (since > until) throw invalidParameter('since must not be after until.', 1487077);
  return { since, until };
}

function presetRange(preset: (typeof DATE_PRESETS)[number], today: string): DayRange {
  const yesterday = addDays(today, -1);
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  switch (preset) {
    case 'today':
      return { since: today, until: today };
    case 'yesterday':
      return { since: yesterday, until: yesterday };
    case 'this_month':
      return { since: firstOfMonth, until: today };
    case 'last_month': {
      const until = addDays(firstOfMonth, -1);
      return { since: `${until.slice(0, 7)}-01`, until };
    }
    case 'maximum':
      return { since: addDays(today, -90), until: today };
    default:
      return { since: addDays(today, -Number(preset.slice(5, -1))), until: yesterday };
  }
}

/** Ranges of a report, in the account's days. Without any wish the platform answers the last 30 days. */
export function readRanges(params: Params, today: string): DayRange[] {
  const many = list(params, 'time_ranges');
  if (many !== null) return many.map((one) => readRange(one as Json));
  const one = object(params, 'time_range');
  const ranges = one === null ? [presetRange(oneOf(params, 'date_preset', DATE_PRESETS) ?? 'last_30d', today)] : [readRange(one)];
  for (const range of ranges) {
    if (range.since < addDays(today, -REACH_BACK_DAYS)) throw invalidParameter('The report cannot begin more than 37 months ago.', 3018);
  }
  return ranges;
}

/** Cuts a range by time_increment: a number of days, monthly, or all_days. */
export function cutRange(range: DayRange, params: Params): DayRange[] {
  const increment = text(params, 'time_increment') ?? 'all_days';
  if (increment === 'all_days') return [range];
  if (increment === 'monthly') {
    const months = new Map<string, DayRange>();
    for (const day of daysOf(range)) {
      const month = day.slice(0, 7);
      months.set(month, { since: months.get(month)?.since ?? day, until: day });
    }
    return [...months.values()];
  }
  const step = Number(increment);
  if (!Number.isInteger(step) || step < 1 || step > 90) {
    throw new GraphError({ message: '(#100) time_increment must be all_days, monthly or 1 to 90', code: 100 });
  }
  const cuts: DayRange[] = [];
  for (let since = range.since; since <= range.until; since = addDays(since, step)) {
    const last = addDays(since, step - 1);
    cuts.push({ since, until: last < range.until ? last : range.until });
  }
  return cuts;
}
