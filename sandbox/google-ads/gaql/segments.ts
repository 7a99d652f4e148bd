import type { DayFigures } from '../figure-book.ts';
import { addDays } from '../local-time.ts';
import { splitFigures } from './metrics.ts';

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const MONTHS = ['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'];

/** What a segment says of one day. Weeks begin on Monday. */
const OF_A_DAY: Record<string, ((day: string) => unknown) | undefined> = {
  date: (day) => day,
  week: (day) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)),
  month: (day) => `${day.slice(0, 7)}-01`,
  quarter: (day) => `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`,
  year: (day) => Number(day.slice(0, 4)),
  day_of_week: (day) => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()],
  month_of_year: (day) => MONTHS[Number(day.slice(5, 7)) - 1],
};
const NETWORKS: Record<string, string | undefined> = {
  SEARCH: 'SEARCH',
  DISPLAY: 'CONTENT',
  DEMAND_GEN: 'YOUTUBE',
  PERFORMANCE_MAX: 'MIXED',
};
const MOBILE_SHARE = 0.6;

export const dayValue = (segment: string, day: string): unknown => OF_A_DAY[segment]?.(day);
export const isOfADay = (segment: string): boolean => OF_A_DAY[segment] !== undefined;

/** Cuts a day's figures by the segments that are not about time. What the sandbox keeps no figures by stays unsaid. */
export function cutDay(
  segments: readonly string[],
  figures: DayFigures,
  channel: string,
): { values: Record<string, unknown>; figures: DayFigures }[] {
  const values: Record<string, unknown> = segments.includes('ad_network_type') ? { ad_network_type: NETWORKS[channel] } : {};
  if (!segments.includes('device')) return [{ values, figures }];
  const [mobile, desktop] = splitFigures(figures, MOBILE_SHARE);
  return [
    { values: { ...values, device: 'MOBILE' }, figures: mobile },
    { values: { ...values, device: 'DESKTOP' }, figures: desktop },
  ];
}
