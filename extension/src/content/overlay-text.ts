import { createFormats, type Formats } from '#shared/messages/format.ts';
import { directionOf, type Locale } from '#shared/messages/locales.ts';
import { overlayMessages, type OverlayKey } from '#shared/messages/overlay.ts';
import { createTranslate, type Translate } from '#shared/messages/translate.ts';

/** Words and numbers in the organization's language, whatever the browser or the page speaks. */
export interface OverlayText extends Formats {
  t: Translate<OverlayKey>;
  locale: Locale;
  direction: 'ltr' | 'rtl';
}

export function createOverlayText(locale: Locale): OverlayText {
  return { ...createFormats(locale), t: createTranslate(overlayMessages[locale], locale), locale, direction: directionOf(locale) };
}
