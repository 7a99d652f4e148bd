/** "2026-11-03T09:00" as clocks show it in a timezone to a UTC ISO instant. In the hour a clock skips, the instant after the jump. */
export function instantOfLocal(local: string, timezone: string): string {
  const wanted = Date.parse(`${local.slice(0, 16)}:00Z`);
  // Two rounds settle it: the first guess may lie on the other side of a clock change.
  let at = wanted;
  for (let round = 0; round < 2; round += 1) at = wanted - offsetAt(at, timezone);
  return new Date(at).toISOString();
}

/** An instant as clocks show it in a timezone, to the minute: "2026-11-03T09:00". */
export function localOfInstant(instant: string, timezone: string): string {
  const ms = Date.parse(instant);
  return new Date(ms + offsetAt(ms, timezone)).toISOString().slice(0, 16);
}

/** How far the clocks of a timezone are ahead of UTC at an instant, ms. */
function offsetAt(ms: number, timezone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) as number;
  return (
    Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) - Math.floor(ms / 1000) * 1000
  );
}
