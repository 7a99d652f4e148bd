/** A calendar day "YYYY-MM-DD". Always the day in a named timezone; the day of an ad row is a day of its ad account. */
export type Day = string;

const DAY_MS = 86_400_000;

/** Milliseconds since 1970 of a UTC ISO instant. @throws RangeError when it cannot be read or has no offset */
export function instantMs(instant: string): number {
  const ms = /(?:Z|[+-]\d\d:?\d\d)$/.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`"${instant}" is not an instant`);
  return ms;
}

/** The calendar day of an instant in an IANA timezone. @throws RangeError on an unknown timezone or instant */
export function dayOf(instant: string | number, timezone: string): Day {
  const ms = typeof instant === 'number' ? instant : instantMs(instant);
  const parts = new Map(
    dayFormat(timezone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/**
 * First instant of a day in a timezone, as UTC ISO. Found by bisection on dayOf, so days that start at 01:00 because the
 * clock jumped over midnight come out right without a table of offsets.
 */
export function startOfDay(day: Day, timezone: string): string {
  const midnightUtc = dayNumber(day) * DAY_MS;
  let before = midnightUtc - DAY_MS;
  let from = midnightUtc + DAY_MS;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayOf(middle, timezone) >= day) from = middle;
    else before = middle;
  }
  return new Date(from).toISOString();
}

export function addDays(day: Day, days: number): Day {
  return new Date((dayNumber(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `since` to `until`; 0 for the same day. */
export function daysBetween(since: Day, until: Day): number {
  return dayNumber(until) - dayNumber(since);
}

/** Every day of a closed range, ascending. */
export function daysOf(since: Day, until: Day): Day[] {
  const first = dayNumber(since);
  return Array.from({ length: Math.max(0, dayNumber(until) - first + 1) }, (_, i) =>
    new Date((first + i) * DAY_MS).toISOString().slice(0, 10),
  );
}

export function isTimezone(timezone: string): boolean {
  try {
    dayFormat(timezone);
    return true;
  } catch {
    return false; // Intl offers no other way to ask
  }
}

function dayNumber(day: Day): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`"${day}" is not a day`);
  return ms / DAY_MS;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timezone, format);
  }
  return format;
}
