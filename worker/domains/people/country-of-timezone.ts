import { getCountries } from 'libphonenumber-js';

/** Engines name the list by method or, before the standard settled, by property. */
type WithZones = Intl.Locale & { getTimeZones?(): string[] | undefined; timeZones?: string[] };
let countries: Map<string, string | null> | undefined;

/** ISO country of an IANA timezone ("Europe/Paris" → "FR"), for reading numbers that name none; null when it is not one country's. */
export function countryOfTimezone(timezone: string): string | null {
  if (!countries) {
    countries = new Map();
    for (const country of getCountries()) {
      const locale = new Intl.Locale(`und-${country}`) as WithZones;
      for (const zone of locale.getTimeZones?.() ?? locale.timeZones ?? []) countries.set(zone, countries.has(zone) ? null : country);
    }
  }
  return countries.get(timezone) ?? null;
}
