export interface DayRange {
  since: string;
  until: string;
}

const DAY_MS = 86_400_000;

/** Making a format is slow, and reports ask for thousands of days. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in a timezone. */
export function dayIn(timezone: string, at: number): string {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timezone, format);
  }
  return format.format(at);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

export function daysOf({ since, until }: DayRange): string[] {
  const days: string[] = [];
  for (let day = since; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
