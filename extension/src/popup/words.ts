import { chooseLocale, directionOf } from '#shared/messages/locales.ts';
import { overlayMessages, type OverlayKey } from '#shared/messages/overlay.ts';
import { createTranslate, type Translate } from '#shared/messages/translate.ts';
import { applyBrand } from '../ui/theme.ts';
import { request } from '../messaging/request.ts';

/** Colours and words of a small page: the signed-in person's language, else the browser's. */
export async function dress(): Promise<Translate<OverlayKey>> {
  applyBrand();
  const me = await request('session.get', null);
  const locale = me === null ? chooseLocale(navigator.languages) : me.user.locale;
  Object.assign(document.documentElement, { lang: locale, dir: directionOf(locale) });
  return createTranslate(overlayMessages[locale], locale);
}
