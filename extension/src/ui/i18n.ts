import { computed, signal } from '@preact/signals';
import { createFormats, type Formats } from '#shared/messages/format.ts';
import { chooseLocale, directionOf, type Locale } from '#shared/messages/locales.ts';
import { createTranslate, type Catalogue, type Values } from '#shared/messages/translate.ts';
import { appMessages as english, type AppMessageKey } from '#shared/messages/app.en.ts';
import type { Reason } from '#shared/contracts/reasons.ts';

interface Spoken {
  locale: Locale;
  messages: Catalogue<AppMessageKey>;
  /** Null in English, which the API speaks itself. */
  refusals: Readonly<Record<string, string>> | null;
}
const catalogue = signal<Spoken>({ locale: 'en', messages: english, refusals: null });
const translate = computed(() => createTranslate(catalogue.value.messages, catalogue.value.locale));
const formats = computed(() => createFormats(catalogue.value.locale));

/** The sentence of that key in the current language; components that read it are drawn again when the language changes. */
export function t(key: AppMessageKey, values?: Values): string {
  return translate.value(key, values);
}
/** A word of the API's in the current language; one we have no word for stays as it came, its underscores as spaces. */
export function wordOf(
  group: 'correctField' | 'cta' | 'machine' | 'matchedBy' | 'objective' | 'outcome' | 'provider' | 'undoOutcome',
  word: string,
): string {
  const key = `${group}.${word}`;
  return key in english ? t(key as AppMessageKey) : word.replaceAll('_', ' ');
}
/** What the API said to a person, in their language: its own English sentence, or ours for the reason it gave; null = neither. */
export function refusalOf({ reason, said }: { reason: string | undefined; said: string }): string | null {
  const { refusals } = catalogue.value;
  return refusals === null ? said : ((reason === undefined ? undefined : refusals[reason]) ?? null);
}
/** Numbers, money and times in the current language. */
export function fmt(): Formats {
  return formats.value;
}
export function currentLocale(): Locale {
  return catalogue.value.locale;
}
export type { AppMessageKey };

const load: Record<Exclude<Locale, 'en'>, () => Promise<{ appMessages: Catalogue<AppMessageKey>; refusals: Record<Reason, string> }>> = {
  fr: () => import('#shared/messages/app.fr.ts'),
  ar: () => import('#shared/messages/app.ar.ts'),
};

/** Speaks another language and turns the page to its direction. */
export async function setLocale(locale: Locale): Promise<void> {
  const spoken = locale === 'en' ? { appMessages: english, refusals: null } : await load[locale]();
  catalogue.value = { locale, messages: spoken.appMessages, refusals: spoken.refusals };
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}

export function browserLocale(): Locale {
  return chooseLocale(navigator.languages);
}
