import type { Said } from '../../../../ui/words.ts';

/** What only the card says; the rest comes from the element's words. */
export const CARD_WORDS = {
  loading: ['Loading figures', 'Chargement des chiffres', 'جارٍ تحميل الأرقام'],
  notConnected: [
    'This HubSpot account is not connected to Inlay',
    'Ce compte HubSpot n’est pas connecté à Inlay',
    'حساب HubSpot هذا غير متصل بـ Inlay',
  ],
  away: ['— No figures right now', '— Pas de chiffres pour le moment', '— لا توجد أرقام حاليًا'],
  asOf: ['As of {asOf}', 'Au {asOf}', 'حتى {asOf}'],
} as const satisfies Record<string, Said>;
