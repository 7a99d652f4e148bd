const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and reports ask for thousands of hours. */
function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timezone, format);
  }
  return format;
}

/** Milliseconds that a timezone's clock is ahead of UTC at a moment. */
export function offsetAt(timezone: string, at: number): number {
  const parts = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at / 1000) * 1000;
}

/** The calendar day of a moment there, YYYY-MM-DD. */
export function dayAt(timezone: string, at: number): string {
  return new Date(at + offsetAt(timezone, at)).toISOString().slice(0, 10);
}

const starts = new Map<string, number>();

/** The moment a day begins there. Asked twice, because the clock may change between UTC's midnight and theirs. */
export function startOfDay(timezone: string, day: string): number {
  const key = `${timezone} ${day}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const start = midnight - offsetAt(timezone, midnight - offsetAt(timezone, midnight));
  starts.set(key, start);
  return start;
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** A moment as the reports write it: local clock and offset. */
export function localTime(timezone: string, at: number): string {
  const offset = offsetAt(timezone, at);
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(at + offset).toISOString().slice(0, 23)}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}
