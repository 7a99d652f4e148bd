import { formatMinor } from '../rules/money.ts';
import { directionOf, type Locale } from './locales.ts';

/** Numbers, money and times as a person of one locale writes them. Unknown is "—", never 0. */
export interface Formats {
  /** Plain counts. */
  number(value: number | null): string;
  /** "12.4K", for rows. */
  compact(value: number | null): string;
  /** Every minor unit: "€1,234.50". */
  money(minor: number | null, currency: string): string;
  /** "€1.2K", for rows; the full amount belongs in the hover. */
  moneyCompact(minor: number | null, currency: string): string;
  /** Thousandths of a ratio: 2100 is "2.10×". */
  roas(milli: number | null): string;
  /** 123 per mille is "12 %". */
  permille(value: number | null): string;
  day(iso: string | null): string;
  /** "3 Oct", for axes. */
  dayShort(iso: string): string;
  /** Day and time in the reader's own timezone. */
  instant(iso: string | null): string;
  /** "3 minutes ago". */
  ago(iso: string | null, nowMs: number): string;
  /** "about 2 h 5 min" without the about: "2 hr 5 min". */
  duration(seconds: number): string;
  bytes(count: number): string;
}

export const UNKNOWN = '—';

export function createFormats(locale: Locale): Formats {
  const plain = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const ratio = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const dayShort = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const instant = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = (name: string) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' });
  const known = <T>(value: T | null, write: (value: T) => string) => (value === null ? UNKNOWN : write(value));
  return {
    number: (value) => known(value, plain.format),
    compact: (value) => known(value, compact.format),
    money: (minor, currency) => known(minor, (amount) => formatMinor(BigInt(amount), currency, locale)),
    moneyCompact: (minor, currency) => known(minor, (amount) => formatMinor(BigInt(amount), currency, locale, 'compact')),
    // Isolated where text runs from the right: the sign must stay behind its number inside a sentence.
    roas: (milli) =>
      known(milli, (value) =>
        directionOf(locale) === 'rtl' ? `\u2066${ratio.format(value / 1000)}×\u2069` : `${ratio.format(value / 1000)}×`,
      ),
    permille: (value) => known(value, (thousandths) => share.format(thousandths / 1000)),
    day: (iso) => known(iso, (text) => day.format(new Date(`${text.slice(0, 10)}T00:00:00Z`))),
    dayShort: (iso) => dayShort.format(new Date(`${iso}T00:00:00Z`)),
    instant: (iso) => known(iso, (text) => instant.format(new Date(text))),
    ago: (iso, nowMs) => known(iso, (text) => agoOf((nowMs - new Date(text).getTime()) / 1000, relative)),
    duration: (seconds) =>
      durationParts(seconds)
        .map(([count, name]) => unit(name).format(count))
        .join(' '),
    bytes: (count) =>
      count < 1_000_000 ? unit('kilobyte').format(Math.ceil(count / 1000)) : unit('megabyte').format(Math.round(count / 100_000) / 10),
  };
}

function agoOf(seconds: number, relative: Intl.RelativeTimeFormat): string {
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(0, 'minute');
  if (size < 3600) return relative.format(-Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour');
  return relative.format(-Math.round(seconds / 86_400), 'day');
}

/** The two largest units; seconds only below two minutes. */
function durationParts(seconds: number): [number, 'hour' | 'minute' | 'second'][] {
  if (seconds < 120) return [[Math.ceil(seconds), 'second']];
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return [[minutes, 'minute']];
  const rest = minutes % 60;
  return rest === 0
    ? [[minutes / 60, 'hour']]
    : [
        [Math.floor(minutes / 60), 'hour'],
        [rest, 'minute'],
      ];
}
