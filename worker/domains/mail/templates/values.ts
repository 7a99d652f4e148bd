import { directionOf, type Locale } from '#shared/messages/locales.ts';
import type { Values } from './words.ts';

const MOST_SIGNS = 80;

/** How values stand inside sentences of one language. */
export function valuesFor(locale: Locale): Values {
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  return {
    name: (text) => isolated(locale, harmless(text)),
    instant: (iso) => `${instant.format(new Date(iso))} UTC`,
    number: (value) => (value === null ? null : number.format(value)),
  };
}

/**
 * What strangers may put into a mail of ours that goes to somebody else: short, in one line, and nothing that a mailbox would make a
 * link of. A word joiner is not seen.
 */
export function harmless(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, MOST_SIGNS)
    .replaceAll(/([./:@])(?=\S)/g, '$1\u2060');
}

/** Keeps a name's own direction inside text that runs from the right. */
export const isolated = (locale: Locale, text: string): string => (directionOf(locale) === 'rtl' ? `\u2068${text}\u2069` : text);
