import type { Locale } from './locales.ts';
import { overlayAr } from './overlay.ar.ts';
import { overlayEn, type OverlayKey } from './overlay.en.ts';
import { overlayFr } from './overlay.fr.ts';
import type { Catalogue } from './translate.ts';

export type { OverlayKey };
export const overlayMessages: Record<Locale, Catalogue<OverlayKey>> = { en: overlayEn, fr: overlayFr, ar: overlayAr };
