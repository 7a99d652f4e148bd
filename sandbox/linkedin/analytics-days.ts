import { isRecord } from './entity-fields.ts';
import { badRequest } from './li-error.ts';
import type { RestliRecord, RestliValue } from './restli.ts';

/** Reports run on UTC days [T]. */
export interface Period {
  first: string;
  last: string;
}

const DAY_MS = 86_400_000;
/** [K] One report reaches over at most so many days. */
const LONGEST_DAYS = 3 * 366;

export const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function nextDay(day: string): string {
  return dayAt(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}

export function daysBetween({ first, last }: Period): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = nextDay(day)) days.push(day);
  return days;
}

function readDay(value: RestliValue | undefined, path: string): string {
  const { year, month, day } = (isRecord(value) ? value : {}) as Record<string, unknown>;
  const text = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (Number.isNaN(Date.parse(`${text}T00:00:00Z`)) || dayAt(Date.parse(`${text}T00:00:00Z`)) !== text) {
    throw badRequest(`Parameter '${path}' must be (year:YYYY,month:M,day:D)`);
  }
  return text;
}

/** `dateRange=(start:(year:2026,month:11,day:1),end:(…))`, both ends included; without an end it is today. */
export function readDateRange(range: RestliRecord | null, today: string): Period {
  if (range === null || range['start'] === undefined) throw badRequest("Parameter 'dateRange' is required");
  const first = readDay(range['start'], 'dateRange.start');
  const last = range['end'] === undefined ? today : readDay(range['end'], 'dateRange.end');
  if (first > last) throw badRequest("Parameter 'dateRange' starts after its end");
  if (Date.parse(last) - Date.parse(first) > LONGEST_DAYS * DAY_MS) throw badRequest("Parameter 'dateRange' is too long");
  return { first, last };
}

/** Cuts a period by timeGranularity. */
export function cutPeriod(period: Period, granularity: string): Period[] {
  if (granularity === 'ALL') return [period];
  const length = granularity === 'DAILY' ? 10 : granularity === 'MONTHLY' ? 7 : 4;
  const cuts = new Map<string, Period>();
  for (const day of daysBetween(period)) {
    const key = day.slice(0, length);
    cuts.set(key, { first: cuts.get(key)?.first ?? day, last: day });
  }
  return [...cuts.values()];
}

export function shownRange({ first, last }: Period): unknown {
  const parts = (day: string): unknown => {
    const [year, month, date] = day.split('-').map(Number);
    return { year, month, day: date };
  };
  return { start: parts(first), end: parts(last) };
}
