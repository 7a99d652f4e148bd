import { appMessages } from '#shared/messages/app.en.ts';
import { currentLocale, t, type AppMessageKey } from '../../ui/i18n.ts';

/** Our title for a kind of finding in the language of the screen; null in English, which the rules speak themselves, with the values in it. */
export function findingTitle(code: string): string | null {
  const key = `finding.${code}`;
  return currentLocale() !== 'en' && key in appMessages ? t(key as AppMessageKey) : null;
}
