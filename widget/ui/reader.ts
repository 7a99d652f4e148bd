import { formatMinor } from '#shared/rules/money.ts';
import { fill, type Language, type Said } from './words.ts';

export const UNKNOWN = '—';

/** Who reads: language, direction, and how numbers, money and times are written there. Unknown is "—", never 0. */
export interface Reader {
  tag: string;
  direction: 'ltr' | 'rtl';
  /** With values for its {places}, when it has any. */
  say(said: Said, values?: Record<string, string>): string;
  money(minor: number | null, currency: string): string;
  count(value: number | null): string;
  /** Thousandths: 2100 is "2.10×". */
  roas(milli: number | null): string;
  percent(share: number): string;
  /** A calendar day of the ad account, "2026-11-03", whatever the reader's timezone. */
  day(day: string): string;
  /** The day of a moment, in the reader's timezone. */
  dayOf(instant: string): string;
  instant(instant: string): string;
  days(count: number): string;
}

/** The locale asked for by `data-locale`, else the language of the place in the page, else the browser's. */
export function readerOf(host: HTMLElement): Reader {
  const page = host.closest<HTMLElement>('[lang]')?.lang;
  return createReader(host.dataset['locale'] || page || navigator.language);
}

export function createReader(wish: string): Reader {
  const tag = Intl.NumberFormat.supportedLocalesOf(wellFormed(wish))[0] ?? 'en';
  const spoken: Language = /^fr\b/.test(tag) ? 1 : /^ar\b/.test(tag) ? 2 : 0;
  const direction = spoken === 2 ? 'rtl' : 'ltr';
  const number = (options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options);
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const known = <T>(value: T | null, write: (value: T) => string) => (value === null ? UNKNOWN : write(value));
  return {
    tag,
    direction,
    say: (said, values = {}) => fill(said[spoken], values, direction),
    money: (minor, currency) => known(minor, (amount) => formatMinor(BigInt(amount), currency, tag)),
    count: (value) => known(value, number().format),
    roas: (milli) =>
      known(milli, (value) => {
        const times = `${number({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value / 1000)}×`;
        // Kept whole: in a line from right to left the sign would jump before its number.
        return spoken === 2 ? `\u2066${times}\u2069` : times;
      }),
    percent: (share) => number({ style: 'percent' }).format(share),
    day: (day) => date({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day)),
    dayOf: (instant) => date({ dateStyle: 'medium' }).format(new Date(instant)),
    instant: (instant) => date({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant)),
    days: (count) => number({ style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count),
  };
}

/** `lang` and `data-locale` are written by hand ("fr_FR", "klingon?"): what is not a language tag is nobody's wish. */
function wellFormed(wish: string): string {
  const tag = wish.replaceAll('_', '-');
  return /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag) ? tag : 'en';
}
